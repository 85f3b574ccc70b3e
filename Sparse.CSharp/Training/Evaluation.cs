using SparseHybrid.Data;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Training;

/// <summary>How well a network does on data that it does not learn from.</summary>
/// <param name="Accuracy">Share classified rightly (0..1).</param>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Samples">How many samples were judged.</param>
public sealed record Evaluation(double Accuracy, double Loss, long Samples)
{
    /// <summary>Runs the network over every batch in evaluation mode, without gradients; its mode is put back afterwards.</summary>
    /// <param name="model">Gives logits [B, classes] for inputs [B, ...].</param>
    /// <param name="batches">The data, on the network's device.</param>
    public static Evaluation Of(Module<torch.Tensor, torch.Tensor> model, IBatchSource batches)
    {
        var wasTraining = model.training;
        model.eval();
        try
        {
            return Measure(model, batches);
        }
        finally
        {
            model.train(wasTraining);
        }
    }

    // The sums stay on the device, so that the host waits for it once and not at every batch.
    private static Evaluation Measure(Module<torch.Tensor, torch.Tensor> model, IBatchSource batches)
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var epoch = batches.OpenEpoch(0);
        torch.Tensor? right = null, loss = null;
        var samples = 0L;
        for (var index = 0; index < batches.BatchesPerEpoch; index++)
        {
            using var batchScope = torch.NewDisposeScope();
            var batch = epoch.Read(index);
            var logits = model.call(batch.Inputs);
            var batchRight = logits.argmax(1).eq(batch.Labels).sum();
            var batchLoss = functional.cross_entropy(logits, batch.Labels, reduction: Reduction.Sum).to(torch.ScalarType.Float64);
            right = (right is null ? batchRight : right + batchRight).MoveToOuterDisposeScope();
            loss = (loss is null ? batchLoss : loss + batchLoss).MoveToOuterDisposeScope();
            samples += batch.Labels.shape[0];
        }

        return new Evaluation(right!.item<long>() / (double)samples, loss!.item<double>() / samples, samples);
    }
}
