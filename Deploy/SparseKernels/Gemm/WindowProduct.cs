using System.Runtime.CompilerServices;

namespace SparseHybrid.Kernels;

/// <summary>One sample times sparse rows, as many rows at once as a vector has lanes, by a <see cref="WindowSchedule"/>.</summary>
/// <typeparam name="TLanes">The width of vectors.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TWindow">How lanes pick their inputs.</typeparam>
internal sealed unsafe class WindowProduct<TLanes, TVector, TWindow> : ISampleProduct
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
    where TWindow : struct, IWindow<TVector>
{
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
        var order = WindowSchedule.Order(matrix, TLanes.Count);
        var schedule = new WindowSchedule(matrix, order, TLanes.Count, TWindow.Width, TWindow.Alignment);
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
    public int FewSamples => TWindow.FewSamples;

    /// <inheritdoc/>
    public ReadOnlySpan<int> WorkBefore => starts.Span;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(float* x, float* y, int firstGroup, int endGroup)
    {
        for (var group = firstGroup; group < endGroup; group++)
        {
            var sums = Sums(x, group);
            Write(relu ? TLanes.Relu(sums) : sums, rows.Pointer + (group * TLanes.Count), y);
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
    private TVector Sums(float* x, int group)
    {
        var (even, odd) = (TLanes.Load(bias.Pointer + (group * TLanes.Count)), TLanes.Zero);
        var (step, end) = (starts.Pointer[group], starts.Pointer[group + 1]);
        var window = windows.Pointer + step;
        var place = places.Pointer + ((nint)step * TLanes.Count);
        var value = values.Pointer + ((nint)step * TLanes.Count);
        for (; step + 2 <= end; step += 2, window += 2, place += 2 * TLanes.Count, value += 2 * TLanes.Count)
        {
            even = TLanes.MultiplyAdd(TWindow.Pick(x + window[0], place), TLanes.Load(value), even);
            odd = TLanes.MultiplyAdd(TWindow.Pick(x + window[1], place + TLanes.Count), TLanes.Load(value + TLanes.Count), odd);
        }

        if (step < end)
        {
            even = TLanes.MultiplyAdd(TWindow.Pick(x + window[0], place), TLanes.Load(value), even);
        }

        return TLanes.Add(even, odd);
    }

    private void Write(TVector sums, int* rows, float* y)
    {
        if (asTheyCome && rows[TLanes.Count - 1] >= 0)
        {
            TLanes.Store(sums, y + rows[0]);
            return;
        }

        var outputs = stackalloc float[TLanes.Count];
        TLanes.Store(sums, outputs);
        for (var lane = 0; lane < TLanes.Count && rows[lane] >= 0; lane++)
        {
            y[rows[lane]] = outputs[lane];
        }
    }
}
