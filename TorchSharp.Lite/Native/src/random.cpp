#include "random.h"

#include <ATen/Context.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/rand_like.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/randn_like.h>
#include <ATen/ops/randperm.h>

#include <mutex>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_random_rand(const int64_t* sizes, int32_t count, tl_generator generator, tl_options options, tl_tensor* result) {
    return guarded(result, [&] {
        return with_gradient(at::rand(integers(sizes, count), optional_generator(generator), tensor_options(options)), options);
    });
}

tl_status tl_random_randn(const int64_t* sizes, int32_t count, tl_generator generator, tl_options options, tl_tensor* result) {
    return guarded(result, [&] {
        return with_gradient(at::randn(integers(sizes, count), optional_generator(generator), tensor_options(options)), options);
    });
}

tl_status tl_random_randint(int64_t low, int64_t high, const int64_t* sizes, int32_t count, tl_generator generator,
                            tl_options options, tl_tensor* result) {
    return guarded(result, [&] {
        return with_gradient(at::randint(low, high, integers(sizes, count), optional_generator(generator), tensor_options(options)),
                             options);
    });
}

tl_status tl_random_randperm(int64_t n, tl_generator generator, tl_options options, tl_tensor* result) {
    return guarded(result,
                   [&] { return with_gradient(at::randperm(n, optional_generator(generator), tensor_options(options)), options); });
}

tl_status tl_random_rand_like(tl_tensor x, tl_options options, tl_tensor* result) {
    return guarded(result, [&] { return with_gradient(at::rand_like(tensor(x), tensor_options(options)), options); });
}

tl_status tl_random_randn_like(tl_tensor x, tl_options options, tl_tensor* result) {
    return guarded(result, [&] { return with_gradient(at::randn_like(tensor(x), tensor_options(options)), options); });
}

tl_status tl_random_uniform_(tl_tensor x, double from, double to, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).uniform_(from, to, optional_generator(generator)); });
}

tl_status tl_random_normal_(tl_tensor x, double mean, double standard_deviation, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).normal_(mean, standard_deviation, optional_generator(generator)); });
}

tl_status tl_random_exponential_(tl_tensor x, double rate, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).exponential_(rate, optional_generator(generator)); });
}

tl_status tl_random_random_(tl_tensor x, int64_t from, int64_t to, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).random_(from, to, optional_generator(generator)); });
}

tl_status tl_random_bernoulli_(tl_tensor x, double probability, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).bernoulli_(probability, optional_generator(generator)); });
}

tl_status tl_random_bernoulli(tl_tensor x, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).bernoulli(optional_generator(generator)); });
}

tl_status tl_random_multinomial(tl_tensor x, int64_t samples, int32_t replacement, tl_generator generator, tl_tensor* result) {
    return guarded(result, [&] { return tensor(x).multinomial(samples, replacement != 0, optional_generator(generator)); });
}

tl_status tl_random_manual_seed(int64_t seed) {
    return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

namespace {

at::Generator default_generator(int32_t device_type, int32_t device_index) {
    return at::globalContext().defaultGenerator(
        at::Device(static_cast<at::DeviceType>(device_type), static_cast<at::DeviceIndex>(device_index)));
}

// Runs the body under the generator's lock, which libtorch asks for.
template <typename Body> tl_status locked(tl_generator handle, Body&& body) noexcept {
    return guarded([&] {
        if (handle == nullptr)
            throw std::invalid_argument("a generator is null");
        at::Generator& generator = *static_cast<at::Generator*>(handle);
        const std::lock_guard<std::mutex> lock(generator.mutex());
        body(generator);
    });
}

} // namespace

tl_status tl_random_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, tl_generator* result) {
    return guarded([&] {
        at::Generator generator = default_generator(device_type, device_index).clone();
        generator.set_current_seed(seed);
        *result = new at::Generator(std::move(generator));
    });
}

tl_status tl_random_generator_default(int32_t device_type, int32_t device_index, tl_generator* result) {
    return guarded([&] { *result = new at::Generator(default_generator(device_type, device_index)); });
}

tl_status tl_random_generator_free(tl_generator generator) {
    return guarded([&] { delete static_cast<at::Generator*>(generator); });
}

tl_status tl_random_generator_manual_seed(tl_generator generator, uint64_t seed) {
    return locked(generator, [&](at::Generator& unlocked) { unlocked.set_current_seed(seed); });
}

tl_status tl_random_generator_seed(tl_generator generator, uint64_t* result) {
    return locked(generator, [&](at::Generator& unlocked) { *result = unlocked.seed(); });
}

tl_status tl_random_generator_initial_seed(tl_generator generator, uint64_t* result) {
    return locked(generator, [&](at::Generator& unlocked) { *result = unlocked.current_seed(); });
}

tl_status tl_random_generator_get_state(tl_generator generator, tl_tensor* result) {
    return locked(generator, [&](at::Generator& unlocked) { *result = new at::Tensor(unlocked.get_state()); });
}

tl_status tl_random_generator_set_state(tl_generator generator, tl_tensor state) {
    return locked(generator, [&](at::Generator& unlocked) { unlocked.set_state(tensor(state)); });
}
