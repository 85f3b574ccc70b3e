#include "shape.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

#include <vector>

#include "guarded.h"

using namespace torch_lite;

#define TL_DEFINE_SHAPE(name)                                                                                                      \
    tl_status tl_shape_##name(tl_tensor x, const int64_t* values, int32_t count, tl_tensor* result) {                              \
        return guarded(result, [&] { return tensor(x).name(integers(values, count)); });                                           \
    }
#define TL_DEFINE_SHAPE_BY_NUMBER(name)                                                                                            \
    tl_status tl_shape_##name(tl_tensor x, int64_t value, tl_tensor* result) {                                                     \
        return guarded(result, [&] { return tensor(x).name(value); });                                                             \
    }
#define TL_DEFINE_SHAPE_BY_NUMBERS(name)                                                                                           \
    tl_status tl_shape_##name(tl_tensor x, int64_t first, int64_t second, tl_tensor* result) {                                     \
        return guarded(result, [&] { return tensor(x).name(first, second); });                                                     \
    }

TL_SHAPES(TL_DEFINE_SHAPE)
TL_SHAPES_BY_NUMBER(TL_DEFINE_SHAPE_BY_NUMBER)
TL_SHAPES_BY_NUMBERS(TL_DEFINE_SHAPE_BY_NUMBERS)

tl_status tl_shape_t(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).t(); });
}

tl_status tl_shape_squeeze_all(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).squeeze(); });
}

tl_status tl_shape_expand(tl_tensor x, const int64_t* sizes, int32_t count, int32_t is_implicit, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).expand(integers(sizes, count), is_implicit != 0); });
}

tl_status tl_shape_narrow(tl_tensor x, int64_t dimension, int64_t start, int64_t length, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).narrow(dimension, start, length); });
}

tl_status tl_shape_slice(tl_tensor x, int64_t dimension, int64_t start, int64_t end, int64_t step, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).slice(dimension, start, end, step); });
}

tl_status tl_shape_roll(tl_tensor x, const int64_t* shifts, int32_t shift_count, const int64_t* dims, int32_t dimension_count,
                        tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).roll(integers(shifts, shift_count), integers(dims, dimension_count)); });
}

namespace {

std::vector<at::Tensor> list(const tl_tensor* tensors, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i)
        result.push_back(tensor(tensors[i]));
    return result;
}

} // namespace

tl_status tl_shape_cat(const tl_tensor* tensors, int32_t count, int64_t dimension, tl_tensor* result) {
    return guarded(result, [&] { return at::cat(list(tensors, count), dimension); });
}

tl_status tl_shape_stack(const tl_tensor* tensors, int32_t count, int64_t dimension, tl_tensor* result) {
    return guarded(result, [&] { return at::stack(list(tensors, count), dimension); });
}
