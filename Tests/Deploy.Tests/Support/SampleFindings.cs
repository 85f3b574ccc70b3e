using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>What a report knows about runs that never took place.</summary>
internal static class SampleFindings
{
    public static RunFindings Of(string name, SparseTrainerOptions? options = null, double? accuracy = 0.9, string model = "lenet-300-100")
    {
        options ??= new SparseTrainerOptions { Epochs = 2 };
        var record = new RunRecord
        {
            Method = options.Method.Name,
            Model = new ModelDescription(model, 10, [1, 28, 28]),
            Data = new DataDescription("mnist", "/data", [0.1307], [0.3081], 60_000, 10_000),
            Options = options,
            Environment = new RunEnvironment("0.1.0", "10.0.1", "TorchSharp 0.107.0", "1.13.1", "Debian 12", "A processor", 2, 1),
            Started = DateTimeOffset.UnixEpoch,
            Result = accuracy is { } share ? Result(options, share) : null,
        };
        return new RunFindings(record)
        {
            Name = name,
            Path = $"/runs/{name}",
            Epochs = [Epoch(1), Epoch(2)],
            TestProblem = "The test data cannot be read.",
        };
    }

    public static TrainingReport Result(SparseTrainerOptions options, double accuracy) => new()
    {
        StopReason = StopReason.EpochsDone,
        StopExplanation = "All 2 epochs are done.",
        Epochs = options.Epochs,
        Seed = options.Seed,
        TestAccuracy = accuracy,
        TestLoss = 0.3,
        TrainLoss = 0.2,
        Sparsity = 0.95,
        RegularisedWeights = 266_200,
        Nonzeros = 13_500,
        Parameters = 266_610,
        Seconds = 12,
    };

    public static EpochSummary Epoch(int epoch) => new()
    {
        Epoch = epoch,
        Step = 100 * epoch,
        TrainLoss = 1.0 / epoch,
        TestLoss = null,
        TestAccuracy = null,
        Sparsity = 0.4 * epoch,
        Nonzeros = 1000,
        StepSize = 1,
        Averaging = 0,
        Strength = 1e-6,
        Seconds = epoch,
    };
}
