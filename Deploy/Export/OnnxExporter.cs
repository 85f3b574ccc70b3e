using Onnx;
using SparseHybrid.Deploy.Export.Converters;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export;

/// <summary>Writes TorchSharp modules as ONNX, as they compute in evaluation mode.</summary>
/// <remarks>
/// Strict: a module, or a setting of one, that has no proven ONNX form is refused by name and path, never approximated.
/// Tensors carry the names of the state_dict, the batch dimension stays open, and the same model gives the same bytes.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>Exports a module.</summary>
    /// <param name="model">
    /// Sequential, nested at will, of TorchSharp's layers and of modules that describe themselves
    /// (<see cref="Models.Graphs.IForwardGraph"/>). Not changed.
    /// </param>
    /// <param name="inputShape">The shape of one sample, without the batch dimension: [channels, height, width] or [features].</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>A model that takes [batch, ...inputShape]. It has copies of the tensors.</returns>
    /// <exception cref="ArgumentException">The options or the input shape are out of range.</exception>
    /// <exception cref="ExportException">A module cannot be exported, or does not fit the shape that reaches it.</exception>
    public static ModelProto Export(nn.Module<Tensor, Tensor> model, long[] inputShape, OnnxExportOptions? options = null) =>
        Export(model, inputShape, options, kept: null);

    /// <summary>As the public form; with somewhere to keep tensors, the result shares their memory until they are disposed.</summary>
    internal static ModelProto Export(nn.Module<Tensor, Tensor> model, long[] inputShape, OnnxExportOptions? options, ICollection<Tensor>? kept)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputShape);
        options ??= new OnnxExportOptions();
        options.Validate();
        if (inputShape.Length == 0 || inputShape.Any(size => size < 1))
        {
            throw new ArgumentException(
                $"The input shape is [{string.Join(", ", inputShape)}]; it must have at least one dimension, each at least 1.", nameof(inputShape));
        }

        if (options.Normalisation is { } wanted && wanted.Channels != inputShape[0])
        {
            throw new ArgumentException(
                $"The normalisation is of {wanted.Channels} channels; the input shape is [{string.Join(", ", inputShape)}], channels first.", nameof(options));
        }

        var graph = new GraphWriter(options, inputShape, kept);
        var input = options.Normalisation is { } normalisation ? InputNormalisation.Append(graph, graph.Input, normalisation) : graph.Input;
        return graph.Finish(ModuleConverters.Convert(new ModuleSite(graph, model, ""), input));
    }
}
