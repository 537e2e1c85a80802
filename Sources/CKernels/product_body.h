// One level of the matrix product; included by product.c through each_level.h.
//
// A tile of C, TILE_ROWS x 2 registers, stays in registers while DEPTH_BLOCK products are added to each of its
// elements. B is packed in panels of two registers' width, k after k; a block of A in groups of TILE_ROWS rows,
// k after k. Sums go through memory between blocks of k, which changes no bit.

#include "lanes_body.h"

#undef TILE_ROWS
#undef TILE_COLUMNS
#if CK_LANES == 16
#define TILE_ROWS 8
#else
#define TILE_ROWS 4
#endif
#define TILE_COLUMNS (2 * CK_LANES)

CK_TARGET static void CK_NAME(pack)(
    const float *b, ptrdiff_t rows, ptrdiff_t depth, ptrdiff_t stride, float *packed) {
    for (ptrdiff_t first = 0; first < rows; first += TILE_COLUMNS) {
        for (ptrdiff_t column = 0; column < TILE_COLUMNS; column++) {
            float *out = packed + first * depth + column;
            if (first + column < rows) {
                const float *in = b + (first + column) * stride;
                for (ptrdiff_t k = 0; k < depth; k++) out[k * TILE_COLUMNS] = in[k];
            } else {
                for (ptrdiff_t k = 0; k < depth; k++) out[k * TILE_COLUMNS] = 0;
            }
        }
    }
}

/// `count` rows of A from column `k0` on; rows beyond the last are 0.
CK_INLINE void CK_NAME(pack_a)(
    const float *a, ptrdiff_t count, ptrdiff_t depth, ptrdiff_t k0, ptrdiff_t length, float *scratch) {
    for (ptrdiff_t first = 0; first < count; first += TILE_ROWS) {
        for (ptrdiff_t row = 0; row < TILE_ROWS; row++) {
            float *out = scratch + first * length + row;
            if (first + row < count) {
                const float *in = a + (first + row) * depth + k0;
                for (ptrdiff_t k = 0; k < length; k++) out[k * TILE_ROWS] = in[k];
            } else {
                for (ptrdiff_t k = 0; k < length; k++) out[k * TILE_ROWS] = 0;
            }
        }
    }
}

/// Adds `length` products to each element of a tile; the sums start from 0 where `isFirst`.
CK_INLINE void CK_NAME(tile)(
    const float *a, const float *b, ptrdiff_t length, float *c, ptrdiff_t stride, int isFirst) {
    vec sum[TILE_ROWS][2];
#pragma clang loop unroll(full)
    for (int row = 0; row < TILE_ROWS; row++) {
        sum[row][0] = isFirst ? (vec){0} : CK_NAME(load)(c + row * stride);
        sum[row][1] = isFirst ? (vec){0} : CK_NAME(load)(c + row * stride + CK_LANES);
    }
    for (ptrdiff_t k = 0; k < length; k++) {
        vec left = CK_NAME(load)(b + k * TILE_COLUMNS), right = CK_NAME(load)(b + k * TILE_COLUMNS + CK_LANES);
#pragma clang loop unroll(full)
        for (int row = 0; row < TILE_ROWS; row++) {
            vec factor = CK_NAME(splat)(a[k * TILE_ROWS + row]);
            sum[row][0] += factor * left;
            sum[row][1] += factor * right;
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < TILE_ROWS; row++) {
        CK_NAME(store)(c + row * stride, sum[row][0]);
        CK_NAME(store)(c + row * stride + CK_LANES, sum[row][1]);
    }
}

/// A tile at the edge of C goes through a whole one beside it.
CK_INLINE void CK_NAME(edge_tile)(
    const float *a, const float *b, ptrdiff_t length, float *c, ptrdiff_t stride, int isFirst, ptrdiff_t rows,
    ptrdiff_t columns) {
    float whole[TILE_ROWS * TILE_COLUMNS] = {0};
    size_t width = (size_t)columns * sizeof *c;
    if (!isFirst)
        for (ptrdiff_t row = 0; row < rows; row++) memcpy(whole + row * TILE_COLUMNS, c + row * stride, width);
    CK_NAME(tile)(a, b, length, whole, TILE_COLUMNS, isFirst);
    for (ptrdiff_t row = 0; row < rows; row++) memcpy(c + row * stride, whole + row * TILE_COLUMNS, width);
}

CK_TARGET static void CK_NAME(multiply)(
    const float *a, ptrdiff_t rows, const float *packed, ptrdiff_t columns, ptrdiff_t depth, float *c,
    float *scratch) {
    for (ptrdiff_t row0 = 0; row0 < rows; row0 += ROW_BLOCK) {
        ptrdiff_t count = rows - row0 < ROW_BLOCK ? rows - row0 : ROW_BLOCK;
        for (ptrdiff_t k0 = 0; k0 < depth; k0 += DEPTH_BLOCK) {
            ptrdiff_t length = depth - k0 < DEPTH_BLOCK ? depth - k0 : DEPTH_BLOCK;
            CK_NAME(pack_a)(a + row0 * depth, count, depth, k0, length, scratch);
            for (ptrdiff_t column = 0; column < columns; column += TILE_COLUMNS) {
                const float *b = packed + column * depth + k0 * TILE_COLUMNS;
                ptrdiff_t width = columns - column < TILE_COLUMNS ? columns - column : TILE_COLUMNS;
                for (ptrdiff_t row = 0; row < count; row += TILE_ROWS) {
                    ptrdiff_t height = count - row < TILE_ROWS ? count - row : TILE_ROWS;
                    float *out = c + (row0 + row) * columns + column;
                    const float *in = scratch + row * length;
                    if (height == TILE_ROWS && width == TILE_COLUMNS)
                        CK_NAME(tile)(in, b, length, out, columns, k0 == 0);
                    else
                        CK_NAME(edge_tile)(in, b, length, out, columns, k0 == 0, height, width);
                }
            }
        }
    }
}

CK_TARGET static ptrdiff_t CK_NAME(places_between)(
    const float *values, ptrdiff_t count, float low, float high, uint32_t *places) {
    ptrdiff_t found = 0, i = 0;
    for (; i + 4 * CK_LANES <= count; i += 4 * CK_LANES) {
        ivec any = {0};
        for (int part = 0; part < 4; part++) {
            vec v = CK_NAME(load)(values + i + part * CK_LANES);
            any |= (v > low) & (v < high);
        }
        if (!__builtin_reduce_or(any)) continue;
        for (ptrdiff_t j = i; j < i + 4 * CK_LANES; j++) {
            places[found] = (uint32_t)j;
            found += values[j] > low && values[j] < high;
        }
    }
    for (; i < count; i++) {
        if (values[i] > low && values[i] < high) places[found++] = (uint32_t)i;
    }
    return found;
}

CK_TARGET static void CK_NAME(add_to_rows)(
    float *matrix, ptrdiff_t rows, ptrdiff_t columns, const float *addend, int rectifies) {
    for (ptrdiff_t row = 0; row < rows; row++) {
        float *values = matrix + row * columns;
        if (rectifies) {
            for (ptrdiff_t j = 0; j < columns; j++) {
                float sum = values[j] + addend[j];
                values[j] = sum < 0 ? 0 : sum;
            }
        } else {
            for (ptrdiff_t j = 0; j < columns; j++) values[j] += addend[j];
        }
    }
}

#undef TILE_ROWS
#undef TILE_COLUMNS
