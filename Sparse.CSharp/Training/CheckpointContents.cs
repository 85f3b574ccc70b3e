using System.Text.Json;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>What of a run goes into a checkpoint, and back.</summary>
internal static class CheckpointContents
{
    private const string ModelPrefix = "model.";
    private const string LossesName = "trainer.losses";
    private const string RandomName = "trainer.randomState";

    /// <summary>Every tensor by name; those of model, owners and losses are borrowed.</summary>
    /// <param name="model">The network.</param>
    /// <param name="owners">What else remembers something, by the prefix of its tensors.</param>
    /// <param name="losses">Losses of the epoch under way.</param>
    public static Dictionary<string, torch.Tensor> Collect(
        torch.nn.Module model, IReadOnlyList<(string Prefix, IStateOwner Owner)> owners, EpochLosses losses)
    {
        var tensors = new Dictionary<string, torch.Tensor> { [LossesName] = losses.Values, [RandomName] = torch.get_rng_state() };
        foreach (var (name, tensor) in ModelWeights.Of(model))
        {
            tensors.Add(ModelPrefix + name, tensor);
        }

        foreach (var (prefix, owner) in owners)
        {
            foreach (var (name, tensor) in owner.StateTensors())
            {
                tensors.Add(prefix + name, tensor);
            }
        }

        return tensors;
    }

    /// <exception cref="CheckpointException">The checkpoint is of other settings, or does not fit the network.</exception>
    public static void CheckFit(Checkpoint checkpoint, SparseTrainerOptions options, torch.nn.Module model)
    {
        // Where threads and device differ, training still goes on, only not to the same bits.
        if (Comparable(checkpoint.Options) != Comparable(options))
        {
            throw Misfit(checkpoint, $"Its settings differ: it has {checkpoint.Options}, the trainer {options}.");
        }

        ModelWeights.CheckFit(model, checkpoint.TensorsUnder(ModelPrefix), PathOf(checkpoint));
    }

    /// <exception cref="CheckpointException">The checkpoint is of other settings, or does not fit the network.</exception>
    public static void Restore(
        Checkpoint checkpoint,
        SparseTrainerOptions options,
        torch.nn.Module model,
        IReadOnlyList<(string Prefix, IStateOwner Owner)> owners,
        EpochLosses losses)
    {
        CheckFit(checkpoint, options, model);
        ModelWeights.Restore(model, checkpoint.TensorsUnder(ModelPrefix), PathOf(checkpoint));
        try
        {
            foreach (var (prefix, owner) in owners)
            {
                owner.RestoreState(checkpoint.TensorsUnder(prefix));
            }

            losses.Restore(checkpoint.Tensors[LossesName]);
            torch.set_rng_state(checkpoint.Tensors[RandomName]);
        }
        catch (Exception error) when (error is ArgumentException or KeyNotFoundException)
        {
            throw Misfit(checkpoint, error.Message, error);
        }
    }

    // As text, because lists in a record are equal only when they are the same object.
    private static string Comparable(SparseTrainerOptions options) => JsonSerializer.Serialize(
        options with
        {
            Device = ComputeDevice.Cpu,
            Threads = null,
            EvaluationBatchSize = 1,
            KeptCheckpoints = 1,
            CheckpointEverySeconds = null,
            CheckpointEverySteps = null,
        },
        RunJson.Line);

    private static string PathOf(Checkpoint checkpoint) => checkpoint.Path ?? "checkpoint";

    private static CheckpointException Misfit(Checkpoint checkpoint, string why, Exception? inner = null) =>
        new(
            PathOf(checkpoint),
            what: $"The checkpoint '{PathOf(checkpoint)}' does not belong to this run.",
            why: why,
            fix: "Resume with the model and the settings that it was written with.",
            inner: inner);
}
