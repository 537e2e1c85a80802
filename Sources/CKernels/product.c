#include "product.h"

#include <stdint.h>
#include <string.h>

#include "cpu_level.h"

/// A block of A fills the scratch: it stays in the second cache while all of B goes by.
#define ROW_BLOCK 96
#define DEPTH_BLOCK 256

#define CK_BODY "product_body.h"
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

void ck_pack(int level, const float *b, ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t stride, float *packed) {
    CK_CALL(pack, b, rows, depth, stride, packed)
}

void ck_multiply(
    int level, const float *a, ptrdiff_t rows, const float *packed, ptrdiff_t columns, ptrdiff_t depth, float *c,
    float *scratch) {
    CK_CALL(multiply, a, rows, packed, columns, depth, c, scratch)
}

ptrdiff_t ck_places_between(
    int level, const float *values, ptrdiff_t count, float low, float high, uint32_t *places) {
    ptrdiff_t found = 0;
    CK_CALL(found = places_between, values, count, low, high, places)
    return found;
}

void ck_add_to_rows(
    int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, const float *addend, int rectifies) {
    CK_CALL(add_to_rows, matrix, rows, columns, addend, rectifies)
}
