// Picking and placing entries by index or mask.
#pragma once

#include "torch_lite.h"

// One part of x[...], as in Python.
enum : int64_t {
    TL_INDEX_NONE = 0,     // a new dimension of size 1
    TL_INDEX_ELLIPSIS = 1, // all the dimensions that the other parts leave
    TL_INDEX_INTEGER = 2,  // start
    TL_INDEX_BOOLEAN = 3,  // start, 0 or 1
    TL_INDEX_SLICE = 4,    // start : stop : step, INT64_MIN where open
    TL_INDEX_TENSOR = 5    // indices or a mask
};
typedef struct {
    int64_t kind;
    int64_t start;
    int64_t stop;
    int64_t step;
    tl_tensor tensor;
} tl_index;

TL_API tl_status tl_indexing_get(tl_tensor x, const tl_index* indices, int32_t count, tl_tensor* result);
TL_API tl_status tl_indexing_put_(tl_tensor x, const tl_index* indices, int32_t count, tl_tensor value, tl_tensor* result);
TL_API tl_status tl_indexing_put__number(tl_tensor x, const tl_index* indices, int32_t count, tl_scalar value, tl_tensor* result);

TL_API tl_status tl_indexing_nonzero(tl_tensor x, tl_tensor* result);
TL_API tl_status tl_indexing_masked_select(tl_tensor x, tl_tensor mask, tl_tensor* result);
TL_API tl_status tl_indexing_masked_fill(tl_tensor x, tl_tensor mask, tl_scalar value, tl_tensor* result);
TL_API tl_status tl_indexing_masked_fill_(tl_tensor x, tl_tensor mask, tl_scalar value, tl_tensor* result);
TL_API tl_status tl_indexing_index_select(tl_tensor x, int64_t dimension, tl_tensor index, tl_tensor* result);
TL_API tl_status tl_indexing_gather(tl_tensor x, int64_t dimension, tl_tensor index, tl_tensor* result);

// By dimension, index and source.
#define TL_PLACEMENTS(apply)                                                                                                       \
    apply(index_copy) apply(index_copy_) apply(scatter) apply(scatter_) apply(scatter_add) apply(scatter_add_)
#define TL_PLACEMENT(name)                                                                                                         \
    TL_API tl_status tl_indexing_##name(tl_tensor x, int64_t dimension, tl_tensor index, tl_tensor source, tl_tensor* result);
TL_PLACEMENTS(TL_PLACEMENT)
