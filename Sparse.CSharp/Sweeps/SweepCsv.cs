using SparseHybrid.Runs;

namespace SparseHybrid.Sweeps;

/// <summary>Results of a sweep as CSV (RFC 4180), numbers as JSON writes them, an empty field for what does not apply.</summary>
public static class SweepCsv
{
    /// <summary>A line for every run.</summary>
    public static string Of(IEnumerable<SweepRun> runs) => Csv.Write(
        ["run", "method", "lambda", "targetSparsity", "seed", "start", "epochs", "testAccuracy", "testLoss", "trainLoss", "sparsity", "nonzeros", "parameters", "seconds", "processorSeconds"],
        runs.Select(run => new object?[]
        {
            run.Run, run.Method, run.Lambda, run.TargetSparsity, run.Seed, run.Start, run.Epochs, run.TestAccuracy, run.TestLoss, run.TrainLoss, run.Sparsity,
            run.Nonzeros, run.Parameters, run.Seconds, run.ProcessorSeconds,
        }));

    /// <summary>A line for every method and value.</summary>
    public static string Of(IEnumerable<FrontEntry> front) => Csv.Write(
        ["method", "lambda", "targetSparsity", "seeds", .. Columns("testAccuracy"), .. Columns("sparsity"), .. Columns("nonzeros"), "isOnFront"],
        front.Select(entry => (object?[])
        [
            entry.Method, entry.Lambda, entry.TargetSparsity, entry.Seeds, .. Fields(entry.TestAccuracy), .. Fields(entry.Sparsity), .. Fields(entry.Nonzeros),
            entry.IsOnFront ? "true" : "false",
        ]));

    private static IEnumerable<string> Columns(string quantity) =>
        new[] { "Mean", "StandardDeviation", "Minimum", "Maximum" }.Select(figure => quantity + figure);

    private static IEnumerable<object?> Fields(Spread spread) => [spread.Mean, spread.StandardDeviation, spread.Minimum, spread.Maximum];
}
