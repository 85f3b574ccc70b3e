// Products of vectors and matrices, and their decompositions.
#pragma once

#include "torch_lite.h"

#define TL_PRODUCTS(apply) apply(bmm) apply(dot) apply(matmul) apply(mm) apply(mv) apply(outer)
#define TL_PRODUCT(name) TL_API tl_status tl_linear_algebra_##name(tl_tensor x, tl_tensor y, tl_tensor* result);
TL_PRODUCTS(TL_PRODUCT)

// beta * x + alpha * first @ second
TL_API tl_status tl_linear_algebra_addmm(tl_tensor x, tl_tensor first, tl_tensor second, double beta, double alpha,
                                         tl_tensor* result);
TL_API tl_status tl_linear_algebra_addmm_(tl_tensor x, tl_tensor first, tl_tensor second, double beta, double alpha,
                                          tl_tensor* result);

// x = left * diag(values) * right, the values descending; x may be a batch of matrices. full_matrices: 0 gives as many columns of
// left and rows of right as there are values, otherwise left and right are square.
TL_API tl_status tl_linear_algebra_svd(tl_tensor x, int32_t full_matrices, tl_tensor* left, tl_tensor* values, tl_tensor* right);
