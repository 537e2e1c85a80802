// The C face over ATen. Only <ATen/…> is included: <torch/torch.h> wants more include paths and has nothing we need.
#ifdef TWINSET_TORCH

#include "CTorch.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/csrc/api/include/torch/version.h>

#include <string>

struct ct_tensor {
    at::Tensor value;
};

namespace {

thread_local std::string last_error;

// Of the device that drew last. libtorch's own generators are of the process: whoever shares it changes what they give.
thread_local at::Generator generator;
thread_local uint64_t seed = 0;

template <typename Body> int guarded(Body body) {
    try {
        body();
        return 0;
    } catch (const c10::Error &error) {
        last_error = error.what_without_backtrace();
    } catch (const std::exception &error) {
        last_error = error.what();
    } catch (...) {
        last_error = "libtorch failed without saying why";
    }
    return -1;
}

at::Device device_of(int number) {
    return number < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(number));
}

// Newer versions of libtorch count the devices of CUDA under another name.
template <typename Hooks> auto count_devices(const Hooks &hooks, int) -> decltype(static_cast<int>(hooks.deviceCount())) {
    return static_cast<int>(hooks.deviceCount());
}

template <typename Hooks> int count_devices(const Hooks &hooks, long) { return hooks.getNumGPUs(); }

// Kernels take a float only as a double: whole numbers given for one are converted.
c10::IValue number_for(const c10::Argument &wanted, const ct_argument &given) {
    const auto kind = wanted.type()->kind();
    if (given.kind == CT_INTEGER) {
        if (kind == c10::TypeKind::FloatType) return static_cast<double>(given.integer);
        return given.integer;
    }
    return given.number;
}

const at::Generator &generator_on(const at::Device &device) {
    if (!generator.defined() || generator.device() != device) {
        generator = at::globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(seed);
    }
    return generator;
}

c10::IValue tensors_from(const ct_argument *members, size_t count) {
    c10::List<at::Tensor> list;
    for (size_t i = 0; i < count; i++) list.push_back(members[i].tensor->value);
    return list;
}

c10::IValue integers_from(const int64_t *values, size_t count) {
    c10::List<int64_t> list;
    for (size_t i = 0; i < count; i++) list.push_back(values[i]);
    return list;
}

void push_arguments(const c10::FunctionSchema &schema, const ct_argument *arguments, size_t count,
                    const int64_t *integers, torch::jit::Stack &stack) {
    const auto &wanted = schema.arguments();
    for (size_t i = 0; i < count; i++) {
        TORCH_CHECK(stack.size() < wanted.size(), schema.name(), " takes ", wanted.size(), " arguments at most");
        const ct_argument &given = arguments[i];
        switch (given.kind) {
        case CT_NONE: stack.emplace_back(); break;
        case CT_TENSOR: stack.emplace_back(given.tensor->value); break;
        case CT_FLAG: stack.emplace_back(given.integer != 0); break;
        case CT_GENERATOR: stack.emplace_back(generator_on(stack.at(0).toTensor().device())); break;
        case CT_INTEGERS: stack.push_back(integers_from(integers + given.start, given.count)); break;
        case CT_TENSORS:
            stack.push_back(tensors_from(arguments + i + 1, static_cast<size_t>(given.integer)));
            i += static_cast<size_t>(given.integer);
            break;
        default: stack.push_back(number_for(wanted[stack.size()], given));
        }
    }
    while (stack.size() < wanted.size()) {
        const auto &argument = wanted[stack.size()];
        TORCH_CHECK(argument.default_value(), schema.name(), " needs the argument ", argument.name());
        stack.push_back(*argument.default_value());
    }
}

} // namespace

int ct_is_available(void) { return 1; }

const char *ct_version(void) { return TORCH_VERSION; }

const char *ct_last_error(void) { return last_error.c_str(); }

int ct_cuda_device_count(void) {
    int count = 0;
    const int status = guarded([&] {
        if (at::hasCUDA()) count = count_devices(at::detail::getCUDAHooks(), 0);
    });
    return status == 0 ? count : 0;
}

int ct_set_threads(int count) {
    return guarded([&] { at::set_num_threads(count); });
}

int ct_seed(uint64_t value) {
    seed = value;
    return guarded([&] { generator = at::Generator(); });
}

int ct_set_deterministic(int deterministic) {
    return guarded([&] {
        at::globalContext().setDeterministicAlgorithms(deterministic != 0, true);
        at::globalContext().setDeterministicCuDNN(deterministic != 0);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
        // It fills memory that is about to be written, to find what reads it before: a tenth of the time, for nothing here.
        at::globalContext().setDeterministicFillUninitializedMemory(false);
#endif
    });
}

int ct_set_gradients(int enabled) {
    const bool before = at::GradMode::is_enabled();
    at::GradMode::set_enabled(enabled != 0);
    return before ? 1 : 0;
}

int ct_empty(int kind, const int64_t *shape, size_t rank, ct_tensor **result) {
    return guarded([&] {
        const auto type = kind == CT_INT64 ? at::kLong : at::kFloat;
        *result = new ct_tensor{at::empty(at::IntArrayRef(shape, rank), at::TensorOptions().dtype(type))};
    });
}

int ct_elements(const ct_tensor *tensor, void **address) {
    return guarded([&] {
        TORCH_CHECK(tensor->value.is_cpu(), "the elements are not in the machine's memory");
        TORCH_CHECK(tensor->value.is_contiguous(), "the elements do not lie row by row");
        *address = tensor->value.data_ptr();
    });
}

int ct_on_device(const ct_tensor *tensor, int device, ct_tensor **result) {
    return guarded([&] { *result = new ct_tensor{tensor->value.to(device_of(device)).contiguous()}; });
}

int ct_device(const ct_tensor *tensor) {
    return tensor->value.is_cpu() ? -1 : tensor->value.device().index();
}

int ct_kind(const ct_tensor *tensor) {
    const auto type = tensor->value.scalar_type();
    return type == at::kFloat ? CT_FLOAT32 : type == at::kLong ? CT_INT64 : CT_OTHER;
}

size_t ct_rank(const ct_tensor *tensor) { return static_cast<size_t>(tensor->value.dim()); }

int64_t ct_size(const ct_tensor *tensor, size_t dimension) { return tensor->value.sizes()[dimension]; }

void ct_free(ct_tensor *tensor) { delete tensor; }

int ct_require_gradient(ct_tensor *tensor) {
    return guarded([&] { tensor->value.requires_grad_(true); });
}

int ct_backward(const ct_tensor *tensor) {
    return guarded([&] { tensor->value.backward(); });
}

int ct_gradient(const ct_tensor *tensor, ct_tensor **result) {
    return guarded([&] {
        const at::Tensor &gradient = tensor->value.grad();
        *result = gradient.defined() ? new ct_tensor{gradient} : nullptr;
    });
}

int ct_clear_gradient(ct_tensor *tensor) {
    return guarded([&] { tensor->value.mutable_grad().reset(); });
}

int ct_call(const char *name, const char *overload, const ct_argument *arguments, size_t count,
            const int64_t *integers, ct_tensor **results, size_t capacity) {
    return guarded([&] {
        const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(found, "this libtorch has no operator ", name, " ", overload);
        torch::jit::Stack stack;
        push_arguments(found->schema(), arguments, count, integers, stack);
        found->callBoxed(stack);
        TORCH_CHECK(stack.size() >= capacity, name, " returns ", stack.size(), " results, not ", capacity);
        for (size_t i = 0; i < capacity; i++) {
            const at::Tensor &value = stack[i].toTensor();
            results[i] = value.defined() ? new ct_tensor{value} : nullptr;
        }
    });
}

#endif
