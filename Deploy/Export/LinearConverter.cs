using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export;

/// <summary>Linear as Gemm: x W' + b.</summary>
internal static class LinearConverter
{
    public static void Convert(Linear module, string path, GraphWriter graph)
    {
        var (outputs, inputs) = (module.weight.shape[0], module.weight.shape[1]);
        if (graph.Shape is not [var features] || features != inputs)
        {
            throw ModuleConverters.Misfit(module, path, $"samples of {inputs} features", graph);
        }

        List<string> parameters = [graph.AddTensor(path, "weight", module.weight)];
        if (module.bias is not null)
        {
            parameters.Add(graph.AddTensor(path, "bias", module.bias));
        }

        graph.Append("Gemm", path, parameters, [outputs], Protos.Attribute("transB", 1));
    }
}
