// Random numbers. A null generator is the default one of the tensor's device.
#pragma once

#include "torch_lite.h"

TL_API tl_status tl_random_rand(const int64_t* sizes, int32_t count, tl_generator generator, tl_options options, tl_tensor* result);
TL_API tl_status tl_random_randn(const int64_t* sizes, int32_t count, tl_generator generator, tl_options options,
                                 tl_tensor* result);
// Integers from low to high - 1.
TL_API tl_status tl_random_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t count, tl_generator generator,
                                   tl_options options, tl_tensor* result);
TL_API tl_status tl_random_randperm(int64_t n, tl_generator generator, tl_options options, tl_tensor* result);
TL_API tl_status tl_random_rand_like(tl_tensor x, tl_options options, tl_tensor* result);
TL_API tl_status tl_random_randn_like(tl_tensor x, tl_options options, tl_tensor* result);

TL_API tl_status tl_random_uniform_(tl_tensor x, double from, double to, tl_generator generator, tl_tensor* result);
TL_API tl_status tl_random_normal_(tl_tensor x, double mean, double standard_deviation, tl_generator generator, tl_tensor* result);
TL_API tl_status tl_random_exponential_(tl_tensor x, double rate, tl_generator generator, tl_tensor* result);
TL_API tl_status tl_random_random_(tl_tensor x, int64_t from, int64_t to, tl_generator generator, tl_tensor* result);
TL_API tl_status tl_random_bernoulli_(tl_tensor x, double probability, tl_generator generator, tl_tensor* result);
// Ones with the probabilities in x.
TL_API tl_status tl_random_bernoulli(tl_tensor x, tl_generator generator, tl_tensor* result);
TL_API tl_status tl_random_multinomial(tl_tensor x, int64_t samples, int32_t replacement, tl_generator generator,
                                       tl_tensor* result);

// Seeds the default generators of all devices.
TL_API tl_status tl_random_manual_seed(int64_t seed);

// A generator that the caller frees; the default one shares its state with libtorch's.
TL_API tl_status tl_random_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, tl_generator* result);
TL_API tl_status tl_random_generator_default(int32_t device_type, int32_t device_index, tl_generator* result);
TL_API tl_status tl_random_generator_free(tl_generator generator);
TL_API tl_status tl_random_generator_manual_seed(tl_generator generator, uint64_t seed);
// Draws a seed that cannot be foreseen, and uses it.
TL_API tl_status tl_random_generator_seed(tl_generator generator, uint64_t* result);
TL_API tl_status tl_random_generator_initial_seed(tl_generator generator, uint64_t* result);
// The state as a tensor of bytes, in a form that only libtorch reads.
TL_API tl_status tl_random_generator_get_state(tl_generator generator, tl_tensor* result);
TL_API tl_status tl_random_generator_set_state(tl_generator generator, tl_tensor state);
