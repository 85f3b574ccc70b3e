using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Names that nothing else in a graph has.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> taken;

    /// <param name="graph">The graph as it is now; a name that is added later has to be taken here.</param>
    public UniqueNames(GraphProto graph)
    {
        var ofNodes = graph.Node.SelectMany(node => node.Input.Concat(node.Output).Append(node.Name));
        taken = [.. graph.Initializer.Select(tensor => tensor.Name), .. graph.Input.Select(input => input.Name), .. ofNodes];
    }

    /// <summary>The wanted name, with a number behind it if it is taken already.</summary>
    public string Take(string wanted)
    {
        var name = wanted;
        for (var number = 1; !taken.Add(name); number++)
        {
            name = $"{wanted}.{number}";
        }

        return name;
    }
}
