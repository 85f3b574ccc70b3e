using System.Text.Json;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>Where a run stands between two steps.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Epoch">Epoch under way, counted from 0.</param>
/// <param name="Batch">Batches of that epoch that are done.</param>
/// <param name="ElapsedSeconds">Seconds that the run has taken, over all its sittings.</param>
/// <param name="Epochs">The epochs that are done.</param>
public sealed record TrainingPosition(long Step, int Epoch, int Batch, double ElapsedSeconds, IReadOnlyList<EpochSummary> Epochs);

/// <summary>
/// Everything that a run needs to go on as if it had never stopped. On disk a safetensors file with a checksum over all
/// of it; the tensors' names begin with model., optimizer. or trainer.
/// </summary>
/// <param name="Position">Where the run stands.</param>
/// <param name="Options">Settings of the run.</param>
/// <param name="Tensors">Weights, buffers, the optimizer's state, losses of the epoch under way, random state.</param>
public sealed record Checkpoint(TrainingPosition Position, SparseTrainerOptions Options, IReadOnlyDictionary<string, torch.Tensor> Tensors)
    : IDisposable
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    private const string FormatKey = "sparsehybrid.checkpoint";
    private const string PositionKey = "position";
    private const string OptionsKey = "options";
    private const string HashKey = "sha256";

    /// <summary>Writes the checkpoint; the file appears only when it is complete.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public void Save(string path)
    {
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = $"{CurrentFormat}",
            [PositionKey] = JsonSerializer.Serialize(Position, RunJson.Line),
            [OptionsKey] = JsonSerializer.Serialize(Options, RunJson.Line),
        };
        metadata[HashKey] = ContentHash.Of(metadata, Tensors);
        Safetensors.Write(path, Tensors, metadata);
    }

    /// <summary>Reads a checkpoint. The caller owns it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing, damaged, foreign or of a newer format.</exception>
    public static Checkpoint Load(string path)
    {
        var contents = Safetensors.Read(path);
        try
        {
            CheckFormat(path, contents.Metadata);
            CheckHash(path, contents);
            var position = JsonSerializer.Deserialize<TrainingPosition>(contents.Metadata[PositionKey], RunJson.Line)!;
            var options = JsonSerializer.Deserialize<SparseTrainerOptions>(contents.Metadata[OptionsKey], RunJson.Line)!;
            return new Checkpoint(position, options, contents.Tensors);
        }
        catch (Exception error)
        {
            contents.Dispose();
            if (error is JsonException or KeyNotFoundException)
            {
                throw Damaged(path, error.Message, error);
            }

            throw;
        }
    }

    /// <summary>The tensors whose names begin with a prefix, under the rest of their names. Borrowed.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> TensorsUnder(string prefix) =>
        Tensors
            .Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(item => item.Key[prefix.Length..], item => item.Value);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }

    private static void CheckFormat(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(FormatKey, out var text) || !int.TryParse(text, out var format))
        {
            throw new CheckpointException(
                path,
                what: $"'{path}' is not a checkpoint.",
                why: "It is a safetensors file of another kind.",
                fix: "Name a file from the folder 'checkpoints' of a run.");
        }

        if (format is < 1 or > CurrentFormat)
        {
            throw new CheckpointException(
                path,
                what: $"Cannot resume from '{path}'.",
                why: $"It is format version {format}; this build reads 1 to {CurrentFormat}.",
                fix: "Resume with the newer release, or start again without a checkpoint.");
        }
    }

    private static void CheckHash(string path, SafetensorsContents contents)
    {
        var expected = contents.Metadata.GetValueOrDefault(HashKey);
        var found = ContentHash.Of(contents.Metadata.Where(item => item.Key != HashKey), contents.Tensors);
        if (found != expected)
        {
            throw Damaged(path, $"Its SHA-256 is {found}; it was written with {expected ?? "none"}.");
        }
    }

    private static CheckpointException Damaged(string path, string why, Exception? inner = null) =>
        new(path, $"The checkpoint '{path}' is damaged.", why, "Remove it to resume from the one before it, or start again.", inner);
}
