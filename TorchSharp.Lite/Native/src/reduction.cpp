#include "reduction.h"

#include <numeric>
#include <vector>

#include "guarded.h"

using namespace torch_lite;

#define TL_DEFINE_REDUCTION(name)                                                                                                  \
    tl_status tl_reduction_##name(tl_tensor x, tl_tensor* result) {                                                                \
        return guarded(result, [&] { return tensor(x).name(); });                                                                  \
    }
#define TL_DEFINE_REDUCTION_ALONG(name)                                                                                            \
    tl_status tl_reduction_##name##_along(tl_tensor x, int64_t dimension, int32_t keep, tl_tensor* result) {                       \
        return guarded(result, [&] { return tensor(x).name(dimension, keep != 0); });                                              \
    }
#define TL_DEFINE_EXTREME_ALONG(name)                                                                                              \
    tl_status tl_reduction_##name##_along(tl_tensor x, int64_t dimension, int32_t keep, tl_tensor* values, tl_tensor* indices) {   \
        return guarded(values, indices, [&] { return tensor(x).name(dimension, keep != 0); });                                     \
    }

TL_REDUCTIONS(TL_DEFINE_REDUCTION)
TL_REDUCTIONS_ALONG(TL_DEFINE_REDUCTION_ALONG)
TL_EXTREMES_ALONG(TL_DEFINE_EXTREME_ALONG)

tl_status tl_reduction_sum(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).sum(integers(dims, count), keep != 0, optional_dtype(dtype)); });
}

tl_status tl_reduction_mean(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).mean(integers(dims, count), keep != 0, optional_dtype(dtype)); });
}

tl_status tl_reduction_amax(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).amax(integers(dims, count), keep != 0); });
}

tl_status tl_reduction_amin(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).amin(integers(dims, count), keep != 0); });
}

namespace {

// The listed dimensions, or all when none is listed: the gradient of var and std is NaN for an empty list in libtorch 1.13.
std::vector<int64_t> listed_or_all(const at::Tensor& x, const int64_t* dims, int32_t count) {
    if (count > 0)
        return std::vector<int64_t>(dims, dims + count);
    std::vector<int64_t> all(static_cast<size_t>(x.dim()));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

} // namespace

tl_status tl_reduction_var(tl_tensor x, const int64_t* dims, int32_t count, int32_t unbiased, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).var(listed_or_all(tensor(x), dims, count), unbiased != 0, keep != 0); });
}

tl_status tl_reduction_std(tl_tensor x, const int64_t* dims, int32_t count, int32_t unbiased, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).std(listed_or_all(tensor(x), dims, count), unbiased != 0, keep != 0); });
}

tl_status tl_reduction_norm(tl_tensor x, double p, const int64_t* dims, int32_t count, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).norm(at::Scalar(p), integers(dims, count), keep != 0); });
}

tl_status tl_reduction_count_nonzero(tl_tensor x, const int64_t* dims, int32_t count, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).count_nonzero(integers(dims, count)); });
}

tl_status tl_reduction_prod(tl_tensor x, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).prod(optional_dtype(dtype)); });
}

tl_status tl_reduction_prod_along(tl_tensor x, int64_t dimension, int32_t keep, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).prod(dimension, keep != 0, optional_dtype(dtype)); });
}

namespace {

optional<int64_t> optional_dimension(int32_t has_dimension, int64_t dimension) {
    optional<int64_t> result;
    if (has_dimension != 0)
        result = dimension;
    return result;
}

} // namespace

tl_status tl_reduction_argmax(tl_tensor x, int32_t has_dimension, int64_t dimension, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).argmax(optional_dimension(has_dimension, dimension), keep != 0); });
}

tl_status tl_reduction_argmin(tl_tensor x, int32_t has_dimension, int64_t dimension, int32_t keep, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).argmin(optional_dimension(has_dimension, dimension), keep != 0); });
}

tl_status tl_reduction_cumsum(tl_tensor x, int64_t dimension, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).cumsum(dimension, optional_dtype(dtype)); });
}

tl_status tl_reduction_softmax(tl_tensor x, int64_t dimension, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).softmax(dimension, optional_dtype(dtype)); });
}

tl_status tl_reduction_log_softmax(tl_tensor x, int64_t dimension, int32_t dtype, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).log_softmax(dimension, optional_dtype(dtype)); });
}

tl_status tl_reduction_topk(tl_tensor x, int64_t k, int64_t dimension, int32_t largest, int32_t sorted, tl_tensor* values,
                            tl_tensor* indices) {
    return guarded(values, indices, [&] { return tensor(x).topk(k, dimension, largest != 0, sorted != 0); });
}

tl_status tl_reduction_sort(tl_tensor x, int64_t dimension, int32_t descending, int32_t stable, tl_tensor* values,
                            tl_tensor* indices) {
    return guarded(values, indices, [&] {
        optional<bool> keeps_order;
        keeps_order = stable != 0;
        return tensor(x).sort(keeps_order, dimension, descending != 0);
    });
}

tl_status tl_reduction_allclose(tl_tensor x, tl_tensor y, double relative, double absolute, int32_t nan_equal, int32_t* result) {
    return guarded([&] { *result = tensor(x).allclose(tensor(y), relative, absolute, nan_equal != 0); });
}

tl_status tl_reduction_equal(tl_tensor x, tl_tensor y, int32_t* result) {
    return guarded([&] { *result = tensor(x).equal(tensor(y)); });
}
