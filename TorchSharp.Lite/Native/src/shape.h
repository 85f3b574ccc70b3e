// Shapes: the same entries seen, ordered or joined differently.
#pragma once

#include "torch_lite.h"

// By a list of sizes or dimensions.
#define TL_SHAPES(apply) apply(broadcast_to) apply(flip) apply(permute) apply(repeat) apply(reshape) apply(view)
#define TL_SHAPE(name) TL_API tl_status tl_shape_##name(tl_tensor x, const int64_t* values, int32_t count, tl_tensor* result);
TL_SHAPES(TL_SHAPE)

// By one number.
#define TL_SHAPES_BY_NUMBER(apply) apply(diag) apply(squeeze) apply(tril) apply(triu) apply(unsqueeze)
#define TL_SHAPE_BY_NUMBER(name) TL_API tl_status tl_shape_##name(tl_tensor x, int64_t value, tl_tensor* result);
TL_SHAPES_BY_NUMBER(TL_SHAPE_BY_NUMBER)

// By two numbers.
#define TL_SHAPES_BY_NUMBERS(apply) apply(flatten) apply(select) apply(transpose)
#define TL_SHAPE_BY_NUMBERS(name) TL_API tl_status tl_shape_##name(tl_tensor x, int64_t first, int64_t second, tl_tensor* result);
TL_SHAPES_BY_NUMBERS(TL_SHAPE_BY_NUMBERS)

TL_API tl_status tl_shape_t(tl_tensor x, tl_tensor* result);
TL_API tl_status tl_shape_squeeze_all(tl_tensor x, tl_tensor* result);
TL_API tl_status tl_shape_expand(tl_tensor x, const int64_t* sizes, int32_t count, int32_t is_implicit, tl_tensor* result);
TL_API tl_status tl_shape_narrow(tl_tensor x, int64_t dimension, int64_t start, int64_t length, tl_tensor* result);
TL_API tl_status tl_shape_slice(tl_tensor x, int64_t dimension, int64_t start, int64_t end, int64_t step, tl_tensor* result);
// No dimensions: over the flattened tensor.
TL_API tl_status tl_shape_roll(tl_tensor x, const int64_t* shifts, int32_t shift_count, const int64_t* dims,
                               int32_t dimension_count, tl_tensor* result);

TL_API tl_status tl_shape_cat(const tl_tensor* tensors, int32_t count, int64_t dimension, tl_tensor* result);
TL_API tl_status tl_shape_stack(const tl_tensor* tensors, int32_t count, int64_t dimension, tl_tensor* result);
