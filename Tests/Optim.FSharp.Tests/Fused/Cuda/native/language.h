// What the compiler of CUDA C++ knows without headers and other compilers do not: for the host, and for clang's own CUDA mode.
#pragma once

struct alignas(16) float4 {
    float x, y, z, w;
};

#ifdef __CUDA__

#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __launch_bounds__(threads) __attribute__((launch_bounds(threads)))
#define __forceinline__ inline __attribute__((always_inline))

struct ThreadIndex {
    __declspec(property(get = get)) unsigned x;
    __device__ unsigned get() const {
        return __nvvm_read_ptx_sreg_tid_x();
    }
};
struct BlockIndex {
    __declspec(property(get = get)) unsigned x;
    __device__ unsigned get() const {
        return __nvvm_read_ptx_sreg_ctaid_x();
    }
};
struct GridSize {
    __declspec(property(get = get)) unsigned x;
    __device__ unsigned get() const {
        return __nvvm_read_ptx_sreg_nctaid_x();
    }
};
extern const __device__ ThreadIndex threadIdx;
extern const __device__ BlockIndex blockIdx;
extern const __device__ GridSize gridDim;

__device__ inline float fabsf(float x) {
    return __builtin_fabsf(x);
}
__device__ inline float copysignf(float x, float y) {
    return __builtin_copysignf(x, y);
}
__device__ inline int __float_as_int(float x) {
    return __builtin_bit_cast(int, x);
}
__device__ inline float __int_as_float(int x) {
    return __builtin_bit_cast(float, x);
}
__device__ inline float4 make_float4(float x, float y, float z, float w) {
    return {x, y, z, w};
}

#else

#include <cmath>
#include <cstring>

#define __global__
#define __device__
#define __shared__ static // one block runs at a time
#define __launch_bounds__(threads)
#define __forceinline__ inline

struct Place {
    unsigned x;
};
extern Place threadIdx, blockIdx, gridDim;
void __syncthreads();

inline int __float_as_int(float x) {
    int bits;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}
inline float __int_as_float(int x) {
    float number;
    std::memcpy(&number, &x, sizeof number);
    return number;
}
inline float4 make_float4(float x, float y, float z, float w) {
    return {x, y, z, w};
}

#endif
