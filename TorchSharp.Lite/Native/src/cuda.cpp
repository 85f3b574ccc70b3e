#include "cuda.h"

#include <torch/cuda.h>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_cuda_is_available(int32_t* result) {
    return guarded([&] { *result = torch::cuda::is_available(); });
}

tl_status tl_cuda_is_cudnn_available(int32_t* result) {
    return guarded([&] { *result = torch::cuda::cudnn_is_available(); });
}

tl_status tl_cuda_device_count(int32_t* result) {
    return guarded([&] { *result = static_cast<int32_t>(torch::cuda::device_count()); });
}

tl_status tl_cuda_manual_seed(uint64_t seed) {
    return guarded([&] { torch::cuda::manual_seed(seed); });
}

tl_status tl_cuda_manual_seed_all(uint64_t seed) {
    return guarded([&] { torch::cuda::manual_seed_all(seed); });
}

tl_status tl_cuda_synchronize(int64_t device_index) {
    return guarded([&] { torch::cuda::synchronize(device_index); });
}
