#pragma once
#include <stddef.h>

/// Filter-bank energies of a block of frames, one frame per vector lane (16, 8 or 4 frames at once).
///
/// `ck_fbank_create` reserves tables and scratch in one piece of memory; the caller fills the tables and the settings,
/// then for each block puts `lanes` pointers in `frame` and calls load, (transform or its own FFT), finish.
/// Element i of the frame in lane l lies at `block[i * lanes + l]`. A lane never looks at another, so the
/// bits of a frame do not depend on its place in a block, nor on the level.

enum { CK_MAX_LANES = 16 };

struct ck_fbank {
    // Shape and level, fixed by ck_fbank_create.
    int window_count, hop_count, fft_size, bin_count, filter_count, weight_count, level, lanes;

    // Settings, all zero after ck_fbank_create.
    float signal_emphasis;  ///< pre-emphasis before DC removal; reads frame[l][-1] when it is not 0
    float frame_emphasis;   ///< pre-emphasis after DC removal, inside the frame; its first sample x becomes x - c*x
    int removes_mean;       ///< subtract each frame's mean
    float floor_value;      ///< for the two rules below
    int raises_to_floor;    ///< energy = max(energy, floor_value)
    int replaces_zero;      ///< energy = floor_value where it is exactly 0
    int takes_root;         ///< magnitudes |X| instead of powers, before the filters
    float offset;           ///< added to the energies before the logarithm
    int takes_log;          ///< natural logarithm of the energies
    int normalizes;         ///< each frame: (v - mean) / max(deviation, 1e-12), as ck_normalize_rows

    // Tables, all zero after ck_fbank_create.
    float *window;      ///< window_count factors
    float *twiddle;     ///< fft_size factors at most: per radix-4 pass, for j = 1..<quarter: w^j, w^2j, w^3j as (cos, sin)
    int *pair;          ///< the slots of k and fft_size/2 - k for k in 1..<fft_size/4, in the order of memory
    float *split;       ///< for each pair (cos, sin) of -2*pi*k/fft_size
    int *slot;          ///< row of the block where the FFT leaves the power of bin k, bin_count entries; also for the
                        ///< caller's own FFT where takes_root is set
    int *weight_slot;   ///< the slot of the bin of each weight
    int *filter_length; ///< bins of each filter, a multiple of 4 (pad with weights of 0); the sum is weight_count
    float *weight;      ///< weights, filter after filter

    // Scratch.
    float *block;    ///< fft_size rows of lanes
    float *energy;   ///< filter_count rows of lanes, rounded up to 4 rows
    float *edge;     ///< lanes rows of edge_stride samples, for frames that leave the waveform
    int edge_stride; ///< at least window_count + 1
    const float *frame[CK_MAX_LANES];
};

/// Tables and scratch for one worker, or NULL when memory is refused. `level` is an enum ck_level this CPU runs.
/// `hop_count`, the usual distance of the frames, saves time where it holds; it also orders the sum behind the mean.
struct ck_fbank *ck_fbank_create(
    int level, int window_count, int hop_count, int fft_size, int filter_count, int weight_count);
void ck_fbank_destroy(struct ck_fbank *fbank);

/// Where the frame of a lane begins; every lane needs one before ck_fbank_load, lanes not wanted a copy of another's.
static inline void ck_fbank_set_frame(struct ck_fbank *fbank, int lane, const float *samples) {
    fbank->frame[lane] = samples;
}

/// frame → block: pre-emphasis, mean removal and window; the rest of the FFT's length is zero.
void ck_fbank_load(struct ck_fbank *fbank);

/// The block's frames → 4 |X|^2 of bin k in row slot[k], by the kernel's own FFT: fft_size is a power of two, at least 8.
void ck_fbank_transform(struct ck_fbank *fbank);

/// The block's powers → rows: filters, floor, logarithm, normalization; writes the first `count` lanes as rows of filter_count.
void ck_fbank_finish(struct ck_fbank *fbank, int count, float *rows);

/// Natural logarithm in place, error below 1 unit in the last place; NaN stays NaN, negative numbers are not allowed.
void ck_log(int level, float *values, ptrdiff_t count);
