using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>
/// The parameters and persistent buffers of a network, to safetensors files and back. Names are those of PyTorch's
/// state_dict, so that weights move between PyTorch and here both ways.
/// </summary>
public static class ModelWeights
{
    /// <summary>Writes parameters and persistent buffers, bit for bit as they are; the file appears only when it is complete.</summary>
    /// <param name="model">The network, on any device; not changed.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="metadata">Texts by name, kept in the file's header.</param>
    /// <exception cref="RunException">The folder cannot be written.</exception>
    public static void Save(torch.nn.Module model, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        Safetensors.Write(path, Of(model), metadata);

    /// <summary>
    /// Overwrites parameters and persistent buffers with those of a file; names and shapes must agree. Weights of another
    /// floating type (F16, BF16, F64) are rounded to that of the model. Two habits of PyTorch are allowed for: batch
    /// counters (num_batches_tracked) may be missing and then stay, and all names may begin with "module.".
    /// </summary>
    /// <param name="model">The network, on any device.</param>
    /// <param name="path">A safetensors file.</param>
    /// <returns>A sentence for each thing that was done to the weights; empty when they are in the network bit for bit.</returns>
    /// <exception cref="CheckpointException">
    /// The file is missing, damaged, does not fit, or has a number beyond the range of the model's type. The network is then unchanged.
    /// </exception>
    public static IReadOnlyList<string> Load(torch.nn.Module model, string path)
    {
        using var scope = torch.NewDisposeScope();
        using var contents = Safetensors.Read(path);
        var import = new WeightImport(Of(model), contents.Tensors, path);
        Restore(model, import.Tensors, path);
        return import.Remarks;
    }

    /// <summary>The live tensors of a network by name: borrowed, not copied.</summary>
    internal static Dictionary<string, torch.Tensor> Of(torch.nn.Module model)
    {
        var tensors = model.named_parameters().ToDictionary(item => item.Item1, item => (torch.Tensor)item.Item2);
        foreach (var (name, buffer) in model.named_buffers(include_nonpersistent: false))
        {
            tensors.Add(name, buffer);
        }

        return tensors;
    }

    /// <summary>Overwrites the tensors of a network. Names, shapes and types must all agree.</summary>
    /// <param name="model">The network.</param>
    /// <param name="source">Tensors by name. Neither changed nor disposed.</param>
    /// <param name="path">Where they come from, for the error.</param>
    /// <exception cref="CheckpointException">They do not fit the network, which is then unchanged.</exception>
    internal static void Restore(torch.nn.Module model, IReadOnlyDictionary<string, torch.Tensor> source, string path)
    {
        CheckFit(model, source, path);
        using var withoutGradient = torch.no_grad();
        foreach (var (name, target) in Of(model))
        {
            target.copy_(source[name]);
        }
    }

    /// <exception cref="CheckpointException">The tensors lack a name that the network has, have one that it lacks, or differ in shape or type.</exception>
    internal static void CheckFit(torch.nn.Module model, IReadOnlyDictionary<string, torch.Tensor> source, string path)
    {
        var targets = Of(model);
        var missing = targets.Keys.Except(source.Keys).ToList();
        var foreign = source.Keys.Except(targets.Keys).ToList();
        var unlike = targets.Keys.Intersect(source.Keys).FirstOrDefault(name => Describe(targets[name]) != Describe(source[name]));
        var why = (missing, foreign, unlike) switch
        {
            ({ Count: > 0 }, _, _) => $"It lacks {string.Join(", ", missing)}.",
            (_, { Count: > 0 }, _) => $"It has {string.Join(", ", foreign)}, which the model lacks.",
            (_, _, not null) => $"Its {unlike} is {Describe(source[unlike])}; the model's is {Describe(targets[unlike])}.",
            _ => null,
        };
        if (why is not null)
        {
            throw new CheckpointException(
                path, $"The weights in '{path}' do not fit the model.", why, "Name the model that the weights were trained with.");
        }
    }

    private static string Describe(torch.Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";
}
