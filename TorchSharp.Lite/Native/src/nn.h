// Layers as functions over tensors. Windows (kernel, stride, padding, dilation) have one entry per spatial dimension.
#pragma once

#include "torch_lite.h"

// x W^T + b; weight is (out, in), bias optional.
TL_API tl_status tl_nn_linear(tl_tensor input, tl_tensor weight, tl_tensor bias, tl_tensor* result);

// Cross-correlation over 1 to 3 spatial dimensions; weight is (out, in / groups, kernel...), bias optional.
TL_API tl_status tl_nn_convolution(tl_tensor input, tl_tensor weight, tl_tensor bias, const int64_t* stride, const int64_t* padding,
                                   const int64_t* dilation, int32_t spatial, int64_t groups, tl_tensor* result);

// Its transpose; weight is (in, out / groups, kernel...). output_padding makes the far side larger.
TL_API tl_status tl_nn_conv_transpose(tl_tensor input, tl_tensor weight, tl_tensor bias, const int64_t* stride,
                                      const int64_t* padding, const int64_t* output_padding, const int64_t* dilation,
                                      int32_t spatial, int64_t groups, tl_tensor* result);

// Pads from the last dimension backwards: (left, right, top, bottom, ...).
enum : int32_t { TL_PAD_CONSTANT = 0, TL_PAD_REFLECT = 1, TL_PAD_REPLICATE = 2, TL_PAD_CIRCULAR = 3 };
TL_API tl_status tl_nn_pad(tl_tensor input, const int64_t* padding, int32_t length, int32_t mode, double value, tl_tensor* result);

TL_API tl_status tl_nn_max_pool2d(tl_tensor input, const int64_t* kernel_size, const int64_t* stride, const int64_t* padding,
                                  const int64_t* dilation, int32_t ceil_mode, tl_tensor* result);
TL_API tl_status tl_nn_max_pool2d_with_indices(tl_tensor input, const int64_t* kernel_size, const int64_t* stride,
                                               const int64_t* padding, const int64_t* dilation, int32_t ceil_mode,
                                               tl_tensor* result, tl_tensor* indices);

// divisor_override: a null pointer divides by the number of entries in the window.
TL_API tl_status tl_nn_avg_pool2d(tl_tensor input, const int64_t* kernel_size, const int64_t* stride, const int64_t* padding,
                                  int32_t ceil_mode, int32_t count_include_pad, const int64_t* divisor_override, tl_tensor* result);
TL_API tl_status tl_nn_adaptive_avg_pool2d(tl_tensor input, const int64_t* output_size, tl_tensor* result);
TL_API tl_status tl_nn_adaptive_max_pool2d(tl_tensor input, const int64_t* output_size, tl_tensor* result, tl_tensor* indices);

TL_API tl_status tl_nn_max_pool1d(tl_tensor input, int64_t kernel_size, int64_t stride, int64_t padding, int64_t dilation,
                                  int32_t ceil_mode, tl_tensor* result);
TL_API tl_status tl_nn_max_pool1d_with_indices(tl_tensor input, int64_t kernel_size, int64_t stride, int64_t padding,
                                               int64_t dilation, int32_t ceil_mode, tl_tensor* result, tl_tensor* indices);
TL_API tl_status tl_nn_avg_pool1d(tl_tensor input, int64_t kernel_size, int64_t stride, int64_t padding, int32_t ceil_mode,
                                  int32_t count_include_pad, tl_tensor* result);
TL_API tl_status tl_nn_adaptive_avg_pool1d(tl_tensor input, int64_t output_size, tl_tensor* result);

// mode: 0 takes the nearest entry, otherwise linear in 1 or 2 spatial dimensions. Sizes or scales, one entry per spatial
// dimension; the other is null.
TL_API tl_status tl_nn_upsample(tl_tensor input, const int64_t* sizes, const double* scales, int32_t spatial, int32_t mode,
                                int32_t align_corners, tl_tensor* result);

// Rows of the weight, (count, size), by their numbers. max_norm: 0 or more scales longer rows down, in place; negative: none.
TL_API tl_status tl_nn_embedding(tl_tensor weight, tl_tensor indices, int64_t padding_index, double max_norm, double norm_type,
                                 int32_t scale_grad_by_freq, int32_t sparse, tl_tensor* result);

// Weight, bias and running statistics are optional. The latter are updated in place when training.
TL_API tl_status tl_nn_batch_norm(tl_tensor input, tl_tensor weight, tl_tensor bias, tl_tensor running_mean, tl_tensor running_var,
                                  int32_t training, double momentum, double eps, tl_tensor* result);
TL_API tl_status tl_nn_layer_norm(tl_tensor input, const int64_t* normalized_shape, int32_t length, tl_tensor weight,
                                  tl_tensor bias, double eps, tl_tensor* result);

TL_API tl_status tl_nn_group_norm(tl_tensor input, int64_t groups, tl_tensor weight, tl_tensor bias, double eps,
                                  tl_tensor* result);
TL_API tl_status tl_nn_instance_norm(tl_tensor input, tl_tensor weight, tl_tensor bias, tl_tensor running_mean,
                                     tl_tensor running_var, int32_t use_input_statistics, double momentum, double eps,
                                     tl_tensor* result);

// Dropout of whole channels; alpha dropout keeps mean and variance of what SELU gives.
TL_API tl_status tl_nn_feature_dropout(tl_tensor input, double p, int32_t training, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_nn_alpha_dropout(tl_tensor input, double p, int32_t training, int32_t in_place, tl_tensor* result);

// in_place: the input is overwritten and the result is a second handle to it.
TL_API tl_status tl_nn_dropout(tl_tensor input, double p, int32_t training, int32_t in_place, tl_tensor* result);

// The norm of all gradients taken as one vector; scales each in place so that the norm is at most max_norm.
TL_API tl_status tl_nn_clip_grad_norm(const tl_tensor* gradients, int32_t count, double max_norm, double norm_type, double* norm);

// Fills target in place from the normal distribution cut to [a, b], without recording for autograd.
TL_API tl_status tl_nn_trunc_normal(tl_tensor target, double mean, double standard_deviation, double a, double b,
                                    tl_generator generator);
