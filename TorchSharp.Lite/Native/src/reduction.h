// Sums, extremes, orders: many entries to few. dtype -1: libtorch chooses.
#pragma once

#include "torch_lite.h"

// Over all entries.
#define TL_REDUCTIONS(apply) apply(all) apply(any) apply(max) apply(min) apply(median)
#define TL_REDUCTION(name) TL_API tl_status tl_reduction_##name(tl_tensor x, tl_tensor* result);
TL_REDUCTIONS(TL_REDUCTION)

// Along one dimension.
#define TL_REDUCTIONS_ALONG(apply) apply(all) apply(any) apply(logsumexp)
#define TL_REDUCTION_ALONG(name)                                                                                                   \
    TL_API tl_status tl_reduction_##name##_along(tl_tensor x, int64_t dimension, int32_t keep, tl_tensor* result);
TL_REDUCTIONS_ALONG(TL_REDUCTION_ALONG)

// Values and where they were found.
#define TL_EXTREMES_ALONG(apply) apply(max) apply(min)
#define TL_EXTREME_ALONG(name)                                                                                                     \
    TL_API tl_status tl_reduction_##name##_along(tl_tensor x, int64_t dimension, int32_t keep, tl_tensor* values,                  \
                                                 tl_tensor* indices);
TL_EXTREMES_ALONG(TL_EXTREME_ALONG)

// Over the listed dimensions; none listed: over all.
TL_API tl_status tl_reduction_sum(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_reduction_mean(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_reduction_amax(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, tl_tensor* result);
TL_API tl_status tl_reduction_amin(tl_tensor x, const int64_t* dims, int32_t count, int32_t keep, tl_tensor* result);
TL_API tl_status tl_reduction_var(tl_tensor x, const int64_t* dims, int32_t count, int32_t unbiased, int32_t keep,
                                  tl_tensor* result);
TL_API tl_status tl_reduction_std(tl_tensor x, const int64_t* dims, int32_t count, int32_t unbiased, int32_t keep,
                                  tl_tensor* result);
TL_API tl_status tl_reduction_norm(tl_tensor x, double p, const int64_t* dims, int32_t count, int32_t keep, tl_tensor* result);
TL_API tl_status tl_reduction_count_nonzero(tl_tensor x, const int64_t* dims, int32_t count, tl_tensor* result);

TL_API tl_status tl_reduction_prod(tl_tensor x, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_reduction_prod_along(tl_tensor x, int64_t dimension, int32_t keep, int32_t dtype, tl_tensor* result);

// has_dimension 0: the index into the flattened tensor.
TL_API tl_status tl_reduction_argmax(tl_tensor x, int32_t has_dimension, int64_t dimension, int32_t keep, tl_tensor* result);
TL_API tl_status tl_reduction_argmin(tl_tensor x, int32_t has_dimension, int64_t dimension, int32_t keep, tl_tensor* result);

TL_API tl_status tl_reduction_cumsum(tl_tensor x, int64_t dimension, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_reduction_softmax(tl_tensor x, int64_t dimension, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_reduction_log_softmax(tl_tensor x, int64_t dimension, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_reduction_topk(tl_tensor x, int64_t k, int64_t dimension, int32_t largest, int32_t sorted, tl_tensor* values,
                                   tl_tensor* indices);
TL_API tl_status tl_reduction_sort(tl_tensor x, int64_t dimension, int32_t descending, int32_t stable, tl_tensor* values,
                                   tl_tensor* indices);

TL_API tl_status tl_reduction_allclose(tl_tensor x, tl_tensor y, double relative, double absolute, int32_t nan_equal,
                                       int32_t* result);
// Same shape and the same entries.
TL_API tl_status tl_reduction_equal(tl_tensor x, tl_tensor y, int32_t* result);
