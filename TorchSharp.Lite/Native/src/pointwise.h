// Entry by entry: arithmetic, functions, comparisons. Names, broadcasting and type promotion are libtorch's.
// An export that ends in an underscore overwrites its first tensor and returns an alias of it.
#pragma once

#include "torch_lite.h"

// f(x), and x overwritten by f(x).
#define TL_FUNCTIONS(apply)                                                                                                        \
    apply(abs) apply(acos) apply(bitwise_not) apply(ceil) apply(cos) apply(erf) apply(exp) apply(expm1) apply(floor) apply(frac)   \
        apply(log) apply(log10) apply(log1p) apply(log2) apply(logical_not) apply(neg) apply(reciprocal) apply(relu) apply(rsqrt)             \
            apply(sigmoid) apply(sign) apply(sin) apply(sqrt) apply(tan) apply(tanh) apply(trunc)

// f(x) only.
#define TL_FRESH_FUNCTIONS(apply) apply(isfinite) apply(isinf) apply(isnan) apply(square)

// f(x, y), and x overwritten by it, for a tensor y and for a number y.
#define TL_OPERATIONS(apply)                                                                                                       \
    apply(eq) apply(ge) apply(gt) apply(le) apply(lt) apply(mul) apply(ne) apply(pow) apply(remainder) apply(sub)

// f(x, y), and x overwritten by it, for a tensor y.
#define TL_TENSOR_OPERATIONS(apply)                                                                                                \
    apply(bitwise_and) apply(bitwise_or) apply(bitwise_xor) apply(logical_and) apply(logical_or) apply(logical_xor)

// f(x, y) for a tensor y.
#define TL_FRESH_TENSOR_OPERATIONS(apply) apply(maximum) apply(minimum)

#define TL_FUNCTION(name) TL_API tl_status tl_pointwise_##name(tl_tensor x, tl_tensor* result);
#define TL_FUNCTION_IN_PLACE(name) TL_FUNCTION(name##_)
#define TL_OPERATION(name) TL_API tl_status tl_pointwise_##name(tl_tensor x, tl_tensor y, tl_tensor* result);
#define TL_OPERATION_IN_PLACE(name) TL_OPERATION(name##_)
#define TL_NUMBER_OPERATION(name) TL_API tl_status tl_pointwise_##name##_number(tl_tensor x, tl_scalar y, tl_tensor* result);
#define TL_NUMBER_OPERATION_IN_PLACE(name) TL_NUMBER_OPERATION(name##_)

TL_FUNCTIONS(TL_FUNCTION)
TL_FUNCTIONS(TL_FUNCTION_IN_PLACE)
TL_FRESH_FUNCTIONS(TL_FUNCTION)
TL_OPERATIONS(TL_OPERATION)
TL_OPERATIONS(TL_OPERATION_IN_PLACE)
TL_OPERATIONS(TL_NUMBER_OPERATION)
TL_OPERATIONS(TL_NUMBER_OPERATION_IN_PLACE)
TL_TENSOR_OPERATIONS(TL_OPERATION)
TL_TENSOR_OPERATIONS(TL_OPERATION_IN_PLACE)
TL_FRESH_TENSOR_OPERATIONS(TL_OPERATION)

TL_API tl_status tl_pointwise_round(tl_tensor x, int64_t decimals, tl_tensor* result);
TL_API tl_status tl_pointwise_round_(tl_tensor x, int64_t decimals, tl_tensor* result);

// x + alpha * y
TL_API tl_status tl_pointwise_add(tl_tensor x, tl_tensor y, tl_scalar alpha, tl_tensor* result);
TL_API tl_status tl_pointwise_add_(tl_tensor x, tl_tensor y, tl_scalar alpha, tl_tensor* result);
TL_API tl_status tl_pointwise_add_number(tl_tensor x, tl_scalar y, tl_scalar alpha, tl_tensor* result);
TL_API tl_status tl_pointwise_add__number(tl_tensor x, tl_scalar y, tl_scalar alpha, tl_tensor* result);

// rounding: 0 none (true division), 1 towards zero, 2 down.
TL_API tl_status tl_pointwise_div(tl_tensor x, tl_tensor y, int32_t rounding, tl_tensor* result);
TL_API tl_status tl_pointwise_div_(tl_tensor x, tl_tensor y, int32_t rounding, tl_tensor* result);
TL_API tl_status tl_pointwise_div_number(tl_tensor x, tl_scalar y, int32_t rounding, tl_tensor* result);
TL_API tl_status tl_pointwise_div__number(tl_tensor x, tl_scalar y, int32_t rounding, tl_tensor* result);

// y - x and y / x for a number y.
TL_API tl_status tl_pointwise_subtract_from(tl_tensor x, tl_scalar y, tl_tensor* result);
TL_API tl_status tl_pointwise_divide_into(tl_tensor x, tl_scalar y, tl_tensor* result);

// x + value * first * second, and x + value * first / second
TL_API tl_status tl_pointwise_addcmul(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result);
TL_API tl_status tl_pointwise_addcmul_(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result);
TL_API tl_status tl_pointwise_addcdiv(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result);
TL_API tl_status tl_pointwise_addcdiv_(tl_tensor x, tl_tensor first, tl_tensor second, tl_scalar value, tl_tensor* result);

// x + weight * (end - x)
TL_API tl_status tl_pointwise_lerp(tl_tensor x, tl_tensor end, tl_tensor weight, tl_tensor* result);
TL_API tl_status tl_pointwise_lerp_(tl_tensor x, tl_tensor end, tl_tensor weight, tl_tensor* result);

// A bound may be absent, but not both.
TL_API tl_status tl_pointwise_clamp(tl_tensor x, tl_scalar min, tl_scalar max, tl_tensor* result);
TL_API tl_status tl_pointwise_clamp_(tl_tensor x, tl_scalar min, tl_scalar max, tl_tensor* result);
TL_API tl_status tl_pointwise_clamp_tensor(tl_tensor x, tl_tensor min, tl_tensor max, tl_tensor* result);
TL_API tl_status tl_pointwise_clamp__tensor(tl_tensor x, tl_tensor min, tl_tensor max, tl_tensor* result);

TL_API tl_status tl_pointwise_where(tl_tensor condition, tl_tensor x, tl_tensor y, tl_tensor* result);
