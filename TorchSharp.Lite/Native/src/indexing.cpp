#include "indexing.h"

#include <ATen/TensorIndexing.h>

#include <limits>
#include <vector>

#include "guarded.h"

using namespace torch_lite;

namespace {

constexpr int64_t open_end = std::numeric_limits<int64_t>::min();

at::indexing::Slice slice(const tl_index& index) {
    const auto bounded = [](int64_t value) { return value == open_end ? optional<int64_t>() : optional<int64_t>(value); };
    return at::indexing::Slice(bounded(index.start), bounded(index.stop), bounded(index.step));
}

at::indexing::TensorIndex part(const tl_index& index) {
    switch (index.kind) {
    case TL_INDEX_NONE:
        return at::indexing::None;
    case TL_INDEX_ELLIPSIS:
        return at::indexing::Ellipsis;
    case TL_INDEX_INTEGER:
        return index.start;
    case TL_INDEX_BOOLEAN:
        return index.start != 0;
    case TL_INDEX_SLICE:
        return slice(index);
    case TL_INDEX_TENSOR:
        return tensor(index.tensor);
    default:
        throw std::invalid_argument("an index is of no known kind");
    }
}

std::vector<at::indexing::TensorIndex> parts(const tl_index* indices, int32_t count) {
    std::vector<at::indexing::TensorIndex> result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i)
        result.push_back(part(indices[i]));
    return result;
}

} // namespace

tl_status tl_indexing_get(tl_tensor x, const tl_index* indices, int32_t count, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).index(parts(indices, count)); });
}

tl_status tl_indexing_put_(tl_tensor x, const tl_index* indices, int32_t count, tl_tensor value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).index_put_(parts(indices, count), tensor(value)); });
}

tl_status tl_indexing_put__number(tl_tensor x, const tl_index* indices, int32_t count, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).index_put_(parts(indices, count), scalar(value)); });
}

tl_status tl_indexing_nonzero(tl_tensor x, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).nonzero(); });
}

tl_status tl_indexing_masked_select(tl_tensor x, tl_tensor mask, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).masked_select(tensor(mask)); });
}

tl_status tl_indexing_masked_fill(tl_tensor x, tl_tensor mask, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).masked_fill(tensor(mask), scalar(value)); });
}

tl_status tl_indexing_masked_fill_(tl_tensor x, tl_tensor mask, tl_scalar value, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).masked_fill_(tensor(mask), scalar(value)); });
}

tl_status tl_indexing_index_select(tl_tensor x, int64_t dimension, tl_tensor index, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).index_select(dimension, tensor(index)); });
}

tl_status tl_indexing_gather(tl_tensor x, int64_t dimension, tl_tensor index, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).gather(dimension, tensor(index)); });
}

#define TL_DEFINE_PLACEMENT(name)                                                                                                  \
    tl_status tl_indexing_##name(tl_tensor x, int64_t dimension, tl_tensor index, tl_tensor source, tl_tensor* result) {           \
        return guarded(result, [&] { return tensor(x).name(dimension, tensor(index), tensor(source)); });                          \
    }
TL_PLACEMENTS(TL_DEFINE_PLACEMENT)
