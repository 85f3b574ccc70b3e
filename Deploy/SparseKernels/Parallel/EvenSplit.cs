namespace SparseHybrid.Kernels;

/// <summary>Cuts a row of items of unequal work into parts of about the same.</summary>
internal static class EvenSplit
{
    /// <summary>The first item of a part; it ends where the next part starts.</summary>
    /// <param name="workBefore">The work before each item, and behind the last item all of it; never descending.</param>
    /// <param name="part">From 0 to <paramref name="parts"/>, which is the end of the last part.</param>
    /// <param name="parts">At least 1.</param>
    public static int Start(ReadOnlySpan<int> workBefore, int part, int parts)
    {
        if (part == parts)
        {
            return workBefore.Length - 1;
        }

        var target = (int)((long)workBefore[^1] * part / parts);
        var (low, high) = (0, workBefore.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = workBefore[middle] < target ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
