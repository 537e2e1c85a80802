// Vectors of CK_LANES floats and what every kernel does with them; included through each_level.h only.

#define CK_INLINE static inline __attribute__((always_inline, unused)) CK_TARGET
#define vec CK_NAME(ck_vec)
#define ivec CK_NAME(ck_ivec)

typedef float vec __attribute__((vector_size(4 * CK_LANES)));
typedef int32_t ivec __attribute__((vector_size(4 * CK_LANES)));

CK_INLINE vec CK_NAME(load)(const float *p) {
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}

CK_INLINE void CK_NAME(store)(float *p, vec v) { memcpy(p, &v, sizeof v); }

CK_INLINE vec CK_NAME(splat)(float x) { return x - (vec){0}; }

CK_INLINE vec CK_NAME(select)(ivec mask, vec yes, vec no) { return (vec)((mask & (ivec)yes) | (~mask & (ivec)no)); }

/// Every NaN becomes the one positive quiet NaN: which of two NaNs an addition keeps differs between instruction sets.
CK_INLINE vec CK_NAME(quiet)(vec v) { return CK_NAME(select)(v == v, v, (vec)((ivec){0} + 0x7fc00000)); }

CK_INLINE vec CK_NAME(root)(vec v) {
#if __has_builtin(__builtin_elementwise_sqrt)
    return __builtin_elementwise_sqrt(v);
#else
    for (int lane = 0; lane < CK_LANES; lane++) v[lane] = __builtin_sqrtf(v[lane]);
    return v;
#endif
}

/// ln(v) for v >= 0. v = 2^e m with m in [sqrt(1/2), sqrt(2)); ln(1 + f) = f - f^2/2 + f^3 P(f), where P is a fit that
/// minimizes the largest relative error over that range (largest error of the whole: 0.86 units in the last place).
/// Without `small` no value may be 0 or subnormal; the others have the same bits with it.
CK_INLINE vec CK_NAME(logarithm)(vec v, int small) {
    ivec tiny = small ? v < 0x1p-126f : (ivec){0};
    ivec bits = (ivec)(small ? CK_NAME(select)(tiny, v * 0x1p23f, v) : v) - 0x3f3504f3;
    vec e = __builtin_convertvector((bits >> 23) - (tiny & 23), vec);
    vec f = (vec)((bits & 0x7fffff) + 0x3f3504f3) - 1.0f;
    vec p = f * -0x1.38b4ccp-4f + 0x1.055b46p-3f;
    p = p * f + -0x1.0d8552p-3f;
    p = p * f + 0x1.22da22p-3f;
    p = p * f + -0x1.547244p-3f;
    p = p * f + 0x1.99a008p-3f;
    p = p * f + -0x1.000228p-2f;
    p = p * f + 0x1.555554p-2f;
    vec square = f * f;
    vec rest = (p * f) * square + e * -2.12194440e-4f - square * 0.5f;
    vec result = (f + rest) + e * 0.693359375f;
    if (small) result = CK_NAME(select)(v == 0.0f, CK_NAME(splat)(-__builtin_inff()), result);
    return CK_NAME(select)(v < __builtin_inff(), result, v);
}

/// Lanes 1... become lanes 0..., and x the last.
CK_INLINE vec CK_NAME(move_down)(vec v, float x) {
    vec next = CK_NAME(splat)(x);
#if CK_LANES == 4
    return __builtin_shufflevector(v, next, 1, 2, 3, 4);
#elif CK_LANES == 8
    return __builtin_shufflevector(v, next, 1, 2, 3, 4, 5, 6, 7, 8);
#else
    return __builtin_shufflevector(v, next, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
#endif
}

// --- 4 columns of CK_LANES rows: memory order on one side, one row per lane on the other ---

typedef float CK_NAME(quad) __attribute__((vector_size(16)));
#define quad CK_NAME(quad)

CK_INLINE quad CK_NAME(load_quad)(const float *p) {
    quad q;
    memcpy(&q, p, sizeof q);
    return q;
}

/// Four samples of each of the rows j, j + 4, j + 8 ..., row after row.
CK_INLINE vec CK_NAME(gather_quads)(const float *const *row, int j, ptrdiff_t i) {
    quad a = CK_NAME(load_quad)(row[j] + i);
#if CK_LANES == 4
    return a;
#else
    quad b = CK_NAME(load_quad)(row[j + 4] + i);
#if CK_LANES == 8
    return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7);
#else
    quad c = CK_NAME(load_quad)(row[j + 8] + i), d = CK_NAME(load_quad)(row[j + 12] + i);
    return __builtin_shufflevector(
        __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7), __builtin_shufflevector(c, d, 0, 1, 2, 3, 4, 5, 6, 7), 0,
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#endif
#endif
}

// A shuffle within each group of four lanes: a, b pick from the first vector, c, d from the second.
#if CK_LANES == 4
#define CK_PICK(x, y, a, b, c, d) __builtin_shufflevector(x, y, a, b, c, d)
#elif CK_LANES == 8
#define CK_PICK(x, y, a, b, c, d) \
    __builtin_shufflevector( \
        x, y, CK_AT8(a, 0), CK_AT8(b, 0), CK_AT8(c, 0), CK_AT8(d, 0), CK_AT8(a, 4), CK_AT8(b, 4), CK_AT8(c, 4), \
        CK_AT8(d, 4))
#else
#define CK_PICK(x, y, a, b, c, d) \
    __builtin_shufflevector( \
        x, y, CK_AT16(a, 0), CK_AT16(b, 0), CK_AT16(c, 0), CK_AT16(d, 0), CK_AT16(a, 4), CK_AT16(b, 4), CK_AT16(c, 4), \
        CK_AT16(d, 4), CK_AT16(a, 8), CK_AT16(b, 8), CK_AT16(c, 8), CK_AT16(d, 8), CK_AT16(a, 12), CK_AT16(b, 12), \
        CK_AT16(c, 12), CK_AT16(d, 12))
#endif
#ifndef CK_AT8
#define CK_AT8(i, group) ((i) < 4 ? (i) + (group) : (i) - 4 + 8 + (group))
#define CK_AT16(i, group) ((i) < 4 ? (i) + (group) : (i) - 4 + 16 + (group))
#endif

/// Transposes each 4 x 4 group: v[j] group g holds row 4g + j, and afterwards lane 4g + j of v[c] is its column c.
CK_INLINE void CK_NAME(transpose)(vec v[4]) {
    vec low = CK_PICK(v[0], v[1], 0, 4, 1, 5), high = CK_PICK(v[0], v[1], 2, 6, 3, 7);
    vec low2 = CK_PICK(v[2], v[3], 0, 4, 1, 5), high2 = CK_PICK(v[2], v[3], 2, 6, 3, 7);
    v[0] = CK_PICK(low, low2, 0, 1, 4, 5);
    v[1] = CK_PICK(low, low2, 2, 3, 6, 7);
    v[2] = CK_PICK(high, high2, 0, 1, 4, 5);
    v[3] = CK_PICK(high, high2, 2, 3, 6, 7);
}
#undef CK_PICK

CK_INLINE void CK_NAME(load_columns)(const float *const *row, ptrdiff_t i, vec v[4]) {
    for (int j = 0; j < 4; j++) v[j] = CK_NAME(gather_quads)(row, j, i);
    CK_NAME(transpose)(v);
}

/// One column, sample by sample, for what is left of a row after groups of four.
CK_INLINE vec CK_NAME(load_column)(const float *const *row, ptrdiff_t i) {
    vec v;
    for (int lane = 0; lane < CK_LANES; lane++) v[lane] = row[lane][i];
    return v;
}
