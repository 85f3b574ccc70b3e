using System.Text;
using System.Text.Json;
using SparseHybrid.Models;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Runs;

/// <summary>
/// The folder of a run: run.json (settings, versions, seed, machine, result), metrics.jsonl (a line an epoch),
/// checkpoints/, model.safetensors (the trained weights). Each file appears complete or not at all. One process at a
/// time trains into a folder: what <see cref="Create"/> and <see cref="OpenToResume"/> give keeps others out until it is
/// disposed or its process ends. Anyone may read meanwhile.
/// </summary>
public sealed class RunFolder : IDisposable
{
    internal const string RecordName = "run.json";
    internal const string ModelName = "model.safetensors";
    internal const string CheckpointsName = "checkpoints";

    private readonly RunLock? held;

    private RunFolder(string path, RunRecord record, RunLock? held)
    {
        this.held = held;
        Path = path;
        Record = record;
        Checkpoints = new CheckpointStore(System.IO.Path.Combine(path, CheckpointsName));
    }

    /// <summary>The folder, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>The contents of run.json.</summary>
    public RunRecord Record { get; private set; }

    /// <summary>The checkpoints of the run.</summary>
    public CheckpointStore Checkpoints { get; }

    /// <summary>The file of the trained weights; it exists once the run is done.</summary>
    public string ModelPath => System.IO.Path.Combine(Path, ModelName);

    /// <summary>The file with a line of JSON for each epoch.</summary>
    public string MetricsPath => System.IO.Path.Combine(Path, "metrics.jsonl");

    /// <summary>Makes the folder with its run.json, in one step, and keeps other processes from training into it.</summary>
    /// <param name="path">The folder; nothing of that name may exist.</param>
    /// <param name="record">What run.json says.</param>
    /// <exception cref="RunException">Something of that name exists or is being made, or the place cannot be written.</exception>
    public static RunFolder Create(string path, RunRecord record)
    {
        var full = System.IO.Path.GetFullPath(path);
        var held = NewRunFolder.Make(full, partial =>
        {
            WriteRecord(partial, record);
            Directory.CreateDirectory(System.IO.Path.Combine(partial, CheckpointsName));
        });
        return new RunFolder(full, record, held);
    }

    /// <summary>Checks that a run folder of this name can still be made.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RunException">Something of that name exists.</exception>
    public static void CheckFree(string path) => NewRunFolder.CheckFree(System.IO.Path.GetFullPath(path));

    /// <summary>Opens the folder of an earlier run, to read.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RunException">It is missing, not a run folder, or of a newer format.</exception>
    public static RunFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var recordPath = System.IO.Path.Combine(full, RecordName);
        try
        {
            var text = File.ReadAllText(recordPath);
            CheckFormat(recordPath, text);
            var record = RunJson.Parse<RunRecord>(text);
            return new RunFolder(full, record, held: null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunException(
                full, $"'{full}' is not a run folder.", $"It has no {RecordName}.", "Name a folder that a training run wrote.", error);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RunException(recordPath, $"Cannot read '{recordPath}'.", error.Message, "Restore the file, or train again.", error);
        }
    }

    /// <summary>
    /// Opens the folder of an earlier run to go on with it: keeps other processes from training into it, and removes the
    /// unfinished files that a killed process left behind.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="RunException">
    /// It is missing, not a run folder or of a newer format, another process is training into it, or it cannot be written.
    /// </exception>
    public static RunFolder OpenToResume(string path)
    {
        var full = Open(path).Path; // before the lock's file is made in a folder of something else
        RunLock? held = null;
        try
        {
            held = RunLock.Take(full, full);
            var run = new RunFolder(full, Open(full).Record, held);
            run.RemoveUnfinished();
            return run;
        }
        catch (Exception error)
        {
            held?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new RunException(full, $"Cannot write to the run folder '{full}'.", error.Message, "Check its permissions.", error);
            }

            throw;
        }
    }

    /// <summary>Replaces run.json.</summary>
    /// <param name="record">What it says from now on.</param>
    public void WriteRecord(RunRecord record)
    {
        WriteRecord(Path, record);
        Record = record;
    }

    /// <summary>Replaces metrics.jsonl.</summary>
    /// <param name="epochs">The epochs done so far, a line each.</param>
    public void WriteMetrics(IEnumerable<EpochSummary> epochs)
    {
        var lines = new StringBuilder();
        foreach (var epoch in epochs)
        {
            lines.Append(JsonSerializer.Serialize(epoch, RunJson.Line)).Append('\n');
        }

        AtomicFile.WriteText(MetricsPath, lines.ToString());
    }

    /// <summary>The epochs that metrics.jsonl tells of, in its order; none while there is no such file.</summary>
    /// <exception cref="RunException">The file cannot be read, or a line of it is not that of an epoch.</exception>
    public IReadOnlyList<EpochSummary> ReadMetrics()
    {
        try
        {
            return File.Exists(MetricsPath) ? [.. File.ReadAllLines(MetricsPath).Select(ReadEpoch)] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunException(MetricsPath, $"Cannot read '{MetricsPath}'.", error.Message, "Check its permissions.", error);
        }
    }

    /// <summary>Writes the weights and buffers of a trained network.</summary>
    /// <param name="model">The network.</param>
    public void SaveModel(torch.nn.Module model) =>
        Safetensors.Write(ModelPath, ModelWeights.Of(model), new Dictionary<string, string> { ["model"] = Record.Model.Name });

    /// <summary>Builds the trained network, in evaluation mode, on the CPU. The caller owns it.</summary>
    /// <exception cref="RunException">The run is not done, or its model is not one that can be named.</exception>
    /// <exception cref="CheckpointException">The file of the weights is damaged or does not fit the model.</exception>
    public Module<torch.Tensor, torch.Tensor> LoadModel()
    {
        if (!File.Exists(ModelPath))
        {
            throw new RunException(
                Path,
                what: $"The run '{Path}' has no trained model.",
                why: "It is not done: model.safetensors is missing.",
                fix: "Resume the run, or name another one.");
        }

        var model = BuildModel();
        try
        {
            using var weights = Safetensors.Read(ModelPath);
            ModelWeights.Restore(model, weights.Tensors, ModelPath);
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Builds the network of this run with random weights. The caller owns it.</summary>
    internal Module<torch.Tensor, torch.Tensor> BuildModel()
    {
        try
        {
            return ModelCatalog.Create(Record.Model);
        }
        catch (ArgumentException error)
        {
            throw new RunException(
                Path,
                what: $"Cannot build the model of the run '{Path}'.",
                why: error.Message,
                fix: "Use the release that wrote the run, or train again.",
                inner: error);
        }
    }

    /// <summary>Lets other processes train into the folder.</summary>
    public void Dispose() => held?.Dispose();

    private static void WriteRecord(string folder, RunRecord record) =>
        AtomicFile.WriteText(System.IO.Path.Combine(folder, RecordName), JsonSerializer.Serialize(record, RunJson.Indented));

    private EpochSummary ReadEpoch(string line, int index)
    {
        try
        {
            return RunJson.Parse<EpochSummary>(line);
        }
        catch (JsonException error)
        {
            throw new RunException(
                MetricsPath,
                what: $"Line {index + 1} of '{MetricsPath}' is damaged.",
                why: error.Message,
                fix: "Restore the file from a copy, or remove the line to do without that epoch.",
                inner: error);
        }
    }

    private void RemoveUnfinished()
    {
        Checkpoints.RemoveUnfinished();
        foreach (var name in new[] { System.IO.Path.Combine(Path, RecordName), MetricsPath, ModelPath })
        {
            File.Delete(name + AtomicFile.PartialSuffix);
        }
    }

    private static void CheckFormat(string path, string text)
    {
        using var document = JsonDocument.Parse(text);
        var format = document.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("format", out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
                ? number
                : 0;
        if (format != RunRecord.CurrentFormat)
        {
            throw new RunException(
                path,
                what: $"Cannot read '{path}'.",
                why: $"Its format is {format}; this build reads {RunRecord.CurrentFormat}.",
                fix: "Use the release that wrote the run.");
        }
    }
}
