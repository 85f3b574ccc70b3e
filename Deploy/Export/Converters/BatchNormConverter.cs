using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Normalisation by running statistics, as in evaluation mode.</summary>
internal static class BatchNormConverter
{
    /// <summary>The converter for samples of so many dimensions, channels included.</summary>
    public static Func<BatchNorm, ModuleSite, GraphValue, GraphValue> ForSamplesOf(params int[] dimensions) => (module, site, input) =>
    {
        if (!dimensions.Contains(input.Shape.Length) || input.Shape[0] != module.num_features)
        {
            throw site.Misfit($"{module.num_features} channels in samples of {string.Join(" or ", dimensions)} dimensions", input);
        }

        return module.running_mean is not null && module.running_var is not null
            ? Convert(module, site, input)
            : throw site.Refusal(
                "it keeps no running statistics, so its output depends on the rest of the batch.", "Create it with track_running_stats: true.");
    };

    /// <summary>For a norm that has running statistics, and a value that fits it.</summary>
    public static GraphValue Convert(NormBase module, ModuleSite site, GraphValue input)
    {
        var features = module.num_features;
        string[] parameters =
        [
            site.TensorOr("weight", module.weight, 1, features),
            site.TensorOr("bias", module.bias, 0, features),
            site.Tensor("running_mean", module.running_mean!),
            site.Tensor("running_var", module.running_var!),
        ];
        return site.Append("BatchNormalization", input, input.Shape, parameters, Protos.Attribute("epsilon", (float)module.eps));
    }
}
