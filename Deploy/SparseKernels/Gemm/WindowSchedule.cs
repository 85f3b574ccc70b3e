namespace SparseHybrid.Kernels;

/// <summary>
/// The order in which several rows at a time meet their values, one row a lane. Processors pick any of some neighbouring floats into the
/// lanes of a vector by one instruction, several times faster than they gather them from memory. So a step has a window of inputs; it starts
/// at, or just below, the first value of any row that is still to come, and every row whose next value lies within takes part, the others
/// wait. With 16 lanes and windows of 32 about half of the lanes work in a step at 95 % zeros, three quarters at 80 %.
/// </summary>
internal sealed class WindowSchedule
{
    private readonly int lanes;
    private readonly int width;
    private readonly int alignment;
    private readonly List<int> windows = [];
    private readonly List<byte> places = [];
    private readonly List<float> values = [];
    private readonly List<int> groupStarts = [0];

    /// <summary>Schedules all rows.</summary>
    /// <param name="matrix">The weights.</param>
    /// <param name="order">The row of each lane, group after group: those of <see cref="Order"/>.</param>
    /// <param name="lanes">Rows at a time.</param>
    /// <param name="width">Inputs in a window, at most 256.</param>
    /// <param name="alignment">Windows start at multiples of it; less than the width, or equal.</param>
    public WindowSchedule(SparseMatrix matrix, ReadOnlySpan<int> order, int lanes, int width, int alignment)
    {
        (this.lanes, this.width, this.alignment) = (lanes, width, alignment);
        for (var group = 0; group < order.Length; group += lanes)
        {
            AddGroup(matrix, order.Slice(group, lanes));
            groupStarts.Add(windows.Count);
        }
    }

    /// <summary>Where the window of each step starts.</summary>
    public int[] Windows => [.. windows];

    /// <summary>For each step the places of the lanes within the window; 0 for lanes that wait.</summary>
    public byte[] Places => [.. places];

    /// <summary>For each step the values of the lanes; 0 for lanes that wait.</summary>
    public float[] Values => [.. values];

    /// <summary>The first step of each group, and behind the last group the number of steps.</summary>
    public int[] GroupStarts => [.. groupStarts];

    /// <summary>
    /// The rows in the order of the matrix, or sorted by their number of values where that keeps clearly more lanes busy: a group takes at
    /// least as many steps as its fullest row has values. Lanes that are left over have the row -1.
    /// </summary>
    public static int[] Order(SparseMatrix matrix, int lanes)
    {
        var rows = matrix.Rows;
        var padding = Enumerable.Repeat(-1, (lanes - (rows % lanes)) % lanes);
        int[] asTheyCome = [.. Enumerable.Range(0, rows), .. padding];
        int[] sorted = [.. Enumerable.Range(0, rows).OrderByDescending(row => Count(matrix, row)), .. padding];
        return 10L * FewestSteps(asTheyCome) > 11L * FewestSteps(sorted) ? sorted : asTheyCome;

        long FewestSteps(int[] order) => order.Chunk(lanes).Sum(group => (long)group.Max(row => row < 0 ? 0 : Count(matrix, row)));
    }

    private static int Count(SparseMatrix matrix, int row) => matrix.RowStarts[row + 1] - matrix.RowStarts[row];

    private void AddGroup(SparseMatrix matrix, ReadOnlySpan<int> rows)
    {
        Span<int> next = stackalloc int[lanes];
        Span<int> end = stackalloc int[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            (next[lane], end[lane]) = rows[lane] < 0 ? (0, 0) : (matrix.RowStarts[rows[lane]], matrix.RowStarts[rows[lane] + 1]);
        }

        while (FirstColumn(matrix, next, end) is var first and < int.MaxValue)
        {
            AddStep(matrix, next, end, first / alignment * alignment);
        }
    }

    private int FirstColumn(SparseMatrix matrix, ReadOnlySpan<int> next, ReadOnlySpan<int> end)
    {
        var first = int.MaxValue;
        for (var lane = 0; lane < lanes; lane++)
        {
            first = next[lane] < end[lane] ? Math.Min(first, matrix.ColumnIndices[next[lane]]) : first;
        }

        return first;
    }

    private void AddStep(SparseMatrix matrix, Span<int> next, ReadOnlySpan<int> end, int window)
    {
        windows.Add(window);
        for (var lane = 0; lane < lanes; lane++)
        {
            var place = next[lane] < end[lane] ? matrix.ColumnIndices[next[lane]] - window : width;
            var takesPart = place < width;
            places.Add(takesPart ? (byte)place : (byte)0);
            values.Add(takesPart ? matrix.Values[next[lane]++] : 0f);
        }
    }
}
