// Shows that an interrupted run ends with the same bits as one that was not, and how lambda is steered to a share of zeros: the same
// training once in one go, once cancelled in the middle and resumed.
// Prints where the second run was cancelled, what the controller did in each epoch, and the SHA-256 of both runs' weights.
//
//     dotnet run -c Release --project samples/ResumeTraining [EPOCHS] [FOLDER OF THE IDX FILES] [FOLDER FOR THE RUNS]

using System.Security.Cryptography;
using SparseHybrid.Runs;
using SparseHybrid.Training;

var epochs = args.Length > 0 ? int.Parse(args[0]) : 4;
var folder = args.Length > 2 ? args[2] : $"resume-training-{DateTime.Now:yyyyMMdd-HHmmss}";
var settings = new TrainingRunSettings
{
    Data = "fashion-mnist",
    DataFolder = args.Length > 1 ? args[1] : null,
    Model = "lenet-300-100",
    RunPath = Path.Combine(folder, "in-one-go"),
    Options = new SparseTrainerOptions { Epochs = epochs, Threads = 1 }.WithTargetSparsity(0.95),
};
TrainingRun.Start(settings);

var interrupted = settings with { RunPath = Path.Combine(folder, "interrupted") };
using var cancellation = new CancellationTokenSource();
try
{
    TrainingRun.Start(interrupted, new CancelInTheMiddle(cancellation), cancellationToken: cancellation.Token);
}
catch (OperationCanceledException)
{
    Console.WriteLine("It stopped after the step under way, with a checkpoint of it; resuming.");
}

var report = TrainingRun.Resume(interrupted.RunPath);
Console.WriteLine($"{report.TargetSparsity!.Explanation} {report.TestAccuracy:P1} of the test images are classified rightly.");

var run = RunFolder.Open(interrupted.RunPath);
foreach (var epoch in run.ReadMetrics())
{
    var trace = epoch.Control!.Select(moment => $"{moment.Lambda:0.0e-0} {100 * moment.Sparsity,4:0.0} %");
    Console.WriteLine($"epoch {epoch.Epoch}, lambda and zeros: {string.Join(" | ", trace)}");
}

var (expected, found) = (Hash(settings.RunPath), Hash(interrupted.RunPath));
Console.WriteLine($"in one go    {expected}");
Console.WriteLine($"interrupted  {found}");
Console.WriteLine(expected == found ? "The weights are the same, bit for bit." : "The weights differ.");
return expected == found ? 0 : 1;

static string Hash(string run) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(RunFolder.Open(run).ModelPath)));

/// <summary>Cancels once more than half of the run is done. Unlike Progress of .NET it is called at once, on the thread that trains.</summary>
internal sealed class CancelInTheMiddle(CancellationTokenSource cancellation) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Fraction > 0.5 && !cancellation.IsCancellationRequested)
        {
            Console.WriteLine($"Cancelled in epoch {value.Epoch} of {value.Epochs}, after batch {value.Batch} of {value.BatchesPerEpoch}.");
            cancellation.Cancel();
        }
    }
}
