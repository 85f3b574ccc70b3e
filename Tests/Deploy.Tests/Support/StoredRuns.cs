using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Sweeps;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>In place of training: networks with random weights, of which sparse methods have most units of the first layer at zero.</summary>
/// <param name="accuracies">Test accuracy of a run, by its seed.</param>
internal sealed class StoredRuns(IReadOnlyDictionary<long, double> accuracies) : IPointTrainer
{
    public int MostAtOnce => 1;

    public Task Train(PointAssignment assignment, Action<EpochSummary> onEpoch, CancellationToken cancellationToken)
    {
        var (settings, isSparse) = (assignment.Settings, assignment.Settings.Options.Method.HasPenalty);
        var description = new ModelDescription(settings.Model, 10, [1, 28, 28]) { Settings = settings.ModelSettings };
        using var folder = RunFolder.Create(settings.RunPath, new RunRecord
        {
            Method = settings.Options.Method.Name,
            Model = description,
            Data = new DataDescription(settings.Data, settings.DataFolder!, [0.1307], [0.3081], 3, 3),
            Options = settings.Options,
            Environment = RunEnvironment.Current(),
            Started = DateTimeOffset.UnixEpoch,
        });
        using var scope = torch.NewDisposeScope();
        using var model = ModelCatalog.Create(description);
        if (isSparse)
        {
            ClearUnits(model);
        }

        folder.SaveModel(model);
        folder.WriteMetrics([SampleFindings.Epoch(1)]);
        folder.WriteRecord(folder.Record with { Result = Result(settings.Options, accuracies[settings.Options.Seed], isSparse ? 0.75 : 0) });
        return Task.CompletedTask;
    }

    private static void ClearUnits(torch.nn.Module model)
    {
        using var _ = torch.no_grad();
        foreach (var parameter in model.parameters().Take(2)) // weights and biases of the first layer
        {
            parameter.narrow(0, 0, 3 * parameter.shape[0] / 4).zero_();
        }
    }

    private static TrainingReport Result(SparseTrainerOptions options, double accuracy, double sparsity) =>
        SampleFindings.Result(options, accuracy) with { Sparsity = sparsity };
}
