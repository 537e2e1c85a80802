// Frames in lanes, from samples to filter-bank rows; included through each_level.h only.
#include "lanes_body.h"

// --- load ---

/// Where the frames follow each other by `hop` samples in one waveform, column i + hop is column i moved down one lane.
CK_INLINE int CK_NAME(is_regular)(const struct ck_fbank *f) {
    for (int lane = 1; lane < CK_LANES; lane++)
        if ((uintptr_t)f->frame[lane] != (uintptr_t)f->frame[lane - 1] + sizeof(float) * (size_t)f->hop_count) return 0;
    return 1;
}

/// Samples into the block, four columns at a time, in the order i, i + hop, i + 2 hop ...; returns each frame's sum, added
/// in that order however the columns were come by.
CK_INLINE vec CK_NAME(load_samples)(const struct ck_fbank *f, vec *block) {
    const int count = f->window_count, hop = f->hop_count;
    const int repeats = count % 4 == 0 && hop % 4 == 0 && hop < count;
    const int period = repeats ? hop : count, moves = repeats && CK_NAME(is_regular)(f);
    const float *last = f->frame[CK_LANES - 1];
    vec sum[4] = {{0}}, v[4];
    int i = 0;
    for (; i + 4 <= period; i += 4)
        for (int column = i; column + 4 <= count; column += period) {
            if (moves && column > i)
                for (int j = 0; j < 4; j++) v[j] = CK_NAME(move_down)(v[j], last[column + j]);
            else
                CK_NAME(load_columns)(f->frame, column, v);
            for (int j = 0; j < 4; j++) {
                sum[j] += v[j];
                block[column + j] = v[j];
            }
        }
    for (; i < period; i++) {
        block[i] = CK_NAME(load_column)(f->frame, i);
        sum[i & 3] += block[i];
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// x[i] - emphasis * x[i - 1] in place; returns each frame's sum.
CK_INLINE vec CK_NAME(emphasize)(vec *block, int count, vec before, float emphasis) {
    vec sum[4] = {{0}};
    for (int i = 0; i < count; i++) {
        vec x = block[i];
        block[i] = x - before * emphasis;
        sum[i & 3] += block[i];
        before = x;
    }
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

static CK_TARGET void CK_NAME(load_frames)(struct ck_fbank *f) {
    vec *block = (vec *)f->block;
    const int count = f->window_count;
    vec sum = CK_NAME(load_samples)(f, block), mean = {0}, before = {0};
    const float *window = f->window;
    float emphasis = f->frame_emphasis;
    if (f->signal_emphasis != 0) before = CK_NAME(load_column)(f->frame, -1);
    if (f->signal_emphasis != 0 && f->removes_mean)
        sum = CK_NAME(emphasize)(block, count, before, f->signal_emphasis);
    else if (f->signal_emphasis != 0)
        emphasis = f->signal_emphasis;
    if (f->removes_mean) mean = sum / CK_NAME(splat)((float)count);
    if (f->signal_emphasis == 0) before = block[0] - mean;
    if (emphasis != 0) {
        for (int i = 0; i < count; i++) {
            vec x = block[i] - mean;
            block[i] = (x - before * emphasis) * window[i];
            before = x;
        }
    } else {
        for (int i = 0; i < count; i++) block[i] = (block[i] - mean) * window[i];
    }
    memset(block + count, 0, sizeof(vec) * (size_t)(f->fft_size - count));
}

// --- transform: a real FFT through a complex FFT of half the size, radix 4 in place, digit-reversed frequencies ---

/// re + i im, turned by the angle of which w holds cosine and sine, into a row and the next.
CK_INLINE void CK_NAME(store_turned)(vec *z, vec re, vec im, const float *w) {
    z[0] = w ? re * w[0] - im * w[1] : re;
    z[1] = w ? re * w[1] + im * w[0] : im;
}

/// One radix-4 butterfly on rows a quarter apart, its outputs turned by w, w^2, w^3 where `w` is given; `three` if the
/// fourth input is known to be 0 and not to be read.
CK_INLINE void CK_NAME(butterfly)(vec *z, int quarter, const float *w, int three) {
    vec *a = z, *b = z + 2 * quarter, *c = z + 4 * quarter, *d = z + 6 * quarter;
    vec sum_r = a[0] + c[0], sum_i = a[1] + c[1], gap_r = a[0] - c[0], gap_i = a[1] - c[1];
    vec sum2_r = three ? b[0] : b[0] + d[0], sum2_i = three ? b[1] : b[1] + d[1];
    vec gap2_r = three ? b[0] : b[0] - d[0], gap2_i = three ? b[1] : b[1] - d[1];
    CK_NAME(store_turned)(a, sum_r + sum2_r, sum_i + sum2_i, NULL);
    CK_NAME(store_turned)(b, gap_r + gap2_i, gap_i - gap2_r, w);
    CK_NAME(store_turned)(c, sum_r - sum2_r, sum_i - sum2_i, w ? w + 2 : NULL);
    CK_NAME(store_turned)(d, gap_r - gap2_i, gap_i + gap2_r, w ? w + 4 : NULL);
}

/// The first pass, on `filled` rows of input; what follows them is 0, and its fourth quarter need not be written.
CK_INLINE void CK_NAME(first_pass)(vec *z, int size, int filled, const float *twiddle) {
    const int quarter = size / 4, whole = filled > 3 * quarter ? filled - 3 * quarter : 0;
    CK_NAME(butterfly)(z, quarter, NULL, whole == 0);
    int j = 1;
    for (; j < whole; j++) CK_NAME(butterfly)(z + 2 * j, quarter, twiddle + 6 * (j - 1), 0);
    for (; j < quarter; j++) CK_NAME(butterfly)(z + 2 * j, quarter, twiddle + 6 * (j - 1), 1);
}

CK_INLINE void CK_NAME(complex_fft)(vec *z, int size, int filled, const float *twiddle) {
    CK_NAME(first_pass)(z, size, filled, twiddle);
    int length = size / 4;
    for (twiddle += 6 * (length - 1); length >= 4; length /= 4) {
        const int quarter = length / 4;
        // Neighbors one after the other: rows a multiple of 4096 bytes apart would wait for each other's stores.
        for (int base = 0; base < size; base += length) {
            CK_NAME(butterfly)(z + 2 * base, quarter, NULL, 0);
            for (int j = 1; j < quarter; j++)
                CK_NAME(butterfly)(z + 2 * (base + j), quarter, twiddle + 6 * (j - 1), 0);
        }
        twiddle += 6 * (quarter - 1);
    }
    if (length == 2) {
        for (int base = 0; base < size; base += 2) {
            vec *pair = z + 2 * base, ar = pair[0], ai = pair[1], br = pair[2], bi = pair[3];
            pair[0] = ar + br, pair[1] = ai + bi, pair[2] = ar - br, pair[3] = ai - bi;
        }
    }
}

/// Frequencies k and size - k of the real signal out of those of the half-size FFT: 4 |X|^2 in place of the real parts.
CK_INLINE void CK_NAME(combine)(vec *a, vec *b, float c, float s) {
    vec even_r = a[0] + b[0], even_i = a[1] - b[1], odd_r = a[1] + b[1], odd_i = b[0] - a[0];
    vec turned_r = odd_r * c - odd_i * s, turned_i = odd_r * s + odd_i * c;
    vec re = even_r + turned_r, im = even_i + turned_i, mirror_r = even_r - turned_r, mirror_i = even_i - turned_i;
    a[0] = re * re + im * im;
    b[0] = mirror_r * mirror_r + mirror_i * mirror_i;
}

static CK_TARGET void CK_NAME(transform)(struct ck_fbank *f) {
    vec *z = (vec *)f->block;
    const int size = f->fft_size / 2;
    const int *pair = f->pair;
    const float *split = f->split;
    CK_NAME(complex_fft)(z, size, (f->window_count + 1) / 2, f->twiddle);
    vec low = z[0] + z[1], high = z[0] - z[1];
    z[0] = low * low * 4.0f;
    z[1] = high * high * 4.0f;
    for (int i = 0; i < size / 2 - 1; i++, pair += 2, split += 2)
        CK_NAME(combine)(z + pair[0], z + pair[1], split[0], split[1]);
    vec *middle = z + f->slot[size / 2];
    middle[0] = (middle[0] * middle[0] + middle[1] * middle[1]) * 4.0f;
}

// --- finish ---

/// Powers become magnitudes.
CK_INLINE void CK_NAME(take_root)(const struct ck_fbank *f) {
    vec *power = (vec *)f->block;
    for (int k = 0; k < f->bin_count; k++) power[f->slot[k]] = CK_NAME(root)(power[f->slot[k]]);
}

/// Filters in groups of four bins: (p0 + p1) + (p2 + p3) is added to the sum.
CK_INLINE void CK_NAME(filter)(const struct ck_fbank *f, vec *energy) {
    const vec *power = (const vec *)f->block;
    const float *weight = f->weight;
    const int *slot = f->weight_slot;
    for (int m = 0; m < f->filter_count; m++) {
        vec sum = {0};
        for (const float *end = weight + f->filter_length[m]; weight < end; weight += 4, slot += 4)
            sum += (power[slot[0]] * weight[0] + power[slot[1]] * weight[1])
                + (power[slot[2]] * weight[2] + power[slot[3]] * weight[3]);
        energy[m] = sum;
    }
}

CK_INLINE void CK_NAME(compress)(const struct ck_fbank *f, vec *energy) {
    const vec least = CK_NAME(splat)(f->floor_value);
    const int count = f->filter_count;
    if (f->offset != 0.0f)
        for (int m = 0; m < count; m++) energy[m] += f->offset;
    if (f->replaces_zero)
        for (int m = 0; m < count; m++) energy[m] = CK_NAME(select)(energy[m] == 0.0f, least, energy[m]);
    if (f->raises_to_floor)
        for (int m = 0; m < count; m++) energy[m] = CK_NAME(select)(energy[m] < least, least, energy[m]);
    if (f->takes_log && f->raises_to_floor)
        for (int m = 0; m < count; m++) energy[m] = CK_NAME(logarithm)(energy[m], 0);
    else if (f->takes_log)
        for (int m = 0; m < count; m++) energy[m] = CK_NAME(logarithm)(energy[m], 1);
}

/// The tree that joins 16 partial sums; ck_normalize_rows joins its own in the same order.
CK_INLINE vec CK_NAME(join)(vec part[16]) {
    for (int width = 8; width > 0; width /= 2)
        for (int i = 0; i < width; i++) part[i] += part[i + width];
    return part[0];
}

CK_INLINE void CK_NAME(normalize_lanes)(vec *value, int count) {
    const vec divisor = CK_NAME(splat)((float)count), smallest = CK_NAME(splat)(1e-12f);
    vec part[16] = {{0}};
    for (int i = 0; i < count; i++) part[i & 15] += value[i];
    const vec mean = CK_NAME(join)(part) / divisor;
    memset(part, 0, sizeof part);
    for (int i = 0; i < count; i++) {
        vec distance = value[i] - mean;
        part[i & 15] += distance * distance;
    }
    vec deviation = CK_NAME(root)(CK_NAME(join)(part) / divisor);
    const vec factor = 1.0f / CK_NAME(select)(deviation < smallest, smallest, deviation);
    for (int i = 0; i < count; i++) value[i] = (value[i] - mean) * factor;
}

/// Four transposed columns into `count` rows; through memory, which costs less than taking the registers apart.
CK_INLINE void CK_NAME(store_quads)(const vec v[4], float *rows, ptrdiff_t stride, int count) {
#pragma clang loop unroll_count(4)
    for (int lane = 0; lane < count; lane++)
        memcpy(rows + lane * stride, (const char *)&v[lane % 4] + lane / 4 * 16, 16);
}

static CK_TARGET void CK_NAME(finish)(struct ck_fbank *f, int count, float *rows) {
    vec *energy = (vec *)f->energy;
    const int columns = f->filter_count;
    if (f->takes_root) CK_NAME(take_root)(f);
    CK_NAME(filter)(f, energy);
    CK_NAME(compress)(f, energy);
    if (f->normalizes) CK_NAME(normalize_lanes)(energy, columns);
    int m = 0;
    for (; m + 4 <= columns; m += 4) {
        vec v[4];
        for (int j = 0; j < 4; j++) v[j] = CK_NAME(quiet)(energy[m + j]);
        CK_NAME(transpose)(v);
        CK_NAME(store_quads)(v, rows + m, columns, count);
    }
    for (; m < columns; m++) {
        vec v = CK_NAME(quiet)(energy[m]);
        for (int lane = 0; lane < count; lane++) rows[(ptrdiff_t)lane * columns + m] = v[lane];
    }
}

static CK_TARGET void CK_NAME(log_values)(float *values, ptrdiff_t count) {
    ptrdiff_t i = 0;
    for (; i + CK_LANES <= count; i += CK_LANES)
        CK_NAME(store)(values + i, CK_NAME(quiet)(CK_NAME(logarithm)(CK_NAME(load)(values + i), 1)));
    if (i < count) {
        float rest[CK_LANES] = {0};
        memcpy(rest, values + i, sizeof(float) * (size_t)(count - i));
        CK_NAME(store)(rest, CK_NAME(quiet)(CK_NAME(logarithm)(CK_NAME(load)(rest), 1)));
        memcpy(values + i, rest, sizeof(float) * (size_t)(count - i));
    }
}
