#include "nn.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <vector>

#include "guarded.h"

using namespace torch_lite;

namespace {

at::IntArrayRef window(const int64_t* values, int32_t length) {
    if (values == nullptr)
        throw std::invalid_argument("a window size is null");
    return at::IntArrayRef(values, static_cast<size_t>(length));
}

at::IntArrayRef window2d(const int64_t* values) {
    return window(values, 2);
}

// conv1d to conv3d each have a form for padding by name as well; this picks the one by numbers.
using convolution = at::Tensor (*)(const at::Tensor&, const at::Tensor&, const torch_lite::optional<at::Tensor>&, at::IntArrayRef,
                                   at::IntArrayRef, at::IntArrayRef, int64_t);

const char* padding_mode(int32_t mode) {
    switch (mode) {
    case TL_PAD_REFLECT:
        return "reflect";
    case TL_PAD_REPLICATE:
        return "replicate";
    case TL_PAD_CIRCULAR:
        return "circular";
    default:
        throw std::invalid_argument("unknown padding mode " + std::to_string(mode));
    }
}

} // namespace

tl_status tl_nn_linear(tl_tensor input, tl_tensor weight, tl_tensor bias, tl_tensor* result) {
    return guarded(result, [&] { return at::linear(tensor(input), tensor(weight), optional_tensor(bias)); });
}

tl_status tl_nn_convolution(tl_tensor input, tl_tensor weight, tl_tensor bias, const int64_t* stride, const int64_t* padding,
                            const int64_t* dilation, int32_t spatial, int64_t groups, tl_tensor* result) {
    return guarded(result, [&] {
        const auto strides = window(stride, spatial), pads = window(padding, spatial), dilations = window(dilation, spatial);
        const auto function = spatial == 1 ? convolution(&at::conv1d) : spatial == 2 ? convolution(&at::conv2d) : convolution(&at::conv3d);
        return function(tensor(input), tensor(weight), optional_tensor(bias), strides, pads, dilations, groups);
    });
}

tl_status tl_nn_conv_transpose(tl_tensor input, tl_tensor weight, tl_tensor bias, const int64_t* stride, const int64_t* padding,
                               const int64_t* output_padding, const int64_t* dilation, int32_t spatial, int64_t groups,
                               tl_tensor* result) {
    return guarded(result, [&] {
        return at::convolution(tensor(input), tensor(weight), optional_tensor(bias), window(stride, spatial), window(padding, spatial),
                               window(dilation, spatial), true, window(output_padding, spatial), groups);
    });
}

tl_status tl_nn_pad(tl_tensor input, const int64_t* padding, int32_t length, int32_t mode, double value, tl_tensor* result) {
    return guarded(result, [&] {
        const auto sizes = window(padding, length);
        return mode == TL_PAD_CONSTANT ? at::constant_pad_nd(tensor(input), sizes, value)
                                       : at::pad(tensor(input), sizes, padding_mode(mode));
    });
}

tl_status tl_nn_max_pool2d(tl_tensor input, const int64_t* kernel_size, const int64_t* stride, const int64_t* padding,
                           const int64_t* dilation, int32_t ceil_mode, tl_tensor* result) {
    return guarded(result, [&] {
        return at::max_pool2d(tensor(input), window2d(kernel_size), window2d(stride), window2d(padding), window2d(dilation),
                              ceil_mode != 0);
    });
}

tl_status tl_nn_max_pool2d_with_indices(tl_tensor input, const int64_t* kernel_size, const int64_t* stride, const int64_t* padding,
                                        const int64_t* dilation, int32_t ceil_mode, tl_tensor* result, tl_tensor* indices) {
    return guarded(result, indices, [&] {
        return at::max_pool2d_with_indices(tensor(input), window2d(kernel_size), window2d(stride), window2d(padding),
                                           window2d(dilation), ceil_mode != 0);
    });
}

tl_status tl_nn_avg_pool2d(tl_tensor input, const int64_t* kernel_size, const int64_t* stride, const int64_t* padding,
                           int32_t ceil_mode, int32_t count_include_pad, const int64_t* divisor_override, tl_tensor* result) {
    return guarded(result, [&] {
        torch_lite::optional<int64_t> divisor;
        if (divisor_override != nullptr)
            divisor = *divisor_override;
        return at::avg_pool2d(tensor(input), window2d(kernel_size), window2d(stride), window2d(padding), ceil_mode != 0,
                              count_include_pad != 0, divisor);
    });
}

tl_status tl_nn_adaptive_avg_pool2d(tl_tensor input, const int64_t* output_size, tl_tensor* result) {
    return guarded(result, [&] { return at::adaptive_avg_pool2d(tensor(input), window2d(output_size)); });
}

tl_status tl_nn_adaptive_max_pool2d(tl_tensor input, const int64_t* output_size, tl_tensor* result, tl_tensor* indices) {
    return guarded(result, indices, [&] { return at::adaptive_max_pool2d(tensor(input), window2d(output_size)); });
}

tl_status tl_nn_max_pool1d(tl_tensor input, int64_t kernel_size, int64_t stride, int64_t padding, int64_t dilation, int32_t ceil_mode,
                           tl_tensor* result) {
    return guarded(result, [&] { return at::max_pool1d(tensor(input), kernel_size, stride, padding, dilation, ceil_mode != 0); });
}

tl_status tl_nn_max_pool1d_with_indices(tl_tensor input, int64_t kernel_size, int64_t stride, int64_t padding, int64_t dilation,
                                        int32_t ceil_mode, tl_tensor* result, tl_tensor* indices) {
    return guarded(result, indices, [&] {
        return at::max_pool1d_with_indices(tensor(input), kernel_size, stride, padding, dilation, ceil_mode != 0);
    });
}

tl_status tl_nn_avg_pool1d(tl_tensor input, int64_t kernel_size, int64_t stride, int64_t padding, int32_t ceil_mode,
                           int32_t count_include_pad, tl_tensor* result) {
    return guarded(result, [&] {
        return at::avg_pool1d(tensor(input), kernel_size, stride, padding, ceil_mode != 0, count_include_pad != 0);
    });
}

tl_status tl_nn_adaptive_avg_pool1d(tl_tensor input, int64_t output_size, tl_tensor* result) {
    return guarded(result, [&] { return at::adaptive_avg_pool1d(tensor(input), output_size); });
}

tl_status tl_nn_upsample(tl_tensor input, const int64_t* sizes, const double* scales, int32_t spatial, int32_t mode,
                         int32_t align_corners, tl_tensor* result) {
    return guarded(result, [&] {
        at::OptionalIntArrayRef size;
        torch_lite::optional<at::ArrayRef<double>> scale;
        if (sizes != nullptr)
            size = window(sizes, spatial);
        else
            scale = at::ArrayRef<double>(scales, static_cast<size_t>(spatial));
        const auto& x = tensor(input);
        if (mode != 0)
            return spatial == 1 ? at::upsample_linear1d(x, size, align_corners != 0, scale)
                                : at::upsample_bilinear2d(x, size, align_corners != 0, scale);
        return spatial == 1   ? at::upsample_nearest1d(x, size, scale)
               : spatial == 2 ? at::upsample_nearest2d(x, size, scale)
                              : at::upsample_nearest3d(x, size, scale);
    });
}

tl_status tl_nn_embedding(tl_tensor weight, tl_tensor indices, int64_t padding_index, double max_norm, double norm_type,
                          int32_t scale_grad_by_freq, int32_t sparse, tl_tensor* result) {
    return guarded(result, [&] {
        if (max_norm >= 0) {
            at::NoGradGuard no_grad; // the scaling is no part of any graph
            at::embedding_renorm_(tensor(weight), tensor(indices), max_norm, norm_type);
        }
        return at::embedding(tensor(weight), tensor(indices), padding_index, scale_grad_by_freq != 0, sparse != 0);
    });
}

tl_status tl_nn_group_norm(tl_tensor input, int64_t groups, tl_tensor weight, tl_tensor bias, double eps, tl_tensor* result) {
    return guarded(result, [&] { return at::group_norm(tensor(input), groups, optional_tensor(weight), optional_tensor(bias), eps); });
}

tl_status tl_nn_instance_norm(tl_tensor input, tl_tensor weight, tl_tensor bias, tl_tensor running_mean, tl_tensor running_var,
                              int32_t use_input_statistics, double momentum, double eps, tl_tensor* result) {
    return guarded(result, [&] {
        const bool cudnn = at::globalContext().userEnabledCuDNN();
        return at::instance_norm(tensor(input), optional_tensor(weight), optional_tensor(bias), optional_tensor(running_mean),
                                 optional_tensor(running_var), use_input_statistics != 0, momentum, eps, cudnn);
    });
}

tl_status tl_nn_feature_dropout(tl_tensor input, double p, int32_t training, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] {
        return in_place ? at::feature_dropout_(tensor(input), p, training != 0) : at::feature_dropout(tensor(input), p, training != 0);
    });
}

tl_status tl_nn_alpha_dropout(tl_tensor input, double p, int32_t training, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] {
        return in_place ? at::alpha_dropout_(tensor(input), p, training != 0) : at::alpha_dropout(tensor(input), p, training != 0);
    });
}

tl_status tl_nn_batch_norm(tl_tensor input, tl_tensor weight, tl_tensor bias, tl_tensor running_mean, tl_tensor running_var,
                           int32_t training, double momentum, double eps, tl_tensor* result) {
    return guarded(result, [&] {
        const bool cudnn = at::globalContext().userEnabledCuDNN();
        return at::batch_norm(tensor(input), optional_tensor(weight), optional_tensor(bias), optional_tensor(running_mean),
                              optional_tensor(running_var), training != 0, momentum, eps, cudnn);
    });
}

tl_status tl_nn_layer_norm(tl_tensor input, const int64_t* normalized_shape, int32_t length, tl_tensor weight, tl_tensor bias,
                           double eps, tl_tensor* result) {
    return guarded(result, [&] {
        return at::layer_norm(tensor(input), window(normalized_shape, length), optional_tensor(weight), optional_tensor(bias), eps);
    });
}

tl_status tl_nn_dropout(tl_tensor input, double p, int32_t training, int32_t in_place, tl_tensor* result) {
    return guarded(result, [&] {
        return in_place ? at::dropout_(tensor(input), p, training != 0) : at::dropout(tensor(input), p, training != 0);
    });
}

tl_status tl_nn_clip_grad_norm(const tl_tensor* gradients, int32_t count, double max_norm, double norm_type, double* norm) {
    return guarded([&] {
        at::NoGradGuard no_grad; // the scaling is no part of any graph
        std::vector<at::Tensor> norms;
        for (int32_t i = 0; i < count; ++i)
            norms.push_back(at::norm(tensor(gradients[i]), norm_type));
        const double total = norms.empty() ? 0.0 : at::norm(at::stack(norms), norm_type).item<double>();
        const double scale = max_norm / (total + 1e-6);
        if (!(scale >= 1.0)) // written this way round so that a NaN norm reaches the gradients, where it is noticed
            for (int32_t i = 0; i < count; ++i)
                tensor(gradients[i]).mul_(scale);
        *norm = total;
    });
}

tl_status tl_nn_trunc_normal(tl_tensor target, double mean, double standard_deviation, double a, double b, tl_generator generator) {
    return guarded([&] {
        at::NoGradGuard no_grad; // initialisation is no part of any graph
        const auto cumulative = [&](double x) { return (1.0 + std::erf((x - mean) / standard_deviation / std::sqrt(2.0))) / 2.0; };
        // Inverse transform: uniform over that part of the distribution function which lies in [a, b].
        tensor(target)
            .uniform_(2.0 * cumulative(a) - 1.0, 2.0 * cumulative(b) - 1.0, optional_generator(generator))
            .erfinv_()
            .mul_(standard_deviation * std::sqrt(2.0))
            .add_(mean)
            .clamp_(a, b);
    });
}
