#include "pointwise.h"

#include <ATen/ops/rsub.h>
#include <ATen/ops/where.h>

#include "guarded.h"

using namespace torch_lite;

#define TL_DEFINE_FUNCTION(name)                                                                                                   \
    tl_status tl_pointwise_##name(tl_tensor x, tl_tensor* result) {                                                                \
        return guarded(result, [&] { return tensor(x).name(); });                                                                  \
    }
#define TL_DEFINE_FUNCTION_IN_PLACE(name) TL_DEFINE_FUNCTION(name##_)
#define TL_DEFINE_OPERATION(name)                                                                                                  \
    tl_status tl_pointwise_##name(tl_tensor x, tl_tensor y, tl_tensor* result) {                                                   \
        return guarded(result, [&] { return tensor(x).name(tensor(y)); });                                                         \
    }
#define TL_DEFINE_OPERATION_IN_PLACE(name) TL_DEFINE_OPERATION(name##_)
#define TL_DEFINE_NUMBER_OPERATION(name)                                                                                           \
    tl_status tl_pointwise_##name##_number(tl_tensor x, tl_scalar y, tl_tensor* result) {                                          \
        return guarded(result, [&] { return tensor(x).name(scalar(y)); });                                                         \
    }
#define TL_DEFINE_NUMBER_OPERATION_IN_PLACE(name) TL_DEFINE_NUMBER_OPERATION(name##_)

TL_FUNCTIONS(TL_DEFINE_FUNCTION)
TL_FUNCTIONS(TL_DEFINE_FUNCTION_IN_PLACE)
TL_FRESH_FUNCTIONS(TL_DEFINE_FUNCTION)
TL_OPERATIONS(TL_DEFINE_OPERATION)
TL_OPERATIONS(TL_DEFINE_OPERATION_IN_PLACE)
TL_OPERATIONS(TL_DEFINE_NUMBER_OPERATION)
TL_OPERATIONS(TL_DEFINE_NUMBER_OPERATION_IN_PLACE)
TL_TENSOR_OPERATIONS(TL_DEFINE_OPERATION)
TL_TENSOR_OPERATIONS(TL_DEFINE_OPERATION_IN_PLACE)
TL_FRESH_TENSOR_OPERATIONS(TL_DEFINE_OPERATION)

namespace {

// Calls divide() for true division, divide("trunc") or divide("floor") otherwise.
template <typename Divide> at::Tensor divide(int32_t rounding, Divide&& body) {
    switch (rounding) {
    case 0:
        return body();
    case 1:
        return body("trunc");
    case 2:
        return body("floor");
    default:
        throw std::invalid_argument("the rounding mode is neither 0 (none), 1 (trunc) nor 2 (floor)");
    }
}

} // namespace

tl_status tl_pointwise_round(tl_tensor x, int64_t decimals, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).round(decimals); });
}

tl_status tl_pointwise_round_(tl_tensor x, int64_t decimals, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).round_(decimals); });
}

tl_status tl_pointwise_add(tl_tensor x, tl_tensor y, tl_scalar alpha, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).add(tensor(y), scalar(alpha)); });
}

tl_status tl_pointwise_add_(tl_tensor x, tl_tensor y, tl_scalar alpha, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).add_(tensor(y), scalar(alpha)); });
}

tl_status tl_pointwise_add_number(tl_tensor x, tl_scalar y, tl_scalar alpha, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).add(scalar(y), scalar(alpha)); });
}

tl_status tl_pointwise_add__number(tl_tensor x, tl_scalar y, tl_scalar alpha, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).add_(scalar(y), scalar(alpha)); });
}

tl_status tl_pointwise_div(tl_tensor x, tl_tensor y, int32_t rounding, tl_tensor* result) {
    return guarded(result, [&] { return divide(rounding, [&](auto... mode) { return tensor(x).div(tensor(y), mode...); }); });
}

tl_status tl_pointwise_div_(tl_tensor x, tl_tensor y, int32_t rounding, tl_tensor* result) {
    return guarded(result, [&] { return divide(rounding, [&](auto... mode) { return tensor(x).div_(tensor(y), mode...); }); });
}

tl_status tl_pointwise_div_number(tl_tensor x, tl_scalar y, int32_t rounding, tl_tensor* result) {
    return guarded(result, [&] { return divide(rounding, [&](auto... mode) { return tensor(x).div(scalar(y), mode...); }); });
}

tl_status tl_pointwise_div__number(tl_tensor x, tl_scalar y, int32_t rounding, tl_tensor* result) {
    return guarded(result, [&] { return divide(rounding, [&](auto... mode) { return tensor(x).div_(scalar(y), mode...); }); });
}

tl_status tl_pointwise_subtract_from(tl_tensor x, tl_scalar y, tl_tensor* result) {
    return guarded(result, [&] { return at::rsub(tensor(x), scalar(y)); });
}

tl_status tl_pointwise_divide_into(tl_tensor x, tl_scalar y, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).reciprocal().mul(scalar(y)); });
}

tl_status tl_pointwise_addcmul(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).addcmul(tensor(first), tensor(second), scalar(value)); });
}

tl_status tl_pointwise_addcmul_(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).addcmul_(tensor(first), tensor(second), scalar(value)); });
}

tl_status tl_pointwise_addcdiv(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).addcdiv(tensor(first), tensor(second), scalar(value)); });
}

tl_status tl_pointwise_addcdiv_(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).addcdiv_(tensor(first), tensor(second), scalar(value)); });
}

tl_status tl_pointwise_lerp(tl_tensor x, tl_tensor end, tl_tensor weight, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).lerp(tensor(end), tensor(weight)); });
}

tl_status tl_pointwise_lerp_(tl_tensor x, tl_tensor end, tl_tensor weight, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).lerp_(tensor(end), tensor(weight)); });
}

tl_status tl_pointwise_clamp(tl_tensor x, tl_scalar min, tl_scalar max, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).clamp(optional_scalar(min), optional_scalar(max)); });
}

tl_status tl_pointwise_clamp_(tl_tensor x, tl_scalar min, tl_scalar max, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).clamp_(optional_scalar(min), optional_scalar(max)); });
}

tl_status tl_pointwise_clamp_tensor(tl_tensor x, tl_tensor min, tl_tensor max, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).clamp(optional_tensor(min), optional_tensor(max)); });
}

tl_status tl_pointwise_clamp__tensor(tl_tensor x, tl_tensor min, tl_tensor max, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).clamp_(optional_tensor(min), optional_tensor(max)); });
}

tl_status tl_pointwise_where(tl_tensor condition, tl_tensor x, tl_tensor y, tl_tensor* result) {
    return guarded(result, [&] { return at::where(tensor(condition), tensor(x), tensor(y)); });
}
