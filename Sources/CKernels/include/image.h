#pragma once
#include <stddef.h>

/// Images whose channels lie together: value (y, x, channel) at ((y * width + x) * channels + channel).

/// The 3 x 3 neighborhoods of the pixels of `rows` rows from `first` on, one after another: 9 * channels values each,
/// neighborhood row after row, 0 outside the image.
void ck_neighborhoods(
    const float *image, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, ptrdiff_t first, ptrdiff_t rows,
    float *columns);

/// The largest of each 2 x 2 pixels by channel; height and width are even. `halved` may be `image`.
void ck_halve_by_maximum(
    const float *image, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, float *halved);
