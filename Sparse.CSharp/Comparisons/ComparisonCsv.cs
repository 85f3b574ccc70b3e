using SparseHybrid.Runs;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Comparisons;

/// <summary>Results of a comparison as CSV (RFC 4180): a line for each arm and value, with its difference to the subject where there is one.</summary>
public static class ComparisonCsv
{
    /// <summary>The table.</summary>
    public static string Of(ComparisonReport report) => Csv.Write(
        [
            "arm", "role", "method", "lambda", "targetSparsity", "epochs", "seeds", .. Columns("testAccuracy"), .. Columns("sparsity"), .. Columns("nonzeros"), .. Columns("gap"),
            .. Columns("zeroFilters"), .. Columns("zeroKernels"), "missedTarget", "secondsMean", "processorSecondsMean",
        ],
        report.Rows.Select(row => (object?[])
        [
            row.Arm, row.Role, row.Method, row.Lambda, row.TargetSparsity, row.Epochs, row.Seeds, .. Fields(row.TestAccuracy), .. Fields(row.Sparsity), .. Fields(row.Nonzeros),
            .. Fields(row.Gap), .. Fields(row.ZeroFilters), .. Fields(row.ZeroKernels), row.MissedTarget ? "true" : "false", row.Seconds, row.ProcessorSeconds,
        ]));

    private static IEnumerable<string> Columns(string quantity) => [$"{quantity}Mean", $"{quantity}StandardDeviation"];

    private static IEnumerable<object?> Fields(Spread? spread) => [spread?.Mean, spread?.StandardDeviation];
}
