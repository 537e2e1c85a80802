// Includes CK_BODY once per instruction set. In it, CK_LANES floats fill one register, every function is marked
// CK_TARGET, and CK_NAME(x) is x with the level's name appended. No fused multiply-add at any level.

#define CK_LANES 4
#define CK_TARGET
#define CK_NAME(name) name##_base
#include CK_BODY
#undef CK_LANES
#undef CK_TARGET
#undef CK_NAME

#if defined(__x86_64__)
#define CK_LANES 8
#define CK_TARGET __attribute__((target("avx2")))
#define CK_NAME(name) name##_avx2
#include CK_BODY
#undef CK_LANES
#undef CK_TARGET
#undef CK_NAME

#define CK_LANES 16
#define CK_TARGET __attribute__((target("avx512f,avx512dq")))
#define CK_NAME(name) name##_avx512
#include CK_BODY
#undef CK_LANES
#undef CK_TARGET
#undef CK_NAME
#endif

#undef CK_BODY
