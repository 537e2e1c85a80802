#pragma once
#include <stddef.h>
#include <stdint.h>

/// Outputs a kernel computes side by side; counts given to `ck_fir_run` are multiples of it.
enum { CK_FIR_LANES = 16 };

/// Deals `streams * columns` samples out like cards: stream r holds in[r], in[r + streams], in[r + 2 streams] …
/// and starts at out + r * stride.
void ck_fir_split(int level, const float *in, size_t streams, size_t columns, float *out, size_t stride);

/// out[m] = sum over j of taps[j] * in[offsets[j] + m], for m in 0 ..< count.
/// Each output adds its products one by one, j rising, in single precision, never fused: the same bits at
/// every level (an `enum ck_level`), whatever the count. `count` is a multiple of CK_FIR_LANES.
void ck_fir_run(int level, const float *in, const int32_t *offsets, const float *taps, size_t tap_count,
                size_t count, float *out);
