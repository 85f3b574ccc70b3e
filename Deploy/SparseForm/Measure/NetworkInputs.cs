using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>What a network is run on to be timed.</summary>
/// <param name="Tensors">One for each input.</param>
/// <param name="Batch">Samples in them.</param>
internal sealed record NetworkInputs(IReadOnlyList<InputTensor> Tensors, int Batch)
{
    /// <summary>The first samples of a source.</summary>
    /// <param name="model">The network.</param>
    /// <param name="samples">The source.</param>
    /// <param name="batch">How many; a model that fixes another number gets that.</param>
    /// <exception cref="ModelFileException">The samples do not fit the model, or a size beyond the batch is open.</exception>
    public static NetworkInputs Take(ModelProto model, SampleSource samples, int batch)
    {
        var inputs = InputShape.Fed(model.Graph).Select(Describe).ToList();
        var count = inputs.Any(input => input.HasOpenBatch) ? batch : Math.Max(1, inputs.FirstOrDefault()?.Sizes.FirstOrDefault(1) ?? 1);
        var chosen = Enumerable.Range(0, count).Select(i => i % (samples.Count ?? count)).ToArray();
        return new NetworkInputs([.. inputs.Select(input => samples.Take(input, inputs.Count, chosen))], count);
    }

    // ONNX and ONNX Runtime number the types of entries alike.
    private static ModelInput Describe(ValueInfoProto input) => new(
        input.Name, input.Name, (TensorElementType)(input.Type?.TensorType?.ElemType ?? 0),
        [.. (Dimension.Declared(input) ?? []).Select(size => size.Size is { } known and > 0 ? (int)known : -1)]);
}
