#include "fbank.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cpu_level.h"

#define CK_BODY "fbank_body.h"
#include "each_level.h"

/// One level's functions.
struct kernels {
    int lanes;
    void (*load)(struct ck_fbank *);
    void (*transform)(struct ck_fbank *);
    void (*finish)(struct ck_fbank *, int, float *);
    void (*log)(float *, ptrdiff_t);
};

static const struct kernels levels[] = {
    [CK_BASE] = {4, load_frames_base, transform_base, finish_base, log_values_base},
#if defined(__x86_64__)
    [CK_AVX2] = {8, load_frames_avx2, transform_avx2, finish_avx2, log_values_avx2},
    [CK_AVX512] = {16, load_frames_avx512, transform_avx512, finish_avx512, log_values_avx512},
#endif
};

/// A piece of the arena: `count` 4-byte elements, rounded up to whole cache lines.
static void *take(char **arena, size_t *used, size_t count) {
    void *piece = *arena ? *arena + *used : NULL;
    *used += (count * 4 + 63) / 64 * 64;
    return piece;
}

/// Lays the tables and the scratch out; with a null arena only counts the bytes.
static size_t lay_out(struct ck_fbank *f, char *arena) {
    const size_t lanes = (size_t)f->lanes, filters = (size_t)f->filter_count, size = (size_t)f->fft_size;
    size_t used = 0;
    f->block = take(&arena, &used, size * lanes);
    f->energy = take(&arena, &used, (filters + 3) / 4 * 4 * lanes);
    f->edge = take(&arena, &used, lanes * (size_t)f->edge_stride);
    f->window = take(&arena, &used, (size_t)f->window_count);
    f->twiddle = take(&arena, &used, size);
    f->pair = take(&arena, &used, size / 2);
    f->split = take(&arena, &used, size / 2);
    f->slot = take(&arena, &used, (size_t)f->bin_count);
    f->weight_slot = take(&arena, &used, (size_t)f->weight_count + 1);
    f->filter_length = take(&arena, &used, filters);
    f->weight = take(&arena, &used, (size_t)f->weight_count + 1);
    return used;
}

struct ck_fbank *ck_fbank_create(
    int level, int window_count, int hop_count, int fft_size, int filter_count, int weight_count) {
    struct ck_fbank *f = calloc(1, sizeof *f);
    if (!f) return NULL;
    f->level = level;
    f->lanes = levels[level].lanes;
    f->window_count = window_count;
    f->hop_count = hop_count;
    f->fft_size = fft_size;
    f->bin_count = fft_size / 2 + 1;
    f->filter_count = filter_count;
    f->weight_count = weight_count;
    f->edge_stride = (window_count + 1 + 15) / 16 * 16;
    const size_t bytes = lay_out(f, NULL);
    char *arena = aligned_alloc(64, bytes);
    if (!arena) {
        free(f);
        return NULL;
    }
    memset(arena, 0, bytes);
    lay_out(f, arena);
    return f;
}

void ck_fbank_destroy(struct ck_fbank *fbank) {
    if (!fbank) return;
    free(fbank->block);
    free(fbank);
}

void ck_fbank_load(struct ck_fbank *fbank) { levels[fbank->level].load(fbank); }
void ck_fbank_transform(struct ck_fbank *fbank) { levels[fbank->level].transform(fbank); }
void ck_fbank_finish(struct ck_fbank *fbank, int count, float *rows) { levels[fbank->level].finish(fbank, count, rows); }
void ck_log(int level, float *values, ptrdiff_t count) { levels[level].log(values, count); }
