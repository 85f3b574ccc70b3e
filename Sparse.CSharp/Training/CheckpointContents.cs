using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>What of a run goes into a checkpoint, and back.</summary>
internal static class CheckpointContents
{
    private const string ModelPrefix = "model.";
    private const string OptimizerPrefix = "optimizer.";
    private const string LossesName = "trainer.losses";
    private const string RandomName = "trainer.randomState";

    /// <summary>Every tensor by name; those of model, optimizer and losses are borrowed.</summary>
    public static Dictionary<string, torch.Tensor> Collect(torch.nn.Module model, Xrda optimizer, EpochLosses losses)
    {
        var tensors = new Dictionary<string, torch.Tensor> { [LossesName] = losses.Values, [RandomName] = torch.get_rng_state() };
        foreach (var (name, tensor) in ModelWeights.Of(model))
        {
            tensors.Add(ModelPrefix + name, tensor);
        }

        foreach (var (name, tensor) in optimizer.StateTensors())
        {
            tensors.Add(OptimizerPrefix + name, tensor);
        }

        return tensors;
    }

    /// <exception cref="CheckpointException">The checkpoint is of other settings, or does not fit the network.</exception>
    public static void Restore(Checkpoint checkpoint, SparseTrainerOptions options, torch.nn.Module model, Xrda optimizer, EpochLosses losses)
    {
        // Where threads and device differ, training still goes on, only not to the same bits.
        if (Comparable(checkpoint.Options) != Comparable(options))
        {
            throw Misfit($"Its settings differ: it has {checkpoint.Options}, the trainer {options}.");
        }

        ModelWeights.Restore(model, checkpoint.TensorsUnder(ModelPrefix), "checkpoint");
        try
        {
            optimizer.RestoreState(checkpoint.TensorsUnder(OptimizerPrefix));
            losses.Values.copy_(checkpoint.Tensors[LossesName]);
            torch.set_rng_state(checkpoint.Tensors[RandomName]);
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException)
        {
            throw Misfit(error.Message, error);
        }
    }

    private static SparseTrainerOptions Comparable(SparseTrainerOptions options) =>
        options with { Device = ComputeDevice.Cpu, Threads = null, EvaluationBatchSize = 1, KeptCheckpoints = 1 };

    private static CheckpointException Misfit(string why, Exception? inner = null) =>
        new(
            "checkpoint",
            what: "The checkpoint does not belong to this run.",
            why: why,
            fix: "Resume with the model and the settings that it was written with.",
            inner: inner);
}
