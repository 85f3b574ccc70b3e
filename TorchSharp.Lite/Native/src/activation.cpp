#include "activation.h"

#include <ATen/ATen.h>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_activation_relu(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::relu_(tensor(input)) : at::relu(tensor(input)); });
}

tl_status tl_activation_leaky_relu(tl_tensor input, double negative_slope, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] {
        return in_place ? at::leaky_relu_(tensor(input), negative_slope) : at::leaky_relu(tensor(input), negative_slope);
    });
}

tl_status tl_activation_sigmoid(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::sigmoid_(tensor(input)) : at::sigmoid(tensor(input)); });
}

tl_status tl_activation_tanh(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::tanh_(tensor(input)) : at::tanh(tensor(input)); });
}

tl_status tl_activation_silu(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::silu_(tensor(input)) : at::silu(tensor(input)); });
}

tl_status tl_activation_hardtanh(tl_tensor input, double least, double most, int32_t in_place, tl_tensor* result) {
    return guarded(
        result, [&] { return in_place ? at::hardtanh_(tensor(input), least, most) : at::hardtanh(tensor(input), least, most); });
}

tl_status tl_activation_hardsigmoid(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::hardsigmoid_(tensor(input)) : at::hardsigmoid(tensor(input)); });
}

tl_status tl_activation_hardswish(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::hardswish_(tensor(input)) : at::hardswish(tensor(input)); });
}

tl_status tl_activation_mish(tl_tensor input, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] { return in_place ? at::mish_(tensor(input)) : at::mish(tensor(input)); });
}

tl_status tl_activation_elu(tl_tensor input, double alpha, double scale, double input_scale, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] {
        return in_place ? at::elu_(tensor(input), alpha, scale, input_scale) : at::elu(tensor(input), alpha, scale, input_scale);
    });
}

tl_status tl_activation_softplus(tl_tensor input, double beta, double threshold, tl_tensor* result) {
    return guarded(result, [&] { return at::softplus(tensor(input), beta, threshold); });
}

tl_status tl_activation_prelu(tl_tensor input, tl_tensor weight, tl_tensor* result) {
    return guarded(result, [&] { return at::prelu(tensor(input), tensor(weight)); });
}

tl_status tl_activation_gelu(tl_tensor input, int32_t approximate, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] {
        const char* form = approximate ? "tanh" : "none";
        return in_place ? at::gelu_(tensor(input), form) : at::gelu(tensor(input), form);
    });
}

tl_status tl_activation_softmax(tl_tensor input, int64_t dim, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return at::softmax(tensor(input), dim, optional_dtype(dtype)); });
}

tl_status tl_activation_log_softmax(tl_tensor input, int64_t dim, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return at::log_softmax(tensor(input), dim, optional_dtype(dtype)); });
}
