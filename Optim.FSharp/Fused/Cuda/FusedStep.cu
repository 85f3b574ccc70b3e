// The steps of several methods on a CUDA device, in two passes over memory: the first gives the running averages and the
// largest of them, the second does everything else. A few numbers per group are updated in between where groups are not
// single entries. Arithmetic rounds as on the processor, operation by operation: compile without contraction to fused
// multiply-adds. Sums over groups are taken in float64, in an order that depends on sizes alone: same input, same bits.

typedef unsigned int uint32;

constexpr uint32 block_threads = 256;

// What is smaller in magnitude counts as 0, as on the processor.
constexpr float smallest = 1e-37f;

// Division of numbers below 2^31 by one that stays the same.
struct Divisor {
    uint32 multiplier; // ceil(2^(31 + shift) / divisor)
    uint32 shift;      // ceil(log2(divisor))
};

// All that any of the kernels needs; the program that launches them fills the same structure in.
struct Step {
    const float* gradient;
    float* parameter;
    float* first;  // velocity, average gradient, or gRDA's forward point
    float* second; // forward point, or RDA's start
    float* average;
    float* backward_step;
    int* maxima; // largest average of each block of the first pass, as bits; NaN is largest

    uint32 entries;
    uint32 vectors; // whole vectors of four entries; 0 where an address does not allow them
    uint32 average_blocks;

    // The groups of a tensor [outer; across; inner; run], and how 256 threads share those that they sum at a time: turns
    // neighbouring groups, each among slices of its repetitions and lanes of its runs.
    uint32 groups, outer, across, inner, run;
    uint32 lanes, turns, slices;
    Divisor by_run, by_inner, by_across;

    float average_kept, average_fresh, group_size;
    float backward_kept, backward_fresh, constant_backward_step;
    float slope, numerator, scale, all_zero_weight, smallest_maximum; // smallest_maximum 0: no guard for all-zero tensors
    float kept, fresh, weight_decay, step_size, strength, averaging, rest, enhancement;
};

__device__ __forceinline__ uint32 quotient(uint32 number, Divisor divisor) {
    return static_cast<uint32>((static_cast<unsigned long long>(number) * divisor.multiplier) >> (31 + divisor.shift));
}

__device__ __forceinline__ float flushed(float x) {
    return fabsf(x) < smallest ? 0.0f : x;
}

// Non-negative numbers as whole numbers of the same order, in which NaN is largest.
__device__ __forceinline__ int key(float x) {
    return __float_as_int(fabsf(x));
}

__device__ __forceinline__ int larger(int a, int b) {
    return a < b ? b : a;
}

// The largest key of the block, for every thread. Once in a kernel.
__device__ __forceinline__ int largest_in_block(int mine) {
    __shared__ int keys[block_threads];
    const uint32 thread = threadIdx.x;
    keys[thread] = mine;
    for (uint32 step = block_threads / 2; step > 0; step /= 2) {
        __syncthreads();
        if (thread < step)
            keys[thread] = larger(keys[thread], keys[thread + step]);
    }
    __syncthreads();
    return keys[0];
}

__device__ __forceinline__ void store_largest(const Step& step, int mine) {
    const int largest = largest_in_block(mine);
    if (threadIdx.x == 0)
        step.maxima[blockIdx.x] = largest;
}

// ---- First pass: running averages ----

__device__ __forceinline__ float updated_average(const Step& step, float average, float magnitude) {
    return flushed(average * step.average_kept + magnitude * step.average_fresh);
}

// Every entry is a group.
extern "C" __global__ void __launch_bounds__(256) average_entries(const Step step) {
    const uint32 first = blockIdx.x * block_threads + threadIdx.x;
    const uint32 threads = gridDim.x * block_threads;
    int largest = 0;
    for (uint32 i = first; i < step.vectors; i += threads) {
        const float4 x = reinterpret_cast<const float4*>(step.parameter)[i];
        float4 a = reinterpret_cast<const float4*>(step.average)[i];
        a.x = updated_average(step, a.x, fabsf(x.x));
        a.y = updated_average(step, a.y, fabsf(x.y));
        a.z = updated_average(step, a.z, fabsf(x.z));
        a.w = updated_average(step, a.w, fabsf(x.w));
        reinterpret_cast<float4*>(step.average)[i] = a;
        largest = larger(largest, larger(larger(key(a.x), key(a.y)), larger(key(a.z), key(a.w))));
    }
    for (uint32 i = 4 * step.vectors + first; i < step.entries; i += threads) {
        const float a = updated_average(step, step.average[i], fabsf(step.parameter[i]));
        step.average[i] = a;
        largest = larger(largest, key(a));
    }
    store_largest(step, largest);
}

extern "C" __global__ void __launch_bounds__(256) average_groups(const Step step) {
    __shared__ double sums[block_threads];
    const uint32 thread = threadIdx.x;
    const uint32 lane = thread % step.lanes;
    const uint32 turn = thread / step.lanes % step.turns;
    const uint32 slice = thread / (step.lanes * step.turns);
    const uint32 tiles = (step.inner + step.turns - 1) / step.turns;
    const uint32 period = step.inner * step.run;
    int largest = 0;
    for (uint32 tile = blockIdx.x; tile < step.outer * tiles; tile += gridDim.x) {
        const uint32 outer = tile / tiles;
        const uint32 inner = tile % tiles * step.turns + turn;
        double sum = 0.0;
        if (inner < step.inner) {
            const float* group = step.parameter + outer * step.across * period + inner * step.run;
            for (uint32 repetition = slice; repetition < step.across; repetition += step.slices)
                for (uint32 i = lane; i < step.run; i += step.lanes)
                    sum += fabsf(group[repetition * period + i]);
        }
        sums[thread] = sum;
        for (uint32 half = step.slices / 2; half > 0; half /= 2) {
            __syncthreads();
            if (slice < half)
                sums[thread] += sums[thread + half * step.lanes * step.turns];
        }
        for (uint32 half = step.lanes / 2; half > 0; half /= 2) {
            __syncthreads();
            if (slice == 0 && lane < half)
                sums[thread] += sums[thread + half];
        }
        if (slice == 0 && lane == 0 && inner < step.inner) {
            const uint32 group = outer * step.inner + inner;
            const float magnitude = static_cast<float>(sums[thread]) / step.group_size;
            const float a = updated_average(step, step.average[group], magnitude);
            step.average[group] = a;
            largest = larger(largest, key(a));
        }
        __syncthreads(); // the sums are read before those of the next tile overwrite them
    }
    store_largest(step, largest);
}

// ---- Second pass: weights and backward steps ----

// scale * (numerator / (average / maximum * slope + 1)).
struct WeightRule {
    float maximum, slope, numerator, scale;

    __device__ __forceinline__ explicit WeightRule(const Step& step) {
        int mine = 0;
        for (uint32 i = threadIdx.x; i < step.average_blocks; i += block_threads)
            mine = larger(mine, step.maxima[i]);
        maximum = __int_as_float(largest_in_block(mine));
        slope = step.slope;
        numerator = step.numerator;
        scale = step.scale;
        if (maximum < step.smallest_maximum) {
            maximum = 1.0f;
            slope = 0.0f;
            numerator = step.all_zero_weight;
        }
    }

    __device__ __forceinline__ float weight(float average) const {
        const float excess = average / maximum * slope;
        return numerator / (excess + 1.0f) * scale;
    }
};

__device__ __forceinline__ float updated_backward_step(const Step& step, const WeightRule& rule, float backward_step,
                                                       float average) {
    return backward_step * step.backward_kept + rule.weight(average) * step.backward_fresh;
}

// Of groups that are not single entries, kept in the state.
extern "C" __global__ void __launch_bounds__(256) backward_steps(const Step step) {
    const WeightRule rule(step);
    for (uint32 i = blockIdx.x * block_threads + threadIdx.x; i < step.groups; i += gridDim.x * block_threads)
        step.backward_step[i] = updated_backward_step(step, rule, step.backward_step[i], step.average[i]);
}

__device__ __forceinline__ uint32 group_of(const Step& step, uint32 entry) {
    const uint32 run = quotient(entry, step.by_run);
    const uint32 repetition = quotient(run, step.by_inner);
    const uint32 inner = run - repetition * step.inner;
    return quotient(repetition, step.by_across) * step.inner + inner;
}

// Where the backward step of an entry comes from: one for all entries;
struct Constant {
    __device__ __forceinline__ explicit Constant(const Step&) {}
    __device__ __forceinline__ float one(const Step& step, uint32) const {
        return step.constant_backward_step;
    }
    __device__ __forceinline__ float4 four(const Step& step, uint32) const {
        const float b = step.constant_backward_step;
        return make_float4(b, b, b, b);
    }
};

// the state, entry by entry, updated on the way;
struct StoredByEntry {
    WeightRule rule;
    __device__ __forceinline__ explicit StoredByEntry(const Step& step) : rule(step) {}
    __device__ __forceinline__ float one(const Step& step, uint32 i) const {
        return step.backward_step[i] = updated_backward_step(step, rule, step.backward_step[i], step.average[i]);
    }
    __device__ __forceinline__ float4 four(const Step& step, uint32 vector) const {
        const float4 a = reinterpret_cast<const float4*>(step.average)[vector];
        float4 b = reinterpret_cast<const float4*>(step.backward_step)[vector];
        b.x = updated_backward_step(step, rule, b.x, a.x);
        b.y = updated_backward_step(step, rule, b.y, a.y);
        b.z = updated_backward_step(step, rule, b.z, a.z);
        b.w = updated_backward_step(step, rule, b.w, a.w);
        return reinterpret_cast<float4*>(step.backward_step)[vector] = b;
    }
};

// the weight, entry by entry;
struct PassingByEntry {
    WeightRule rule;
    __device__ __forceinline__ explicit PassingByEntry(const Step& step) : rule(step) {}
    __device__ __forceinline__ float one(const Step& step, uint32 i) const {
        return rule.weight(step.average[i]) * step.backward_fresh;
    }
    __device__ __forceinline__ float4 four(const Step& step, uint32 vector) const {
        const float4 a = reinterpret_cast<const float4*>(step.average)[vector];
        return make_float4(rule.weight(a.x) * step.backward_fresh, rule.weight(a.y) * step.backward_fresh,
                           rule.weight(a.z) * step.backward_fresh, rule.weight(a.w) * step.backward_fresh);
    }
};

// the state, group by group, updated already;
struct StoredByGroup {
    __device__ __forceinline__ explicit StoredByGroup(const Step&) {}
    __device__ __forceinline__ float one(const Step& step, uint32 i) const {
        return step.backward_step[group_of(step, i)];
    }
    __device__ __forceinline__ float4 four(const Step& step, uint32 vector) const {
        const uint32 i = 4 * vector;
        return make_float4(one(step, i), one(step, i + 1), one(step, i + 2), one(step, i + 3));
    }
};

// or the weight, group by group.
struct PassingByGroup {
    WeightRule rule;
    __device__ __forceinline__ explicit PassingByGroup(const Step& step) : rule(step) {}
    __device__ __forceinline__ float one(const Step& step, uint32 i) const {
        return rule.weight(step.average[group_of(step, i)]) * step.backward_fresh;
    }
    __device__ __forceinline__ float4 four(const Step& step, uint32 vector) const {
        const uint32 i = 4 * vector;
        return make_float4(one(step, i), one(step, i + 1), one(step, i + 2), one(step, i + 3));
    }
};

// ---- Second pass: entries ----

__device__ __forceinline__ float soft_threshold(float threshold, float x) {
    return fabsf(x) <= threshold ? 0.0f : x - copysignf(threshold, x); // NaN in either stays NaN
}

// kept average + fresh (g + decay x).
__device__ __forceinline__ float average_gradient(const Step& step, float average, float g, float x) {
    const float slope = g + x * step.weight_decay;
    return flushed(average * step.kept + slope * step.fresh);
}

// v = kept v + fresh (g + decay x); z = averaging z + rest x - h v; x = S(z, strength b).
struct DualAveraging {
    static const bool reads_parameter = true, reads_second = true, writes_second = true;
    __device__ static __forceinline__ void advance(const Step& step, float b, float g, float& x, float& v, float& z) {
        v = average_gradient(step, v, g, x);
        const float centre = z * step.averaging + x * step.rest;
        z = flushed(centre - v * step.step_size);
        x = soft_threshold(b * step.strength, z);
    }
};

// v = kept v + fresh (g + decay x); x = S(x - h v, strength b).
struct ProximalSgd {
    static const bool reads_parameter = true, reads_second = false, writes_second = false;
    __device__ static __forceinline__ void advance(const Step& step, float b, float g, float& x, float& v, float&) {
        v = average_gradient(step, v, g, x);
        x = soft_threshold(b * step.strength, flushed(x - v * step.step_size));
    }
};

// G = kept G + fresh (g + decay x); x = S(x_0 - r G, strength (r W + rho)), where r is the step size.
struct Rda {
    static const bool reads_parameter = true, reads_second = true, writes_second = false;
    __device__ static __forceinline__ void advance(const Step& step, float b, float g, float& x, float& average, float& start) {
        average = average_gradient(step, average, g, x);
        const float z = flushed(start - average * step.step_size);
        const float backward_step = b * step.step_size + step.enhancement;
        x = soft_threshold(backward_step * step.strength, z);
    }
};

// z = z - h g; x = S(z, strength b).
struct Grda {
    static const bool reads_parameter = false, reads_second = false, writes_second = false;
    __device__ static __forceinline__ void advance(const Step& step, float b, float g, float& x, float& z, float&) {
        z = flushed(z - g * step.step_size);
        x = soft_threshold(b * step.strength, z);
    }
};

template <class Method, class Source> __device__ __forceinline__ void advance_entries(const Step& step) {
    const Source source(step);
    const uint32 first = blockIdx.x * block_threads + threadIdx.x;
    const uint32 threads = gridDim.x * block_threads;
    for (uint32 i = first; i < step.vectors; i += threads) {
        const float4 g = reinterpret_cast<const float4*>(step.gradient)[i];
        float4 p = reinterpret_cast<const float4*>(step.first)[i];
        float4 x = make_float4(0.0f, 0.0f, 0.0f, 0.0f), q = x;
        if (Method::reads_parameter)
            x = reinterpret_cast<const float4*>(step.parameter)[i];
        if (Method::reads_second)
            q = reinterpret_cast<const float4*>(step.second)[i];
        const float4 b = source.four(step, i);
        Method::advance(step, b.x, g.x, x.x, p.x, q.x);
        Method::advance(step, b.y, g.y, x.y, p.y, q.y);
        Method::advance(step, b.z, g.z, x.z, p.z, q.z);
        Method::advance(step, b.w, g.w, x.w, p.w, q.w);
        reinterpret_cast<float4*>(step.first)[i] = p;
        if (Method::writes_second)
            reinterpret_cast<float4*>(step.second)[i] = q;
        reinterpret_cast<float4*>(step.parameter)[i] = x;
    }
    for (uint32 i = 4 * step.vectors + first; i < step.entries; i += threads) {
        float p = step.first[i], x = 0.0f, q = 0.0f;
        if (Method::reads_parameter)
            x = step.parameter[i];
        if (Method::reads_second)
            q = step.second[i];
        Method::advance(step, source.one(step, i), step.gradient[i], x, p, q);
        step.first[i] = p;
        if (Method::writes_second)
            step.second[i] = q;
        step.parameter[i] = x;
    }
}

#define KERNEL(name, Method, Source)                                                                                               \
    extern "C" __global__ void __launch_bounds__(256) name(const Step step) {                                                      \
        advance_entries<Method, Source>(step);                                                                                     \
    }

// Of every method the backward steps are either kept in the state or passing.
#define KERNELS(name, Method, ByEntry, ByGroup)                                                                                    \
    KERNEL(name##_constant, Method, Constant)                                                                                      \
    KERNEL(name##_by_entry, Method, ByEntry)                                                                                       \
    KERNEL(name##_by_group, Method, ByGroup)

KERNELS(dual_averaging, DualAveraging, StoredByEntry, StoredByGroup)
KERNELS(proximal_sgd, ProximalSgd, PassingByEntry, PassingByGroup)
KERNELS(rda, Rda, StoredByEntry, StoredByGroup)
KERNELS(grda, Grda, StoredByEntry, StoredByGroup)
