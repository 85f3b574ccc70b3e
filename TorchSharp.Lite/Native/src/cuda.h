// CUDA devices. Without a libtorch built for CUDA there are none.
#pragma once

#include "torch_lite.h"

TL_API tl_status tl_cuda_is_available(int32_t* result);
TL_API tl_status tl_cuda_is_cudnn_available(int32_t* result);
TL_API tl_status tl_cuda_device_count(int32_t* result);
TL_API tl_status tl_cuda_manual_seed(uint64_t seed);
TL_API tl_status tl_cuda_manual_seed_all(uint64_t seed);
// Waits for all work on the device; -1 is the current one.
TL_API tl_status tl_cuda_synchronize(int64_t device_index);
