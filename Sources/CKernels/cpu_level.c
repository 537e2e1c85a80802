#include "cpu_level.h"

int ck_cpu_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return CK_AVX512;
    if (__builtin_cpu_supports("avx2")) return CK_AVX2;
#endif
    return CK_BASE;
}
