#pragma once
#include <stddef.h>
#include <stdint.h>

/// Stores `count` samples of one channel twice: as signed little-endian integers of `byte_count` (1 to 4)
/// bytes in `pcm`, and as floats in `samples`. Sample i is in[i] >> shift, its float that value times
/// `scale`; it goes to place i * step of both outputs (step is the channel count when the outputs are
/// interleaved and the input is one plane, 1 when both are laid out alike).
void ck_pcm_store(int level, const int32_t *in, size_t count, int shift, int byte_count, float scale,
                  size_t step, uint8_t *pcm, float *samples);

/// Whether no value is infinite or NaN.
int ck_pcm_finite(const float *values, size_t count);
