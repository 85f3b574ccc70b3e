using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparseHybrid.Kernels;

/// <summary>One sample times sparse rows on AVX-512, 16 rows at once, by a <see cref="WindowSchedule"/>.</summary>
internal sealed unsafe class WindowProduct : ISampleProduct
{
    private const int Lanes = WindowSchedule.Lanes;

    private readonly NativeArray<int> starts;
    private readonly NativeArray<int> windows;
    private readonly NativeArray<byte> places;
    private readonly NativeArray<float> values;
    private readonly NativeArray<float> bias;
    private readonly NativeArray<int> rows;
    private readonly bool relu;
    private readonly bool asTheyCome;

    /// <summary>Schedules the rows and copies what it needs.</summary>
    public WindowProduct(SparseMatrix matrix, ReadOnlySpan<float> bias, bool relu)
    {
        var order = WindowSchedule.Order(matrix);
        var schedule = new WindowSchedule(matrix, order);
        starts = new NativeArray<int>(schedule.GroupStarts);
        windows = new NativeArray<int>(schedule.Windows);
        places = new NativeArray<byte>(schedule.Places);
        values = new NativeArray<float>(schedule.Values);
        rows = new NativeArray<int>(order);
        this.bias = new NativeArray<float>(order.Length);
        this.relu = relu;
        asTheyCome = order.AsSpan(0, matrix.Rows).SequenceEqual([.. Enumerable.Range(0, matrix.Rows)]);
        for (var lane = 0; lane < order.Length; lane++)
        {
            this.bias.Span[lane] = order[lane] < 0 ? 0f : bias[order[lane]];
        }
    }

    /// <inheritdoc/>
    public int FewSamples => 5;

    /// <inheritdoc/>
    public ReadOnlySpan<int> WorkBefore => starts.Span;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* x, float* y, int firstGroup, int endGroup)
    {
        for (var group = firstGroup; group < endGroup; group++)
        {
            var sums = Sums(x, group);
            Write(relu ? Lanes512.Relu(sums) : sums, rows.Pointer + (group * Lanes), y);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        starts.Dispose();
        windows.Dispose();
        places.Dispose();
        values.Dispose();
        bias.Dispose();
        rows.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Sums(float* x, int group)
    {
        var (even, odd) = (Vector512.Load(bias.Pointer + (group * Lanes)), Vector512<float>.Zero);
        var (step, end) = (starts.Pointer[group], starts.Pointer[group + 1]);
        var window = windows.Pointer + step;
        var place = places.Pointer + ((nint)step * Lanes);
        var value = values.Pointer + ((nint)step * Lanes);
        for (; step + 2 <= end; step += 2, window += 2, place += 2 * Lanes, value += 2 * Lanes)
        {
            even = Vector512.FusedMultiplyAdd(Pick(x + window[0], place), Vector512.Load(value), even);
            odd = Vector512.FusedMultiplyAdd(Pick(x + window[1], place + Lanes), Vector512.Load(value + Lanes), odd);
        }

        if (step < end)
        {
            even = Vector512.FusedMultiplyAdd(Pick(x + window[0], place), Vector512.Load(value), even);
        }

        return even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pick(float* window, byte* places) => Avx512F.PermuteVar16x32x2(
        Vector512.Load(window), Avx512F.ConvertToVector512Int32(Vector128.Load(places)), Vector512.Load(window + Lanes));

    private void Write(Vector512<float> sums, int* rows, float* y)
    {
        if (asTheyCome && rows[Lanes - 1] >= 0)
        {
            sums.Store(y + rows[0]);
            return;
        }

        var outputs = stackalloc float[Lanes];
        sums.Store(outputs);
        for (var lane = 0; lane < Lanes && rows[lane] >= 0; lane++)
        {
            y[rows[lane]] = outputs[lane];
        }
    }
}
