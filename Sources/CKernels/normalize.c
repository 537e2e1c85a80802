#include "normalize.h"

#include <stdint.h>
#include <string.h>

#include "cpu_level.h"

#define CK_BODY "normalize_body.h"
#include "each_level.h"

// Calls the level's version of a kernel.
#if defined(__x86_64__)
#define CK_CALL(kernel, ...) \
    switch (level) { \
        case CK_AVX512: kernel##_avx512(__VA_ARGS__); break; \
        case CK_AVX2: kernel##_avx2(__VA_ARGS__); break; \
        default: kernel##_base(__VA_ARGS__); \
    }
#else
#define CK_CALL(kernel, ...) \
    (void)level; \
    kernel##_base(__VA_ARGS__);
#endif

void ck_normalize_rows(int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, float smallest) {
    CK_CALL(normalize_rows, matrix, rows, columns, smallest)
}

void ck_normalize_columns(int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, double smallest) {
    CK_CALL(normalize_columns, matrix, rows, columns, smallest)
}

void ck_normalize_all(int level, float *values, ptrdiff_t count, double smallest) {
    CK_CALL(normalize_all, values, count, smallest)
}

void ck_standardize(
    int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, const float *mean, const float *deviation,
    float smallest) {
    CK_CALL(standardize, matrix, rows, columns, mean, deviation, smallest)
}

void ck_whiten(int level, float *values, ptrdiff_t count, double target) { CK_CALL(whiten, values, count, target) }
