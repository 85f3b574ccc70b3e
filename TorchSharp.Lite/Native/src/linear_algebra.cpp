#include "linear_algebra.h"

#include <ATen/ops/linalg_svd.h>

#include "guarded.h"

using namespace torch_lite;

#define TL_DEFINE_PRODUCT(name)                                                                                                    \
    tl_status tl_linear_algebra_##name(tl_tensor x, tl_tensor y, tl_tensor* result) {                                              \
        return guarded(result, [&] { return tensor(x).name(tensor(y)); });                                                         \
    }
TL_PRODUCTS(TL_DEFINE_PRODUCT)

tl_status tl_linear_algebra_addmm(tl_tensor x, tl_tensor first, tl_tensor second, double beta, double alpha, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).addmm(tensor(first), tensor(second), beta, alpha); });
}

tl_status tl_linear_algebra_addmm_(tl_tensor x, tl_tensor first, tl_tensor second, double beta, double alpha, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).addmm_(tensor(first), tensor(second), beta, alpha); });
}

tl_status tl_linear_algebra_svd(tl_tensor x, int32_t full_matrices, tl_tensor* left, tl_tensor* values, tl_tensor* right) {
    return guarded(left, values, right, [&] { return at::linalg_svd(tensor(x), full_matrices != 0); });
}
