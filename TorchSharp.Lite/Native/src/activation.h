// Elementwise activations and softmax. in_place: the input is overwritten and the result is a second handle to it.
#pragma once

#include "torch_lite.h"

TL_API tl_status tl_activation_relu(tl_tensor input, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_leaky_relu(tl_tensor input, double negative_slope, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_sigmoid(tl_tensor input, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_tanh(tl_tensor input, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_silu(tl_tensor input, int32_t in_place, tl_tensor* result);

TL_API tl_status tl_activation_hardtanh(tl_tensor input, double least, double most, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_hardsigmoid(tl_tensor input, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_hardswish(tl_tensor input, int32_t in_place, tl_tensor* result);
TL_API tl_status tl_activation_mish(tl_tensor input, int32_t in_place, tl_tensor* result);

// scale * x where positive, scale * alpha * (exp(input_scale * x) - 1) elsewhere: ELU, SELU and CELU.
TL_API tl_status tl_activation_elu(tl_tensor input, double alpha, double scale, double input_scale, int32_t in_place,
                                   tl_tensor* result);
TL_API tl_status tl_activation_softplus(tl_tensor input, double beta, double threshold, tl_tensor* result);
TL_API tl_status tl_activation_prelu(tl_tensor input, tl_tensor weight, tl_tensor* result);

// approximate: 0 takes the error function, otherwise its approximation by tanh.
TL_API tl_status tl_activation_gelu(tl_tensor input, int32_t approximate, int32_t in_place, tl_tensor* result);

// dtype: the c10::ScalarType to compute in, or -1 for that of the input.
TL_API tl_status tl_activation_softmax(tl_tensor input, int64_t dim, int32_t dtype, tl_tensor* result);
TL_API tl_status tl_activation_log_softmax(tl_tensor input, int64_t dim, int32_t dtype, tl_tensor* result);
