#include "loss.h"

#include <ATen/ATen.h>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_loss_cross_entropy(tl_tensor input, tl_tensor target, tl_tensor weight, int64_t ignore_index, int32_t reduction,
                                double label_smoothing, tl_tensor* result) {
    return guarded(result, [&] {
        return at::cross_entropy_loss(tensor(input), tensor(target), optional_tensor(weight), reduction, ignore_index,
                                      label_smoothing);
    });
}

tl_status tl_loss_nll(tl_tensor input, tl_tensor target, tl_tensor weight, int32_t reduction, tl_tensor* result) {
    return guarded(result, [&] { return at::nll_loss_nd(tensor(input), tensor(target), optional_tensor(weight), reduction); });
}

tl_status tl_loss_mse(tl_tensor input, tl_tensor target, int32_t reduction, tl_tensor* result) {
    return guarded(result, [&] { return at::mse_loss(tensor(input), tensor(target), reduction); });
}
