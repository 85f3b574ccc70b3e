// Gradients, and the modes that decide whether operations are recorded.
#pragma once

#include "torch_lite.h"

TL_API tl_status tl_autograd_requires_grad(tl_tensor x, int32_t* result);
TL_API tl_status tl_autograd_set_requires_grad(tl_tensor x, int32_t value);
TL_API tl_status tl_autograd_is_leaf(tl_tensor x, int32_t* result);
TL_API tl_status tl_autograd_retain_grad(tl_tensor x);
// result: null when there is no gradient.
TL_API tl_status tl_autograd_get_grad(tl_tensor x, tl_tensor* result);
// gradient: null to remove it.
TL_API tl_status tl_autograd_set_grad(tl_tensor x, tl_tensor gradient);
TL_API tl_status tl_autograd_detach(tl_tensor x, tl_tensor* result);
TL_API tl_status tl_autograd_detach_(tl_tensor x, tl_tensor* result);

// gradients: null, or one per output, each of which may be null. inputs: those to accumulate into; none: all leaves.
TL_API tl_status tl_autograd_backward(const tl_tensor* outputs, const tl_tensor* gradients, int32_t output_count,
                                      int32_t retain_graph, int32_t create_graph, const tl_tensor* inputs, int32_t input_count);
// results: one per input, null where the output does not depend on it and allow_unused is set.
TL_API tl_status tl_autograd_grad(const tl_tensor* outputs, const tl_tensor* gradients, int32_t output_count,
                                  const tl_tensor* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph,
                                  int32_t allow_unused, tl_tensor* results);

// These belong to the calling thread.
TL_API tl_status tl_autograd_is_grad_enabled(int32_t* result);
TL_API tl_status tl_autograd_set_grad_enabled(int32_t enabled);
TL_API tl_status tl_autograd_is_inference_mode(int32_t* result);
// leave takes what enter gave, on the same thread, last entered first.
TL_API tl_status tl_autograd_enter_inference_mode(int32_t enabled, void** guard);
TL_API tl_status tl_autograd_leave_inference_mode(void* guard);
