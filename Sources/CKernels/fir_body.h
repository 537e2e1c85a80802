// One compilation of the FIR loops; included by fir.c once per level with LEVEL, TARGET and WIDE. PASS(w) serves
// w vectors of outputs at a time for as long as so many are left.

TARGET static void LEVEL(fir_split)(const float *restrict in, size_t streams, size_t columns, float *restrict out,
                                    size_t stride) {
    if (streams == 1) {
        memcpy(out, in, columns * sizeof *in);
    } else if (streams == 2) {  // a known count of streams lets the compiler shuffle whole vectors
        for (size_t c = 0; c < columns; c++) {
            out[c] = in[2 * c];
            out[stride + c] = in[2 * c + 1];
        }
    } else if (streams == 3) {
        for (size_t c = 0; c < columns; c++) {
            out[c] = in[3 * c];
            out[stride + c] = in[3 * c + 1];
            out[2 * stride + c] = in[3 * c + 2];
        }
    } else {
        for (size_t c = 0; c < columns; c++)
            for (size_t r = 0; r < streams; r++) out[r * stride + c] = in[c * streams + r];
    }
}

TARGET static void LEVEL(fir_run)(const float *in, const int32_t *offsets, const float *taps, size_t tap_count,
                                  size_t count, float *out) {
#pragma STDC FP_CONTRACT OFF
    size_t m = 0;
#define PASS(w)                                                                  \
    for (; m + CK_FIR_LANES * (w) <= count; m += CK_FIR_LANES * (w)) {           \
        lanes sum[w] = {{0}};                                                    \
        for (size_t j = 0; j < tap_count; j++) {                                 \
            const float *p = in + offsets[j] + m;                                \
            for (int v = 0; v < (w); v++) {                                      \
                lanes x;                                                         \
                memcpy(&x, p + CK_FIR_LANES * v, sizeof x);                      \
                sum[v] += x * taps[j];                                           \
            }                                                                    \
        }                                                                        \
        memcpy(out + m, sum, sizeof sum);                                        \
    }
#if WIDE >= 8
    PASS(8)
#endif
#if WIDE >= 4
    PASS(4)
#endif
    PASS(2)
    PASS(1)
}

#undef PASS
#undef LEVEL
#undef TARGET
#undef WIDE
