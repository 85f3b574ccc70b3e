// What every export is written with: turning exceptions into a status, and C arguments into libtorch's.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <c10/core/TensorOptions.h>
#include <c10/util/Exception.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "torch_lite.h"

namespace torch_lite {

void set_last_error(const char* message) noexcept;

// Runs the body; every exception becomes TL_ERROR and tl_last_error().
template <typename Body> tl_status guarded(Body&& body) noexcept {
    try {
        std::forward<Body>(body)();
        return TL_OK;
    } catch (const c10::Error& error) {
        set_last_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_last_error(error.what());
    } catch (...) {
        set_last_error("an exception of unknown type left libtorch");
    }
    return TL_ERROR;
}

// As guarded, for a body that returns one tensor.
template <typename Body> tl_status guarded(tl_tensor* result, Body&& body) noexcept {
    return guarded([&] { *result = new at::Tensor(std::forward<Body>(body)()); });
}

// As guarded, for a body that returns a std::tuple of two tensors.
template <typename Body> tl_status guarded(tl_tensor* first, tl_tensor* second, Body&& body) noexcept {
    return guarded([&] {
        auto pair = std::forward<Body>(body)();
        auto owned = std::make_unique<at::Tensor>(std::move(std::get<0>(pair)));
        *second = new at::Tensor(std::move(std::get<1>(pair)));
        *first = owned.release();
    });
}

// As guarded, for a body that returns a std::tuple of three tensors.
template <typename Body> tl_status guarded(tl_tensor* first, tl_tensor* second, tl_tensor* third, Body&& body) noexcept {
    return guarded([&] {
        auto triple = std::forward<Body>(body)();
        auto owned_first = std::make_unique<at::Tensor>(std::move(std::get<0>(triple)));
        auto owned_second = std::make_unique<at::Tensor>(std::move(std::get<1>(triple)));
        *third = new at::Tensor(std::move(std::get<2>(triple)));
        *second = owned_second.release();
        *first = owned_first.release();
    });
}

inline at::Tensor& tensor(tl_tensor handle) {
    if (handle == nullptr)
        throw std::invalid_argument("a tensor is null");
    return *static_cast<at::Tensor*>(handle);
}

// An undefined tensor when the handle is null: what libtorch takes for an absent tensor.
inline at::Tensor tensor_or_undefined(tl_tensor handle) {
    return handle == nullptr ? at::Tensor() : *static_cast<at::Tensor*>(handle);
}

// libtorch's own optional: c10::optional in 1.x, std::optional in recent 2.x.
template <typename> struct rebind;
template <template <typename> class Optional, typename U> struct rebind<Optional<U>> {
    template <typename T> using to = Optional<T>;
};
template <typename T> using optional = typename rebind<decltype(std::declval<at::TensorOptions>().device_opt())>::template to<T>;

inline optional<at::Tensor> optional_tensor(tl_tensor handle) {
    optional<at::Tensor> result;
    if (handle != nullptr)
        result = *static_cast<at::Tensor*>(handle);
    return result;
}

inline at::Scalar scalar(tl_scalar value) {
    switch (value.kind) {
    case TL_SCALAR_INTEGER:
        return at::Scalar(value.integer);
    case TL_SCALAR_REAL:
        return at::Scalar(value.real);
    case TL_SCALAR_BOOLEAN:
        return at::Scalar(value.integer != 0);
    default:
        throw std::invalid_argument("a number is missing");
    }
}

inline optional<at::Scalar> optional_scalar(tl_scalar value) {
    optional<at::Scalar> result;
    if (value.kind != TL_SCALAR_NONE)
        result = scalar(value);
    return result;
}

inline optional<at::ScalarType> optional_dtype(int32_t dtype) {
    optional<at::ScalarType> result;
    if (dtype >= 0)
        result = static_cast<at::ScalarType>(dtype);
    return result;
}

inline optional<at::Generator> optional_generator(tl_generator handle) {
    optional<at::Generator> result;
    if (handle != nullptr)
        result = *static_cast<at::Generator*>(handle);
    return result;
}

inline at::IntArrayRef integers(const int64_t* values, int32_t length) {
    return at::IntArrayRef(values, static_cast<size_t>(length));
}

// requires_grad is left out: the factories of ATen ignore it, so that it is set on the finished tensor.
inline at::TensorOptions tensor_options(tl_options options) {
    at::TensorOptions result;
    if (options.dtype >= 0)
        result = result.dtype(static_cast<at::ScalarType>(options.dtype));
    if (options.device_type >= 0)
        result = result.device(
            at::Device(static_cast<at::DeviceType>(options.device_type), static_cast<at::DeviceIndex>(options.device_index)));
    return result;
}

inline at::Tensor with_gradient(at::Tensor tensor, tl_options options) {
    return options.requires_grad != 0 ? tensor.set_requires_grad(true) : tensor;
}

} // namespace torch_lite
