// What the C face is without libtorch: the same functions, all of which fail with one sentence.
#ifndef TWINSET_TORCH

#include "CTorch.h"

int ct_is_available(void) { return 0; }
const char *ct_version(void) { return ""; }
const char *ct_last_error(void) { return "built without libtorch; install it by scripts/setup --with-torch and build with: swift build --traits Torch"; }
int ct_cuda_device_count(void) { return 0; }

int ct_set_threads(int) { return -1; }
int ct_seed(uint64_t) { return -1; }
int ct_set_deterministic(int) { return -1; }
int ct_set_gradients(int) { return 1; }

int ct_empty(int, const int64_t *, size_t, ct_tensor **) { return -1; }
int ct_elements(const ct_tensor *, void **) { return -1; }
int ct_on_device(const ct_tensor *, int, ct_tensor **) { return -1; }
int ct_device(const ct_tensor *) { return -1; }
int ct_kind(const ct_tensor *) { return CT_OTHER; }
size_t ct_rank(const ct_tensor *) { return 0; }
int64_t ct_size(const ct_tensor *, size_t) { return 0; }
void ct_free(ct_tensor *) {}

int ct_require_gradient(ct_tensor *) { return -1; }
int ct_backward(const ct_tensor *) { return -1; }
int ct_gradient(const ct_tensor *, ct_tensor **) { return -1; }
int ct_clear_gradient(ct_tensor *) { return -1; }

int ct_call(const char *, const char *, const ct_argument *, size_t, const int64_t *, ct_tensor **, size_t) {
    return -1;
}

#endif
