// Normalization, 16 partial sums at every level; included through each_level.h only.
#include "lanes_body.h"

#define PARTS (16 / CK_LANES)
#define dvec CK_NAME(ck_dvec)
typedef double dvec __attribute__((vector_size(8 * CK_LANES)));

// Macros, because a function may not pass a vector wider than the level's registers.
#define WIDEN(v) __builtin_convertvector(v, dvec)
#define NARROW(v) CK_NAME(quiet)(__builtin_convertvector(v, vec))

// --- rows, in float ---

/// Sum of the values minus `mean`, squared if asked for: element i in partial sum i mod 16, then the tree.
CK_INLINE float CK_NAME(row_sum)(const float *v, ptrdiff_t count, float mean, int squares) {
    vec part[PARTS] = {{0}};
    ptrdiff_t i = 0;
    for (; i + 16 <= count; i += 16)
        for (int p = 0; p < PARTS; p++) {
            vec x = CK_NAME(load)(v + i + p * CK_LANES) - mean;
            part[p] += squares ? x * x : x;
        }
    float sum[16];
    memcpy(sum, part, sizeof sum);
    for (int j = 0; i + j < count; j++) {
        float x = v[i + j] - mean;
        sum[j] += squares ? x * x : x;
    }
    for (int width = 8; width > 0; width /= 2)
        for (int j = 0; j < width; j++) sum[j] += sum[j + width];
    return sum[0];
}

/// value = (value - mean) * factor over a row, the tail through a buffer.
CK_INLINE void CK_NAME(row_scale)(float *v, ptrdiff_t count, float mean, float factor) {
    ptrdiff_t i = 0;
    for (; i + CK_LANES <= count; i += CK_LANES)
        CK_NAME(store)(v + i, CK_NAME(quiet)((CK_NAME(load)(v + i) - mean) * factor));
    if (i == count) return;
    float rest[CK_LANES] = {0};
    memcpy(rest, v + i, sizeof(float) * (size_t)(count - i));
    CK_NAME(store)(rest, CK_NAME(quiet)((CK_NAME(load)(rest) - mean) * factor));
    memcpy(v + i, rest, sizeof(float) * (size_t)(count - i));
}

static CK_TARGET void CK_NAME(normalize_rows)(float *matrix, ptrdiff_t rows, ptrdiff_t columns, float smallest) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = matrix + r * columns;
        float mean = CK_NAME(row_sum)(row, columns, 0, 0) / (float)columns;
        float deviation = __builtin_sqrtf(CK_NAME(row_sum)(row, columns, mean, 1) / (float)columns);
        CK_NAME(row_scale)(row, columns, mean, 1.0f / (deviation < smallest ? smallest : deviation));
    }
}

// --- columns, in double ---

/// A tile of up to CK_LANES columns; `width` of them exist.
CK_INLINE vec CK_NAME(load_some)(const float *v, int width) {
    if (width == CK_LANES) return CK_NAME(load)(v);
    float some[CK_LANES] = {0};
    memcpy(some, v, sizeof(float) * (size_t)width);
    return CK_NAME(load)(some);
}

CK_INLINE void CK_NAME(store_some)(float *v, vec value, int width) {
    if (width == CK_LANES) {
        CK_NAME(store)(v, value);
    } else {
        float some[CK_LANES];
        CK_NAME(store)(some, value);
        memcpy(v, some, sizeof(float) * (size_t)width);
    }
}

CK_INLINE void CK_NAME(tile)(float *v, ptrdiff_t rows, ptrdiff_t stride, int width, double smallest) {
    dvec sum = {0};
    for (ptrdiff_t r = 0; r < rows; r++) sum += WIDEN(CK_NAME(load_some)(v + r * stride, width));
    const dvec mean = sum / (double)rows;
    sum = (dvec){0};
    for (ptrdiff_t r = 0; r < rows; r++) {
        dvec x = WIDEN(CK_NAME(load_some)(v + r * stride, width)) - mean;
        sum += x * x;
    }
    dvec factor;
    for (int lane = 0; lane < CK_LANES; lane++) {
        double deviation = __builtin_sqrt(sum[lane] / (double)rows);
        factor[lane] = 1.0 / (deviation < smallest ? smallest : deviation);
    }
    for (ptrdiff_t r = 0; r < rows; r++) {
        dvec x = WIDEN(CK_NAME(load_some)(v + r * stride, width)) - mean;
        CK_NAME(store_some)(v + r * stride, NARROW(x * factor), width);
    }
}

static CK_TARGET void CK_NAME(normalize_columns)(float *matrix, ptrdiff_t rows, ptrdiff_t columns, double smallest) {
    ptrdiff_t c = 0;
    for (; c + CK_LANES <= columns; c += CK_LANES) CK_NAME(tile)(matrix + c, rows, columns, CK_LANES, smallest);
    if (c < columns) CK_NAME(tile)(matrix + c, rows, columns, (int)(columns - c), smallest);
}

// --- everything together, in double ---

CK_INLINE double CK_NAME(whole_sum)(const float *v, ptrdiff_t count, double mean, int squares) {
    dvec part[PARTS] = {{0}};
    ptrdiff_t i = 0;
    for (; i + 16 <= count; i += 16)
        for (int p = 0; p < PARTS; p++) {
            dvec x = WIDEN(CK_NAME(load)(v + i + p * CK_LANES)) - mean;
            part[p] += squares ? x * x : x;
        }
    double sum[16];
    memcpy(sum, part, sizeof sum);
    for (int j = 0; i + j < count; j++) {
        double x = (double)v[i + j] - mean;
        sum[j] += squares ? x * x : x;
    }
    for (int width = 8; width > 0; width /= 2)
        for (int j = 0; j < width; j++) sum[j] += sum[j + width];
    return sum[0];
}

CK_INLINE void CK_NAME(whole_scale)(float *v, ptrdiff_t count, double mean, double factor) {
    for (ptrdiff_t i = 0; i < count; i += CK_LANES) {
        const int width = count - i < CK_LANES ? (int)(count - i) : CK_LANES;
        dvec x = WIDEN(CK_NAME(load_some)(v + i, width)) - mean;
        CK_NAME(store_some)(v + i, NARROW(x * factor), width);
    }
}

static CK_TARGET void CK_NAME(normalize_all)(float *values, ptrdiff_t count, double smallest) {
    double mean = CK_NAME(whole_sum)(values, count, 0, 0) / (double)count;
    double deviation = __builtin_sqrt(CK_NAME(whole_sum)(values, count, mean, 1) / (double)count);
    CK_NAME(whole_scale)(values, count, mean, 1.0 / (deviation < smallest ? smallest : deviation));
}

static CK_TARGET void CK_NAME(whiten)(float *values, ptrdiff_t count, double target) {
    double mean = CK_NAME(whole_sum)(values, count, 0, 0) / (double)count;
    double rms = __builtin_sqrt(CK_NAME(whole_sum)(values, count, mean, 1) / (double)count);
    CK_NAME(whole_scale)(values, count, mean, rms == 0 ? 0 : target / rms);
}

// --- given statistics ---

static CK_TARGET void CK_NAME(standardize)(
    float *matrix, ptrdiff_t rows, ptrdiff_t columns, const float *mean, const float *deviation, float smallest) {
    const vec least = CK_NAME(splat)(smallest);
    for (ptrdiff_t r = 0; r < rows; r++, matrix += columns)
        for (ptrdiff_t c = 0; c < columns; c += CK_LANES) {
            const int width = columns - c < CK_LANES ? (int)(columns - c) : CK_LANES;
            vec d = CK_NAME(load_some)(deviation + c, width);
            d = CK_NAME(select)(d < least, least, d);
            vec v = (CK_NAME(load_some)(matrix + c, width) - CK_NAME(load_some)(mean + c, width)) / d;
            CK_NAME(store_some)(matrix + c, CK_NAME(quiet)(v), width);
        }
}

#undef PARTS
#undef WIDEN
#undef NARROW
