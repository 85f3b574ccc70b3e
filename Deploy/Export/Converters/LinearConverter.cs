using SparseHybrid.Deploy.Graph;
using TorchSharp.Modules;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>Linear over the last dimension: Gemm for vectors, MatMul and Add for sequences of them.</summary>
internal static class LinearConverter
{
    public static GraphValue Convert(Linear module, ModuleSite site, GraphValue input)
    {
        var (outputs, inputs) = (module.weight.shape[0], module.weight.shape[1]);
        if (input.Shape.Length == 0 || input.Shape[^1] != inputs)
        {
            throw site.Misfit($"samples of {inputs} features", input);
        }

        var parameters = site.WeightAndBias(module.weight, module.bias);
        long[] outputShape = [.. input.Shape[..^1], outputs];
        if (input.Shape.Length == 1)
        {
            return site.Append("Gemm", input, outputShape, parameters, Protos.Attribute("transB", 1));
        }

        // The weight keeps its shape of the state_dict, as everywhere; ONNX Runtime transposes it once, when it loads the model.
        var transposed = site.Constant("Transpose", [parameters[0]], Protos.Attribute("perm", [1, 0]));
        return module.bias is null
            ? site.Append("MatMul", input, outputShape, [transposed])
            : site.Append("Add", site.Step("MatMul", [input.Name, transposed], outputShape), outputShape, [parameters[1]]);
    }
}
