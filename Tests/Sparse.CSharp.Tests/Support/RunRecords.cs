using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Support;

public static class RunRecords
{
    public static RunRecord Small(string model = "lenet-300-100") => new()
    {
        Method = "xrda",
        Model = new ModelDescription(model, Classes: 10, InputShape: [1, DigitsFolder.Size, DigitsFolder.Size]),
        Data = new DataDescription("mnist", "/data", Mean: [0.1307], StandardDeviation: [0.3081], TrainingImages: 200, TestImages: 60),
        Options = new SparseTrainerOptions { Epochs = 2 },
        Environment = RunEnvironment.Current(),
        Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    public static EpochSummary Epoch(int epoch) => new()
    {
        Epoch = epoch,
        Step = 2 * epoch,
        TrainLoss = 1.0 / 3.0,
        TestLoss = 0.1,
        TestAccuracy = 0.875,
        Sparsity = 0.5,
        Nonzeros = 12,
        StepSize = 1e-17,
        Averaging = 1,
        Seconds = 0.25 * epoch,
    };
}
