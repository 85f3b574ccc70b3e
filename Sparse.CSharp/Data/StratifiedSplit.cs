namespace SparseHybrid.Data;

/// <summary>Sets aside rows to judge by, the same share of every class.</summary>
internal static class StratifiedSplit
{
    /// <summary>Which rows are set aside: a function of labels, share and seed.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="share">Share to set aside, above 0 and below 1. A class of one row stays whole.</param>
    /// <param name="seed">Seed of the draw.</param>
    public static bool[] Of(long[] labels, double share, long seed)
    {
        var isTest = new bool[labels.Length];
        foreach (var rows in labels.Select((label, row) => (label, row)).GroupBy(pair => pair.label, pair => pair.row))
        {
            var members = rows.ToArray();
            var order = ShuffledOrder.ForEpoch(seed, checked((int)rows.Key), members.Length);
            var count = Math.Min(members.Length - 1, (int)Math.Round(share * members.Length));
            foreach (var member in order.Take(count))
            {
                isTest[members[member]] = true;
            }
        }

        return isTest;
    }
}
