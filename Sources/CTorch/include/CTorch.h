// A plain C face of libtorch: tensors, one call that reaches every operator, and the gradient.
//
// Every function that can fail returns 0, or -1 and keeps one message per thread (ct_last_error). No C++ exception
// leaves. Without the trait Torch the same functions exist and all fail with one sentence (missing.cpp).
#ifndef CTORCH_H
#define CTORCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// One handle of a tensor; several may share its elements. Freed by ct_free.
typedef struct ct_tensor ct_tensor;

/// Element types. All that are neither are 2.
#define CT_FLOAT32 0
#define CT_INT64 1
#define CT_OTHER 2

/// What a ct_argument holds. The count of the CT_TENSOR arguments that follow and belong to a list is its integer.
#define CT_NONE 0
#define CT_TENSOR 1
#define CT_TENSORS 2
#define CT_INTEGER 3
#define CT_NUMBER 4
#define CT_FLAG 5
#define CT_INTEGERS 6
#define CT_GENERATOR 7

/// One argument of an operator. Lists of integers lie one after another in an array of their own, from start on.
typedef struct {
    int32_t kind;
    const ct_tensor *tensor;
    int64_t integer;
    double number;
    size_t start;
    size_t count;
} ct_argument;

/// 1 when built with libtorch, else 0.
int ct_is_available(void);
/// "1.13.1"; empty without libtorch.
const char *ct_version(void);
/// What the last failing function of this thread has to say.
const char *ct_last_error(void);
/// How many CUDA devices libtorch finds; 0 without CUDA.
int ct_cuda_device_count(void);

/// Threads within one operator.
int ct_set_threads(int count);
/// Of this thread's generator of random numbers, the CT_GENERATOR of an operator: nothing else in the process draws from
/// it or seeds it.
int ct_seed(uint64_t seed);
/// 1: refuse or avoid algorithms whose results differ from run to run.
int ct_set_deterministic(int deterministic);
/// Of this thread: whether what is computed can be differentiated. Returns what it was before.
int ct_set_gradients(int enabled);

/// Uninitialized elements in the machine's memory, row by row.
int ct_empty(int kind, const int64_t *shape, size_t rank, ct_tensor **result);
/// The address of the elements of a contiguous tensor in the machine's memory; else a failure.
int ct_elements(const ct_tensor *tensor, void **address);
/// The tensor, or a copy of it, row by row in the memory of CUDA device 0…, or of the machine: -1.
int ct_on_device(const ct_tensor *tensor, int device, ct_tensor **result);
/// -1 for the machine's memory, else the number of the CUDA device.
int ct_device(const ct_tensor *tensor);
int ct_kind(const ct_tensor *tensor);
size_t ct_rank(const ct_tensor *tensor);
/// Size of one dimension, which is below the rank.
int64_t ct_size(const ct_tensor *tensor, size_t dimension);
void ct_free(ct_tensor *tensor);

/// Makes a leaf whose gradient is wanted.
int ct_require_gradient(ct_tensor *tensor);
/// From a tensor of one element back to all leaves that want a gradient, added to what they have.
int ct_backward(const ct_tensor *tensor);
/// The gradient of a leaf, or null when it has none.
int ct_gradient(const ct_tensor *tensor, ct_tensor **result);
int ct_clear_gradient(ct_tensor *tensor);

/// Calls the operator "aten::name" with its overload ("" for most). Arguments left off at the end take the defaults
/// of its schema. Up to capacity tensors that it returns are written to results; undefined ones are null.
int ct_call(const char *name, const char *overload, const ct_argument *arguments, size_t count,
            const int64_t *integers, ct_tensor **results, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
