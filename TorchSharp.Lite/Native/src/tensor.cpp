#include "tensor.h"

#include <algorithm>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_tensor_free(tl_tensor handle) {
    return guarded([&] { delete static_cast<at::Tensor*>(handle); });
}

tl_status tl_tensor_dim(tl_tensor x, int64_t* result) {
    return guarded([&] { *result = tensor(x).dim(); });
}

tl_status tl_tensor_numel(tl_tensor x, int64_t* result) {
    return guarded([&] { *result = tensor(x).numel(); });
}

tl_status tl_tensor_size(tl_tensor x, int64_t dimension, int64_t* result) {
    return guarded([&] { *result = tensor(x).size(dimension); });
}

tl_status tl_tensor_stride(tl_tensor x, int64_t dimension, int64_t* result) {
    return guarded([&] { *result = tensor(x).stride(dimension); });
}

tl_status tl_tensor_sizes(tl_tensor x, int64_t* result) {
    return guarded([&] { std::copy(tensor(x).sizes().begin(), tensor(x).sizes().end(), result); });
}

tl_status tl_tensor_strides(tl_tensor x, int64_t* result) {
    return guarded([&] { std::copy(tensor(x).strides().begin(), tensor(x).strides().end(), result); });
}

tl_status tl_tensor_dtype(tl_tensor x, int32_t* result) {
    return guarded([&] { *result = static_cast<int32_t>(tensor(x).scalar_type()); });
}

tl_status tl_tensor_device(tl_tensor x, int32_t* type, int32_t* index) {
    return guarded([&] {
        const at::Device device = tensor(x).device();
        *type = static_cast<int32_t>(device.type());
        *index = device.index();
    });
}

tl_status tl_tensor_element_size(tl_tensor x, int64_t* result) {
    return guarded([&] { *result = static_cast<int64_t>(tensor(x).element_size()); });
}

tl_status tl_tensor_storage_offset(tl_tensor x, int64_t* result) {
    return guarded([&] { *result = tensor(x).storage_offset(); });
}

tl_status tl_tensor_is_contiguous(tl_tensor x, int32_t* result) {
    return guarded([&] { *result = tensor(x).is_contiguous(); });
}

tl_status tl_tensor_is_sparse(tl_tensor x, int32_t* result) {
    return guarded([&] { *result = tensor(x).is_sparse(); });
}

tl_status tl_tensor_is_pinned(tl_tensor x, int32_t* result) {
    return guarded([&] { *result = tensor(x).is_pinned(); });
}

tl_status tl_tensor_data(tl_tensor x, void** result) {
    return guarded([&] { *result = tensor(x).data_ptr(); });
}

tl_status tl_tensor_item(tl_tensor x, tl_scalar* result) {
    return guarded([&] {
        const at::Scalar item = tensor(x).item();
        tl_scalar value{};
        if (item.isBoolean()) {
            value.kind = TL_SCALAR_BOOLEAN;
            value.integer = item.toBool();
        } else if (item.isIntegral(false)) {
            value.kind = TL_SCALAR_INTEGER;
            value.integer = item.toLong();
        } else {
            value.kind = TL_SCALAR_REAL;
            value.real = item.toDouble();
        }
        *result = value;
    });
}

tl_status tl_tensor_alias(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).alias(); });
}

tl_status tl_tensor_clone(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).clone(); });
}

tl_status tl_tensor_contiguous(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).contiguous(); });
}

tl_status tl_tensor_pin_memory(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).pin_memory(); });
}

tl_status tl_tensor_to(tl_tensor x, tl_options options, int32_t non_blocking, int32_t copy, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).to(tensor_options(options), non_blocking != 0, copy != 0); });
}

tl_status tl_tensor_copy_(tl_tensor x, tl_tensor source, int32_t non_blocking, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).copy_(tensor(source), non_blocking != 0); });
}

tl_status tl_tensor_fill_(tl_tensor x, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).fill_(scalar(value)); });
}

tl_status tl_tensor_zero_(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).zero_(); });
}
