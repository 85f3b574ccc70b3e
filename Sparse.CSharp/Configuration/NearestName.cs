namespace SparseHybrid.Configuration;

/// <summary>What someone may have meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest slips (a letter too many, too few, wrong or swapped) from the word, whatever their case.</summary>
    /// <param name="word">As it was written.</param>
    /// <param name="names">At least one.</param>
    public static string Of(string word, IEnumerable<string> names) => names.MinBy(name => Distance(word.ToUpperInvariant(), name.ToUpperInvariant()))!;

    // Damerau and Levenshtein: two letters the wrong way round are one slip.
    private static int Distance(string from, string to)
    {
        var slips = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                slips[i, j] = i == 0 || j == 0 ? i + j : Least(i, j);
            }
        }

        return slips[from.Length, to.Length];

        int Least(int i, int j)
        {
            var replaced = slips[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            var isSwap = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            var swapped = isSwap ? slips[i - 2, j - 2] + 1 : int.MaxValue;
            return Math.Min(Math.Min(replaced, swapped), Math.Min(slips[i - 1, j], slips[i, j - 1]) + 1);
        }
    }
}
