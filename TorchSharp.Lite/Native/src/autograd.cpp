#include "autograd.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <vector>

#include "guarded.h"

using namespace torch_lite;

namespace {

// A null list becomes an empty one; a null entry, an undefined tensor.
std::vector<at::Tensor> list(const tl_tensor* tensors, int32_t count) {
    std::vector<at::Tensor> result;
    if (tensors == nullptr)
        return result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i)
        result.push_back(tensor_or_undefined(tensors[i]));
    return result;
}

optional<bool> present(int32_t value) {
    optional<bool> result;
    result = value != 0;
    return result;
}

} // namespace

tl_status tl_autograd_requires_grad(tl_tensor x, int32_t* result) {
    return guarded([&] { *result = tensor(x).requires_grad(); });
}

tl_status tl_autograd_set_requires_grad(tl_tensor x, int32_t value) {
    return guarded([&] { tensor(x).requires_grad_(value != 0); });
}

tl_status tl_autograd_is_leaf(tl_tensor x, int32_t* result) {
    return guarded([&] { *result = tensor(x).is_leaf(); });
}

tl_status tl_autograd_retain_grad(tl_tensor x) {
    return guarded([&] { tensor(x).retain_grad(); });
}

tl_status tl_autograd_get_grad(tl_tensor x, tl_tensor* result) {
    return guarded([&] {
        const at::Tensor& gradient = tensor(x).grad();
        *result = gradient.defined() ? new at::Tensor(gradient) : nullptr;
    });
}

tl_status tl_autograd_set_grad(tl_tensor x, tl_tensor gradient) {
    return guarded([&] { tensor(x).mutable_grad() = tensor_or_undefined(gradient); });
}

tl_status tl_autograd_detach(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).detach(); });
}

tl_status tl_autograd_detach_(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).detach_(); });
}

tl_status tl_autograd_backward(const tl_tensor* outputs, const tl_tensor* gradients, int32_t output_count, int32_t retain_graph,
                               int32_t create_graph, const tl_tensor* inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(list(outputs, output_count), list(gradients, output_count), present(retain_graph),
                                  create_graph != 0, list(inputs, input_count));
    });
}

tl_status tl_autograd_grad(const tl_tensor* outputs, const tl_tensor* gradients, int32_t output_count, const tl_tensor* inputs,
                           int32_t input_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                           tl_tensor* results) {
    return guarded([&] {
        const auto found =
            torch::autograd::grad(list(outputs, output_count), list(inputs, input_count), list(gradients, output_count),
                                  present(retain_graph), create_graph != 0, allow_unused != 0);
        std::vector<std::unique_ptr<at::Tensor>> owned;
        for (const at::Tensor& gradient : found)
            owned.push_back(gradient.defined() ? std::make_unique<at::Tensor>(gradient) : nullptr);
        for (auto& gradient : owned)
            *results++ = gradient.release();
    });
}

tl_status tl_autograd_is_grad_enabled(int32_t* result) {
    return guarded([&] { *result = c10::GradMode::is_enabled(); });
}

tl_status tl_autograd_set_grad_enabled(int32_t enabled) {
    return guarded([&] { c10::GradMode::set_enabled(enabled != 0); });
}

tl_status tl_autograd_is_inference_mode(int32_t* result) {
    return guarded([&] { *result = c10::InferenceMode::is_enabled(); });
}

tl_status tl_autograd_enter_inference_mode(int32_t enabled, void** guard) {
    return guarded([&] { *guard = new c10::InferenceMode(enabled != 0); });
}

tl_status tl_autograd_leave_inference_mode(void* guard) {
    return guarded([&] { delete static_cast<c10::InferenceMode*>(guard); });
}
