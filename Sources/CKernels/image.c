#include "image.h"

#include <string.h>

void ck_neighborhoods(
    const float *image, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, ptrdiff_t first, ptrdiff_t rows,
    float *columns) {
    for (ptrdiff_t y = first; y < first + rows; y++) {
        for (ptrdiff_t x = 0; x < width; x++) {
            for (ptrdiff_t near_y = y - 1; near_y <= y + 1; near_y++) {
                // The up to three pixels of a neighborhood's row lie side by side.
                ptrdiff_t from = x > 0 ? x - 1 : 0, to = x + 1 < width ? x + 2 : width;
                if (near_y < 0 || near_y >= height) {
                    memset(columns, 0, (size_t)(3 * channels) * sizeof *columns);
                } else {
                    if (x == 0) memset(columns, 0, (size_t)channels * sizeof *columns);
                    memcpy(
                        columns + (from - (x - 1)) * channels, image + (near_y * width + from) * channels,
                        (size_t)((to - from) * channels) * sizeof *columns);
                    if (x + 1 == width) memset(columns + 2 * channels, 0, (size_t)channels * sizeof *columns);
                }
                columns += 3 * channels;
            }
        }
    }
}

static float larger(float a, float b) { return a > b ? a : b; }

void ck_halve_by_maximum(
    const float *image, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, float *halved) {
    for (ptrdiff_t y = 0; y + 1 < height; y += 2) {
        for (ptrdiff_t x = 0; x + 1 < width; x += 2) {
            const float *above = image + (y * width + x) * channels, *below = above + width * channels;
            for (ptrdiff_t c = 0; c < channels; c++)
                *halved++ = larger(larger(above[c], above[channels + c]), larger(below[c], below[channels + c]));
        }
    }
}
