// The C interface between TorchSharp.Lite and libtorch: what every topic shares. Each topic's own exports are in src/<topic>.h.
//
// Rules that hold for every export:
// - It returns TL_OK, or TL_ERROR and leaves the reason in tl_last_error(); no C++ exception leaves it.
// - Results go through the trailing out-parameters, which are written only on success.
// - A tensor that comes in is borrowed. A tensor that goes out is new: its receiver frees it with tl_tensor_free.
// - An optional tensor is a null pointer when absent. A list of integers is a pointer and a length.
#pragma once

#include <stdint.h>

#if defined(_WIN32)
#define TL_API extern "C" __declspec(dllexport)
#else
#define TL_API extern "C" __attribute__((visibility("default")))
#endif

typedef int32_t tl_status;
enum : tl_status { TL_OK = 0, TL_ERROR = 1 };

// An at::Tensor on the heap; several may share one storage.
typedef void* tl_tensor;

// An at::Generator on the heap; a null pointer means the default generator of the device.
typedef void* tl_generator;

// A number that keeps its kind, because libtorch's type promotion depends on it.
enum : int64_t { TL_SCALAR_NONE = 0, TL_SCALAR_INTEGER = 1, TL_SCALAR_REAL = 2, TL_SCALAR_BOOLEAN = 3 };
typedef struct {
    int64_t kind;
    union {
        int64_t integer; // also the boolean, 0 or 1
        double real;
    };
} tl_scalar;

// How a new tensor is to be made. Negative dtype or device_type: libtorch's default (or that of the tensor it is like).
typedef struct {
    int32_t dtype;       // c10::ScalarType
    int32_t device_type; // c10::DeviceType
    int32_t device_index;
    int32_t requires_grad;
} tl_options;

// Why the last failing call on this thread failed, in UTF-8; valid until the next failing call on this thread.
TL_API const char* tl_last_error();
