using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>Weights from elsewhere under the names and in the types of a network. New tensors belong to the caller's dispose scope.</summary>
internal sealed class WeightImport
{
    private const string BatchCounter = "num_batches_tracked";
    private const string ParallelPrefix = "module.";

    private readonly Dictionary<string, torch.Tensor> tensors;
    private readonly List<string> remarks = [];

    /// <param name="targets">The tensors of the network; not changed.</param>
    /// <param name="source">The weights; not changed. Those that need no conversion are passed on as they are.</param>
    /// <param name="path">Where the weights come from, for the error.</param>
    /// <exception cref="CheckpointException">A number is beyond the range of the network's type.</exception>
    public WeightImport(IReadOnlyDictionary<string, torch.Tensor> targets, IReadOnlyDictionary<string, torch.Tensor> source, string path)
    {
        tensors = source.ToDictionary(item => item.Key, item => item.Value);
        RemoveParallelPrefix();
        AddBatchCounters(targets);
        Convert(targets, path);
    }

    /// <summary>The weights by name.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> Tensors => tensors;

    /// <summary>A sentence for each thing that was done to them.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    // torch.nn.DataParallel puts this before every name.
    private void RemoveParallelPrefix()
    {
        if (tensors.Count == 0 || !tensors.Keys.All(name => name.StartsWith(ParallelPrefix, StringComparison.Ordinal)))
        {
            return;
        }

        foreach (var (name, tensor) in tensors.ToList())
        {
            tensors.Remove(name);
            tensors.Add(name[ParallelPrefix.Length..], tensor);
        }

        remarks.Add($"All names begin with '{ParallelPrefix}', which was left out.");
    }

    // Models saved before PyTorch 0.4.1 lack them, and nothing here depends on them.
    private void AddBatchCounters(IReadOnlyDictionary<string, torch.Tensor> targets)
    {
        var missing = targets.Where(item => item.Key.EndsWith(BatchCounter, StringComparison.Ordinal) && !tensors.ContainsKey(item.Key)).ToList();
        foreach (var (name, counter) in missing)
        {
            tensors.Add(name, counter);
        }

        if (missing.Count > 0)
        {
            remarks.Add($"The {missing.Count} batch counters ({BatchCounter}) are missing and stay as they were.");
        }
    }

    private void Convert(IReadOnlyDictionary<string, torch.Tensor> targets, string path)
    {
        var conversions = new List<(torch.ScalarType From, torch.ScalarType To)>();
        foreach (var (name, tensor) in tensors.ToList())
        {
            if (targets.TryGetValue(name, out var target)
                && target.dtype != tensor.dtype
                && target.is_floating_point()
                && tensor.is_floating_point())
            {
                tensors[name] = Convert(name, tensor, target.dtype, path);
                conversions.Add((tensor.dtype, target.dtype));
            }
        }

        remarks.AddRange(conversions.CountBy(types => types).Select(item =>
            $"{item.Value} tensors were converted from {item.Key.From} to {item.Key.To}."));
    }

    private static torch.Tensor Convert(string name, torch.Tensor tensor, torch.ScalarType type, string path)
    {
        var converted = tensor.to(type);
        using var overflow = tensor.isfinite().logical_and(converted.isinf());
        if (overflow.any().item<bool>())
        {
            throw new CheckpointException(
                path,
                what: $"Cannot use the weights in '{path}'.",
                why: $"'{name}' is {tensor.dtype} and has numbers beyond the range of {type}.",
                fix: "Check how the file was made.");
        }

        return converted;
    }
}
