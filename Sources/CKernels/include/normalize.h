#pragma once
#include <stddef.h>

/// Normalization in place of row-major matrices and of waveforms. Sums run in 16 fixed partial sums (element i goes to
/// sum i mod 16) joined by a fixed tree, at every level. Deviations are population deviations, at least `smallest`.

/// Each row: (v - mean) / max(deviation, smallest); sums in float.
void ck_normalize_rows(int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, float smallest);

/// Each column likewise; sums in double, in the order of the rows.
void ck_normalize_columns(int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, double smallest);

/// All values together likewise; sums in double.
void ck_normalize_all(int level, float *values, ptrdiff_t count, double smallest);

/// (v - mean[column]) / max(deviation[column], smallest).
void ck_standardize(
    int level, float *matrix, ptrdiff_t rows, ptrdiff_t columns, const float *mean, const float *deviation,
    float smallest);

/// Minus the mean, times target / RMS; sums in double. Zeros where the RMS is 0.
void ck_whiten(int level, float *values, ptrdiff_t count, double target);
