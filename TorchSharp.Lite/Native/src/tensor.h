// Lifetime, properties, data and conversion of a tensor.
#pragma once

#include "torch_lite.h"

// Frees the handle (null is fine); the storage goes when its last tensor does.
TL_API tl_status tl_tensor_free(tl_tensor tensor);

TL_API tl_status tl_tensor_dim(tl_tensor tensor, int64_t* result);
TL_API tl_status tl_tensor_numel(tl_tensor tensor, int64_t* result);
TL_API tl_status tl_tensor_size(tl_tensor tensor, int64_t dimension, int64_t* result);
TL_API tl_status tl_tensor_stride(tl_tensor tensor, int64_t dimension, int64_t* result);
// result: room for as many as the tensor has dimensions.
TL_API tl_status tl_tensor_sizes(tl_tensor tensor, int64_t* result);
TL_API tl_status tl_tensor_strides(tl_tensor tensor, int64_t* result);
TL_API tl_status tl_tensor_dtype(tl_tensor tensor, int32_t* result);
TL_API tl_status tl_tensor_device(tl_tensor tensor, int32_t* type, int32_t* index);
TL_API tl_status tl_tensor_element_size(tl_tensor tensor, int64_t* result);
TL_API tl_status tl_tensor_storage_offset(tl_tensor tensor, int64_t* result);
TL_API tl_status tl_tensor_is_contiguous(tl_tensor tensor, int32_t* result);
TL_API tl_status tl_tensor_is_sparse(tl_tensor tensor, int32_t* result);
TL_API tl_status tl_tensor_is_pinned(tl_tensor tensor, int32_t* result);

// The address of the first element: host memory, or device memory for a tensor on a device.
TL_API tl_status tl_tensor_data(tl_tensor tensor, void** result);
// The only element of a one-element tensor, from whatever device.
TL_API tl_status tl_tensor_item(tl_tensor tensor, tl_scalar* result);

TL_API tl_status tl_tensor_alias(tl_tensor tensor, tl_tensor* result);
TL_API tl_status tl_tensor_clone(tl_tensor tensor, tl_tensor* result);
TL_API tl_status tl_tensor_contiguous(tl_tensor tensor, tl_tensor* result);
TL_API tl_status tl_tensor_pin_memory(tl_tensor tensor, tl_tensor* result);
// requires_grad of the options is ignored; what they leave open stays as it is.
TL_API tl_status tl_tensor_to(tl_tensor tensor, tl_options options, int32_t non_blocking, int32_t copy, tl_tensor* result);
TL_API tl_status tl_tensor_copy_(tl_tensor tensor, tl_tensor source, int32_t non_blocking, tl_tensor* result);
TL_API tl_status tl_tensor_fill_(tl_tensor tensor, tl_scalar value, tl_tensor* result);
TL_API tl_status tl_tensor_zero_(tl_tensor tensor, tl_tensor* result);
