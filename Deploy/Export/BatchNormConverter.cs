using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export;

/// <summary>Batch normalisation by its running statistics, as in evaluation mode.</summary>
internal static class BatchNormConverter
{
    public static void Convert(BatchNorm module, string path, GraphWriter graph, params int[] sampleRanks)
    {
        var features = module.num_features;
        if (!sampleRanks.Contains(graph.Shape.Length) || graph.Shape[0] != features)
        {
            throw ModuleConverters.Misfit(module, path, $"{features} channels in samples of {string.Join(" or ", sampleRanks)} dimensions", graph);
        }

        if (module.running_mean is null || module.running_var is null)
        {
            throw ModuleConverters.Refusal(
                module, path, "it keeps no running statistics, so its output depends on the rest of the batch.",
                "Create it with track_running_stats: true.");
        }
        var ones = Enumerable.Repeat(1f, (int)features).ToArray();
        graph.Append(
            "BatchNormalization",
            path,
            [
                module.weight is null ? graph.AddTensor(path, "weight", ones, [features]) : graph.AddTensor(path, "weight", module.weight),
                module.bias is null ? graph.AddTensor(path, "bias", new float[features], [features]) : graph.AddTensor(path, "bias", module.bias),
                graph.AddTensor(path, "running_mean", module.running_mean),
                graph.AddTensor(path, "running_var", module.running_var),
            ],
            graph.Shape,
            Protos.Attribute("epsilon", (float)module.eps));
    }
}
