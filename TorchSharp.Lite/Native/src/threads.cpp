#include "threads.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <dlfcn.h>
#include <torch/version.h>

#include <string>

#include "guarded.h"

using namespace torch_lite;

tl_status tl_threads_get(int32_t* result) {
    return guarded([&] { *result = at::get_num_threads(); });
}

tl_status tl_threads_set(int32_t count) {
    return guarded([&] {
        at::set_num_threads(count);
        using set_threads = void (*)(int);
        if (const auto openblas = reinterpret_cast<set_threads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads")))
            openblas(count);
    });
}

tl_status tl_threads_get_interop(int32_t* result) {
    return guarded([&] { *result = at::get_num_interop_threads(); });
}

tl_status tl_threads_set_interop(int32_t count) {
    return guarded([&] { at::set_num_interop_threads(count); });
}

tl_status tl_version_compiled(int32_t* major, int32_t* minor, int32_t* patch) {
    return guarded([&] {
        *major = TORCH_VERSION_MAJOR;
        *minor = TORCH_VERSION_MINOR;
        *patch = TORCH_VERSION_PATCH;
    });
}

tl_status tl_version_description(const char** result) {
    return guarded([&] {
        thread_local std::string description;
        description = at::show_config();
        *result = description.c_str();
    });
}
