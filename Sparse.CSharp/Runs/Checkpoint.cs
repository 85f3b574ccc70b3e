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
/// <param name="Stopped">Why training ended before its last epoch; null while it goes on.</param>
/// <param name="ProcessorSeconds">Seconds of processor time that the run has taken, over all its sittings; null in checkpoints of releases that did not count them.</param>
public sealed record TrainingPosition(
    long Step, int Epoch, int Batch, double ElapsedSeconds, IReadOnlyList<EpochSummary> Epochs, StopReason? Stopped = null, double? ProcessorSeconds = null);

/// <summary>
/// Everything that a run needs to go on as if it had never stopped. Owns its tensors when it was loaded: dispose it.
/// </summary>
/// <remarks>
/// <para>On disk it is a safetensors file, which Python and many other tools read. Its metadata are texts:</para>
/// <list type="table">
/// <item><term>sparsehybrid.checkpoint</term><description>version of this format, a whole number</description></item>
/// <item><term>position</term><description><see cref="TrainingPosition"/> as JSON</description></item>
/// <item><term>options</term><description>settings of the run as JSON; a run resumes only from one of its own settings</description></item>
/// <item><term>sha256</term><description>over all other metadata and all tensors, in hexadecimal</description></item>
/// </list>
/// <para>The hash is taken over, in the ordinal order of their names, first each other text (name, value), then each tensor
/// (a line "name type sizes", then its entries row by row, little-endian), each item in UTF-8 with its length in bytes before
/// it, 8 bytes little-endian. The tensors' names begin with "model." (parameters and buffers), "optimizer." (what the
/// method remembers of each parameter) or "trainer." (losses of the epoch under way, random state).</para>
/// <para>A build reads the versions <see cref="OldestFormat"/> to <see cref="CurrentFormat"/>.</para>
/// </remarks>
/// <param name="Position">Where the run stands.</param>
/// <param name="Options">Settings of the run.</param>
/// <param name="Tensors">Weights, buffers, the optimizer's state, losses of the epoch under way, random state.</param>
public sealed record Checkpoint(TrainingPosition Position, SparseTrainerOptions Options, IReadOnlyDictionary<string, torch.Tensor> Tensors)
    : IDisposable
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The oldest format that this build reads.</summary>
    public const int OldestFormat = 2;

    private const string FormatKey = "sparsehybrid.checkpoint";
    private const string PositionKey = "position";
    private const string OptionsKey = "options";
    private const string HashKey = "sha256";

    /// <summary>The file that it was read from; null when it was not.</summary>
    public string? Path { get; init; }

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
            return new Checkpoint(
                RunJson.Parse<TrainingPosition>(contents.Metadata[PositionKey]), RunJson.Parse<SparseTrainerOptions>(contents.Metadata[OptionsKey]), contents.Tensors)
            { Path = path };
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

        if (format is < OldestFormat or > CurrentFormat)
        {
            throw new CheckpointException(
                path,
                what: $"Cannot resume from '{path}'.",
                why: $"It is format version {format}; this build reads {OldestFormat} to {CurrentFormat}.",
                fix: "Resume with the release that wrote it, or start the run again.");
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
