using TorchSharp;

namespace SparseHybrid.Runs;

/// <summary>The parameters and persistent buffers of a network by name, out of it and back into it.</summary>
internal static class ModelWeights
{
    /// <summary>The live tensors of a network: borrowed, not copied.</summary>
    public static Dictionary<string, torch.Tensor> Of(torch.nn.Module model)
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
    public static void Restore(torch.nn.Module model, IReadOnlyDictionary<string, torch.Tensor> source, string path)
    {
        var targets = Of(model);
        CheckFit(targets, source, path);
        using var withoutGradient = torch.no_grad();
        foreach (var (name, target) in targets)
        {
            target.copy_(source[name]);
        }
    }

    private static void CheckFit(Dictionary<string, torch.Tensor> targets, IReadOnlyDictionary<string, torch.Tensor> source, string path)
    {
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
