using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Normalisation of each sample by its own statistics.</summary>
internal static class NormalizationConverter
{
    public static GraphValue Layer(LayerNorm module, ModuleSite site, GraphValue input)
    {
        var size = module.normalized_shape;
        if (input.Shape.Length < size.Length || !input.Shape[^size.Length..].SequenceEqual(size))
        {
            throw site.Misfit($"samples whose last sizes are [{string.Join(", ", size)}]", input);
        }

        var (weight, bias) = (site.TensorOr("weight", module.weight, 1, size), module.bias is null ? null : site.Tensor("bias", module.bias));
        if (site.Graph.Opset >= 17)
        {
            return site.Append(
                "LayerNormalization", input, input.Shape, bias is null ? [weight] : [weight, bias],
                Protos.Attribute("axis", -size.Length), Protos.Attribute("epsilon", (float)module.eps));
        }

        long[] axes = [.. Enumerable.Range(input.Rank - size.Length, size.Length)];
        var value = new Formula(site, input);
        var centred = value - value.Reduce("ReduceMean", axes);
        var variance = (centred * centred).Reduce("ReduceMean", axes);
        var scaled = centred / (variance + module.eps).Then("Sqrt") * weight;
        return (bias is null ? scaled : scaled + bias).Value;
    }

    public static GraphValue Group(GroupNorm module, ModuleSite site, GraphValue input)
    {
        var channels = input.Shape[0];
        if (input.Shape.Length < 2 || channels % module.num_groups != 0 || (module.weight is not null && module.weight.shape[0] != channels))
        {
            throw site.Misfit($"channels in {module.num_groups} groups, and one spatial dimension or more", input);
        }

        // ONNX's own operator is defined anew in operator set 21; instance norm over the groups is the same in every set.
        var grouped = ShapeConverter.Reshape(site, input, [module.num_groups, input.Count / module.num_groups]);
        var normalised = ShapeConverter.Reshape(site, ByInstance(site, grouped, module.eps), input.Shape);
        return module.weight is null ? normalised : ScaleChannels(site, normalised, module);
    }

    public static GraphValue Instance(InstanceNorm module, ModuleSite site, GraphValue input, int dimensions)
    {
        if (input.Shape.Length != dimensions + 1 || input.Shape[0] != module.num_features)
        {
            throw site.Misfit($"{module.num_features} channels in samples of {dimensions + 1} dimensions", input);
        }

        return module.running_mean is not null && module.running_var is not null ? BatchNormConverter.Convert(module, site, input)
            : site.Append(
                "InstanceNormalization", input, input.Shape,
                [site.TensorOr("weight", module.weight, 1, module.num_features), site.TensorOr("bias", module.bias, 0, module.num_features)],
                Protos.Attribute("epsilon", (float)module.eps));
    }

    private static GraphValue ByInstance(ModuleSite site, GraphValue input, double epsilon)
    {
        var (ones, zeros) = (site.TensorOr("group_scale", null, 1, input.Shape[0]), site.TensorOr("group_shift", null, 0, input.Shape[0]));
        return site.Step("InstanceNormalization", [input.Name, ones, zeros], input.Shape, Protos.Attribute("epsilon", (float)epsilon));
    }

    /// <summary>Scale and shift per channel: batch norm by mean 0 and variance 1 takes them in the state_dict's shape.</summary>
    private static GraphValue ScaleChannels(ModuleSite site, GraphValue input, GroupNorm module)
    {
        var channels = input.Shape[0];
        string[] parameters =
        [
            site.Tensor("weight", module.weight), site.TensorOr("bias", module.bias, 0, channels),
            site.TensorOr("mean", null, 0, channels), site.TensorOr("variance", null, 1, channels),
        ];
        return site.Append("BatchNormalization", input, input.Shape, parameters, Protos.Attribute("epsilon", 0f));
    }
}
