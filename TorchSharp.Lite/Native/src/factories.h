// New tensors.
#pragma once

#include "torch_lite.h"

TL_API tl_status tl_factories_empty(const int64_t* sizes, int32_t count, tl_options options, tl_tensor* result);
TL_API tl_status tl_factories_full(const int64_t* sizes, int32_t count, tl_scalar value, tl_options options, tl_tensor* result);
TL_API tl_status tl_factories_empty_like(tl_tensor x, tl_options options, tl_tensor* result);
TL_API tl_status tl_factories_full_like(tl_tensor x, tl_scalar value, tl_options options, tl_tensor* result);
TL_API tl_status tl_factories_arange(tl_scalar start, tl_scalar end, tl_scalar step, tl_options options, tl_tensor* result);
TL_API tl_status tl_factories_linspace(double start, double end, int64_t steps, tl_options options, tl_tensor* result);
TL_API tl_status tl_factories_eye(int64_t rows, int64_t columns, tl_options options, tl_tensor* result);
// Copies the entries, which are of type dtype, row by row; options may ask for another type or device.
TL_API tl_status tl_factories_from_data(const void* data, int32_t dtype, const int64_t* sizes, int32_t count, tl_options options,
                                        tl_tensor* result);
