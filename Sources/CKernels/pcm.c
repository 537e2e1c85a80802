#include "pcm.h"

#include <string.h>

#include "cpu_level.h"

// The one case that matters for speed, mono 16 bits: both outputs in one pass while the block is in cache.
// Written through memcpy because `pcm` promises no alignment; it costs nothing.
#define STORE_16(NAME, TARGET)                                                            \
    TARGET static void NAME(const int32_t *restrict in, size_t count, float scale,        \
                            uint8_t *restrict pcm, float *restrict samples) {             \
        for (size_t i = 0; i < count; i++) {                                              \
            const int16_t word = (int16_t)in[i];                                          \
            memcpy(pcm + 2 * i, &word, 2);                                                \
            samples[i] = (float)in[i] * scale;                                            \
        }                                                                                 \
    }

STORE_16(store_16_base, )
#if defined(__x86_64__)
STORE_16(store_16_avx2, __attribute__((target("avx2"))))
STORE_16(store_16_avx512, __attribute__((target("avx512f,avx512dq"))))
#endif

static void store_16(int level, const int32_t *in, size_t count, float scale, uint8_t *pcm, float *samples) {
#if defined(__x86_64__)
    if (level >= CK_AVX512) {
        store_16_avx512(in, count, scale, pcm, samples);
        return;
    }
    if (level >= CK_AVX2) {
        store_16_avx2(in, count, scale, pcm, samples);
        return;
    }
#endif
    (void)level;
    store_16_base(in, count, scale, pcm, samples);
}

void ck_pcm_store(int level, const int32_t *in, size_t count, int shift, int byte_count, float scale,
                  size_t step, uint8_t *pcm, float *samples) {
    if (byte_count == 2 && step == 1 && shift == 0) {
        store_16(level, in, count, scale, pcm, samples);
        return;
    }
    const size_t stride = step * (size_t)byte_count;
    for (size_t i = 0; i < count; i++) {
        const int32_t value = in[i] >> shift;
        uint8_t *p = pcm + i * stride;
        for (int b = 0; b < byte_count; b++) p[b] = (uint8_t)((uint32_t)value >> (8 * b));
        samples[i * step] = (float)value * scale;
    }
}

int ck_pcm_finite(const float *values, size_t count) {
    uint32_t bad = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, values + i, sizeof bits);
        bad |= (bits & 0x7f800000u) == 0x7f800000u;
    }
    return !bad;
}
