// Threads within an operation, and the version of libtorch.
#pragma once

#include "torch_lite.h"

TL_API tl_status tl_threads_get(int32_t* result);
// Also sets OpenBLAS's own threads where that is the BLAS in use: libtorch does not.
TL_API tl_status tl_threads_set(int32_t count);
TL_API tl_status tl_threads_get_interop(int32_t* result);
TL_API tl_status tl_threads_set_interop(int32_t count);

// Major, minor and patch number of the libtorch headers that the shim was compiled with.
TL_API tl_status tl_version_compiled(int32_t* major, int32_t* minor, int32_t* patch);
// What the loaded libtorch says of how it was built; among it "TORCH_VERSION=1.13.1". Valid until the next call on this thread.
TL_API tl_status tl_version_description(const char** result);
