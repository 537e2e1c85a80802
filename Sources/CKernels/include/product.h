#pragma once
#include <stddef.h>
#include <stdint.h>

/// Products of matrices, C = A * B^T: both factors lie row by row, and C[i][j] is the sum over k, k rising, of
/// A[i][k] * B[j][k], in single precision, one product added after another, never fused. So every element has the same
/// bits at every level, in every block, whatever stands beside it.

enum {
    /// Floats of scratch for ck_multiply.
    CK_MULTIPLY_SCRATCH = 96 * 256,
    /// Packed rows are rounded up to a multiple of this.
    CK_PACK_ROWS = 32
};

/// Lays `rows` rows of B, each of `depth` floats and `stride` after the one before, out for `ck_multiply` at the same
/// level. `packed` has room for ck_packed_count(rows, depth) floats.
void ck_pack(int level, const float *b, ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t stride, float *packed);

static inline ptrdiff_t ck_packed_count(ptrdiff_t rows, ptrdiff_t depth) {
    return (rows + CK_PACK_ROWS - 1) / CK_PACK_ROWS * CK_PACK_ROWS * depth;
}

/// c[i * columns + j] = sum over k of a[i * depth + k] * B[j][k], for `rows` rows of A and `columns` rows of B.
void ck_multiply(
    int level, const float *a, ptrdiff_t rows, const float *packed, ptrdiff_t columns, ptrdiff_t depth, float *c,
    float *scratch);

/// Writes the places of the values with low < value < high, rising, to `places`; returns how many.
ptrdiff_t ck_places_between(
    int level, const float *values, ptrdiff_t count, float low, float high, uint32_t *places);

/// rows[i][j] += addend[j]; with `rectifies` negative sums become 0.
void ck_add_to_rows(
    int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, const float *addend, int rectifies);
