#include "fir.h"

#include <string.h>

#include "cpu_level.h"

/// Sixteen outputs: one register of AVX-512, two of AVX2, four of plain x86-64 and of Arm.
typedef float lanes __attribute__((vector_size(4 * CK_FIR_LANES)));

// The same body three times. WIDE is how many vectors of outputs one pass over the taps serves: as many as
// the registers of the level hold, which hides the latency of the additions and shares each tap's broadcast.
#define LEVEL(name) name##_base
#define TARGET
#define WIDE 2
#include "fir_body.h"

#if defined(__x86_64__)
#define LEVEL(name) name##_avx2
#define TARGET __attribute__((target("avx2")))
#define WIDE 4
#include "fir_body.h"

#define LEVEL(name) name##_avx512
#define TARGET __attribute__((target("avx512f,avx512dq")))
#define WIDE 8
#include "fir_body.h"
#endif

void ck_fir_run(int level, const float *in, const int32_t *offsets, const float *taps, size_t tap_count,
                size_t count, float *out) {
#if defined(__x86_64__)
    if (level >= CK_AVX512) {
        fir_run_avx512(in, offsets, taps, tap_count, count, out);
        return;
    }
    if (level >= CK_AVX2) {
        fir_run_avx2(in, offsets, taps, tap_count, count, out);
        return;
    }
#endif
    (void)level;
    fir_run_base(in, offsets, taps, tap_count, count, out);
}

void ck_fir_split(int level, const float *in, size_t streams, size_t columns, float *out, size_t stride) {
#if defined(__x86_64__)
    if (level >= CK_AVX512) {
        fir_split_avx512(in, streams, columns, out, stride);
        return;
    }
    if (level >= CK_AVX2) {
        fir_split_avx2(in, streams, columns, out, stride);
        return;
    }
#endif
    (void)level;
    fir_split_base(in, streams, columns, out, stride);
}
