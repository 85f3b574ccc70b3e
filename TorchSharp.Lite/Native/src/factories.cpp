#include "factories.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/full.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/linspace.h>

#include <cstring>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_factories_empty(const int64_t* sizes, int32_t count, tl_options options, tl_tensor* result) {
    return guarded(result, [&] { return with_gradient(at::empty(integers(sizes, count), tensor_options(options)), options); });
}

tl_status tl_factories_full(const int64_t* sizes, int32_t count, tl_scalar value, tl_options options, tl_tensor* result) {
    return guarded(
        result, [&] { return with_gradient(at::full(integers(sizes, count), scalar(value), tensor_options(options)), options); });
}

tl_status tl_factories_empty_like(tl_tensor x, tl_options options, tl_tensor* result) {
    return guarded(result, [&] { return with_gradient(at::empty_like(tensor(x), tensor_options(options)), options); });
}

tl_status tl_factories_full_like(tl_tensor x, tl_scalar value, tl_options options, tl_tensor* result) {
    return guarded(result,
                   [&] { return with_gradient(at::full_like(tensor(x), scalar(value), tensor_options(options)), options); });
}

tl_status tl_factories_arange(tl_scalar start, tl_scalar end, tl_scalar step, tl_options options, tl_tensor* result) {
    return guarded(result, [&] {
        return with_gradient(at::arange(scalar(start), scalar(end), scalar(step), tensor_options(options)), options);
    });
}

tl_status tl_factories_linspace(double start, double end, int64_t steps, tl_options options, tl_tensor* result) {
    return guarded(result, [&] { return with_gradient(at::linspace(start, end, steps, tensor_options(options)), options); });
}

tl_status tl_factories_eye(int64_t rows, int64_t columns, tl_options options, tl_tensor* result) {
    return guarded(result, [&] { return with_gradient(at::eye(rows, columns, tensor_options(options)), options); });
}

tl_status tl_factories_from_data(const void* data, int32_t dtype, const int64_t* sizes, int32_t count, tl_options options,
                                 tl_tensor* result) {
    return guarded(result, [&] {
        at::Tensor copy = at::empty(integers(sizes, count), at::TensorOptions(static_cast<at::ScalarType>(dtype)));
        if (copy.numel() > 0)
            std::memcpy(copy.data_ptr(), data, copy.nbytes());
        return with_gradient(copy.to(tensor_options(options)), options);
    });
}
