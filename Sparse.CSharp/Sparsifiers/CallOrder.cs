using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace SparseHybrid.Sparsifiers;

/// <summary>The layers of a network in the order of their calls, as far as it is known.</summary>
internal static class CallOrder
{
    /// <summary>A layer and its path.</summary>
    public sealed record Entry(string Name, Module Layer);

    /// <summary>The layers; null stands between two of which the second may not follow the first.</summary>
    public static IReadOnlyList<Entry?> Of(Module model) => [.. Walk("", model)];

    private static IEnumerable<Entry?> Walk(string path, Module module)
    {
        var children = module.named_children().ToList();
        if (children.Count == 0)
        {
            return [new Entry(path, module)];
        }

        if (module is Sequential)
        {
            return children.SelectMany(child => Walk(Join(path, child.Item1), child.Item2));
        }

        var chains = module is IChannelChains told ? told.ChannelChains : [];
        var others = children.Select(child => child.Item1).Where(name => !chains.Any(chain => chain.Contains(name)));
        return chains
            .Concat(others.Select(name => (IReadOnlyList<string>)[name]))
            .SelectMany(chain => chain.SelectMany(name => Walk(Join(path, name), children.First(child => child.Item1 == name).Item2)).Append(null))
            .Prepend(null);
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
