// The CUDA driver and NVRTC as far as the fused step uses them, played on the processor: the kernels' own source is part of
// this library, blocks run one after another, and the threads of a block take turns from barrier to barrier.
#include <setjmp.h>
#include <ucontext.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "language.h"

Place threadIdx, blockIdx, gridDim;

#include "FusedStep.cu"

namespace {

// ---- A block of threads ----

constexpr std::size_t stack_bytes = 64 * 1024;

void (*kernel)(Step);
Step argument;

struct Thread {
    std::vector<char> stack = std::vector<char>(stack_bytes);
    jmp_buf place;
    bool is_started = false, is_done = false;
};

std::vector<Thread> threads(block_threads);
jmp_buf scheduler;
unsigned current;
bool barriers_meet;
bool is_backward; // the order of the threads between barriers, which must not matter: another one in every block

// Threads come here first, and never return: they would end the process.
void body() {
    kernel(argument);
    threads[current].is_done = true;
    _longjmp(scheduler, 1);
}

void resume(unsigned number) {
    current = number;
    threadIdx.x = number;
    Thread& thread = threads[number];
    if (_setjmp(scheduler) != 0)
        return;
    if (thread.is_started)
        _longjmp(thread.place, 1);
    thread.is_started = true;
    ucontext_t start;
    getcontext(&start);
    start.uc_stack.ss_sp = thread.stack.data();
    start.uc_stack.ss_size = stack_bytes;
    start.uc_link = nullptr;
    makecontext(&start, body, 0);
    setcontext(&start);
}

// Every turn brings all threads to the next barrier or to the end; some at one and some at the other is an error.
void run_block() {
    for (Thread& thread : threads)
        thread.is_started = thread.is_done = false;
    for (bool is_done = false; !is_done;) {
        unsigned done = 0;
        for (unsigned turn = 0; turn < block_threads; turn++) {
            const unsigned i = is_backward ? block_threads - 1 - turn : turn;
            resume(i);
            done += threads[i].is_done;
        }
        is_done = done > 0;
        if (is_done && done != block_threads) {
            barriers_meet = false;
            return;
        }
    }
}

// ---- What the tests set and see ----

std::string failing;
int failing_code;
std::string image;
std::map<std::string, int> launches;
unsigned most_blocks;
unsigned contexts;
int capability = 90;
std::vector<int> architectures = {80, 90};
std::string options;
std::string source;
bool spoils_results;

int answer(const char* function) {
    return failing == function ? failing_code : 0;
}

} // namespace

void __syncthreads() {
    const unsigned mine = current;
    if (_setjmp(threads[mine].place) == 0)
        _longjmp(scheduler, 1);
}

#define EXPORT extern "C" __attribute__((visibility("default")))

// Lets a function of the libraries fail with this code; null for none.
EXPORT void device_fail(const char* function, int code) {
    failing = function == nullptr ? "" : function;
    failing_code = code;
}
EXPORT void device_reset() {
    device_fail(nullptr, 0);
    launches.clear();
    most_blocks = 0;
    capability = 90;
    architectures = {80, 90};
    spoils_results = false;
}
EXPORT void device_set_capability(int value) {
    capability = value;
}
EXPORT void device_spoil_results(int value) {
    spoils_results = value != 0;
}
EXPORT int device_launches(const char* kernel) {
    return launches[kernel];
}
EXPORT int device_all_launches() {
    int all = 0;
    for (const auto& launch : launches)
        all += launch.second;
    return all;
}
EXPORT int device_contexts() {
    return static_cast<int>(contexts);
}
EXPORT int device_step_bytes() {
    return sizeof(Step);
}
EXPORT const char* device_options() {
    return options.c_str();
}
EXPORT const char* device_source() {
    return source.c_str();
}

// ---- Driver ----

struct Kernel {
    const char* name;
    void (*run)(Step);
};

#define NAMED(name)                                                                                                                \
    { #name, name }
#define NAMED_OF(method) NAMED(method##_constant), NAMED(method##_by_entry), NAMED(method##_by_group)
const Kernel kernels[] = {NAMED(average_entries), NAMED(average_groups), NAMED(backward_steps), NAMED_OF(dual_averaging),
                          NAMED_OF(proximal_sgd), NAMED_OF(rda),         NAMED_OF(grda)};

EXPORT int cuGetErrorName(int code, const char** name) {
    *name = "CUDA_ERROR_OF_THE_TEST";
    return code == 0 ? 1 : 0;
}
EXPORT int cuInit(unsigned flags) {
    return flags == 0 ? answer("cuInit") : 1;
}
EXPORT int cuDeviceGet(int* device, int ordinal) {
    *device = 100 + ordinal;
    return answer("cuDeviceGet");
}
EXPORT int cuDeviceGetAttribute(int* value, int attribute, int device) {
    if (device < 100)
        return 101;
    *value = attribute == 16 ? 2 : attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : -1;
    return answer("cuDeviceGetAttribute");
}
EXPORT int cuDevicePrimaryCtxRetain(void** context, int device) {
    *context = reinterpret_cast<void*>(static_cast<std::intptr_t>(device));
    return answer("cuDevicePrimaryCtxRetain");
}
EXPORT int cuCtxPushCurrent_v2(void* context) {
    if (context == nullptr)
        return 201;
    if (answer("cuCtxPushCurrent") != 0)
        return answer("cuCtxPushCurrent");
    contexts++;
    return 0;
}
EXPORT int cuCtxPopCurrent_v2(void** context) {
    *context = nullptr;
    contexts--;
    return 0;
}
EXPORT int cuModuleLoadData(void** loaded, const void* data) {
    *loaded = &image;
    if (contexts == 0)
        return 201;
    return static_cast<const char*>(data) == image ? answer("cuModuleLoadData") : 200;
}
EXPORT int cuModuleGetFunction(void** function, void* loaded, const char* name) {
    if (loaded != &image)
        return 400;
    for (const Kernel& each : kernels)
        if (each.name == std::string(name)) {
            *function = const_cast<Kernel*>(&each);
            return answer("cuModuleGetFunction");
        }
    return 500;
}
EXPORT int cuMemAlloc_v2(void** address, std::size_t bytes) {
    *address = std::malloc(bytes); // for ever, as the driver's is
    return contexts == 0 ? 201 : answer("cuMemAlloc");
}
EXPORT int cuLaunchKernel(void* function, unsigned blocks, unsigned blocks_y, unsigned blocks_z, unsigned size, unsigned size_y,
                          unsigned size_z, unsigned shared_bytes, void* stream, void** parameters, void** extra) {
    if (contexts == 0)
        return 201;
    if (blocks == 0 || blocks_y != 1 || blocks_z != 1 || size != block_threads || size_y != 1 || size_z != 1)
        return 1;
    if (shared_bytes != 0 || stream != nullptr || extra != nullptr)
        return 1;
    if (answer("cuLaunchKernel") != 0)
        return answer("cuLaunchKernel");
    const auto* launched = static_cast<const Kernel*>(function);
    launches[launched->name]++;
    kernel = launched->run;
    argument = *static_cast<const Step*>(parameters[0]);
    gridDim.x = blocks;
    barriers_meet = true;
    for (blockIdx.x = 0; blockIdx.x < blocks && barriers_meet; blockIdx.x++) {
        is_backward = !is_backward;
        run_block();
    }
    if (spoils_results)
        argument.parameter[argument.entries - 1] += 0.001f;
    return barriers_meet ? 0 : 719;
}

// ---- NVRTC: it "compiles" to its options, and the driver takes what came last ----

EXPORT const char* nvrtcGetErrorString(int) {
    return "NVRTC_ERROR_OF_THE_TEST";
}
EXPORT int nvrtcVersion(int* major, int* minor) {
    *major = 12;
    *minor = 8;
    return answer("nvrtcVersion");
}
EXPORT int nvrtcGetNumSupportedArchs(int* count) {
    *count = static_cast<int>(architectures.size());
    return answer("nvrtcGetNumSupportedArchs");
}
EXPORT int nvrtcGetSupportedArchs(int* known) {
    for (std::size_t i = 0; i < architectures.size(); i++)
        known[i] = architectures[i];
    return answer("nvrtcGetSupportedArchs");
}
EXPORT int nvrtcCreateProgram(void** program, const char* text, const char*, int headers, const char* const*, const char* const*) {
    source = text;
    *program = &source;
    return headers == 0 ? answer("nvrtcCreateProgram") : 3;
}
EXPORT int nvrtcCompileProgram(void* program, int count, const char* const* given) {
    if (program != &source)
        return 4;
    options.clear();
    for (int i = 0; i < count; i++)
        options += std::string(given[i]) + " ";
    return answer("nvrtcCompileProgram");
}
EXPORT int nvrtcDestroyProgram(void** program) {
    *program = nullptr;
    return 0;
}

static int give(const std::string& product, std::size_t* size) {
    image = product;
    *size = product.size() + 1;
    return 0;
}
static int copy(char* target) {
    image.copy(target, image.size());
    target[image.size()] = '\0';
    return 0;
}
EXPORT int nvrtcGetCUBINSize(void*, std::size_t* size) {
    return give("machine code " + options, size);
}
EXPORT int nvrtcGetCUBIN(void*, char* target) {
    return copy(target);
}
EXPORT int nvrtcGetPTXSize(void*, std::size_t* size) {
    return give("intermediate code " + options, size);
}
EXPORT int nvrtcGetPTX(void*, char* target) {
    return copy(target);
}
EXPORT int nvrtcGetProgramLogSize(void*, std::size_t* size) {
    *size = 9;
    return 0;
}
EXPORT int nvrtcGetProgramLog(void*, char* target) {
    std::snprintf(target, 9, "line 7: ");
    return 0;
}
