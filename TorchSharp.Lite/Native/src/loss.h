// Loss functions. reduction is at::Reduction: 0 none, 1 mean, 2 sum.
#pragma once

#include "torch_lite.h"

// target: class indices, or class probabilities in the shape of the input. weight (optional) has one entry a class.
TL_API tl_status tl_loss_cross_entropy(tl_tensor input, tl_tensor target, tl_tensor weight, int64_t ignore_index, int32_t reduction,
                                       double label_smoothing, tl_tensor* result);

// input holds log-probabilities.
TL_API tl_status tl_loss_nll(tl_tensor input, tl_tensor target, tl_tensor weight, int32_t reduction, tl_tensor* result);

TL_API tl_status tl_loss_mse(tl_tensor input, tl_tensor target, int32_t reduction, tl_tensor* result);
