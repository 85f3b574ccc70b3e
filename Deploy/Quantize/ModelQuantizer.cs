using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Quantize.Calibration;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>Makes a float32 model compute with 8-bit integers: static quantisation with calibration samples.</summary>
/// <remarks>
/// Weights get signed codes with one scale for each output and no offset, so that zeros stay zeros; the values between layers get
/// unsigned codes with one scale and offset each; biases 32-bit codes. Unsigned values with signed weights are what ONNX Runtime's
/// processor kernels have on x86: signed values are converted to unsigned ones at load or stay float32, and unsigned weights lack
/// the fast kernels of processors with VNNI. What the last layer computes stays float32 where that is a Gemm or MatMul, so that
/// no two logits become equal. Fold batch norms into convolutions first: they have no integer form.
/// </remarks>
public static class ModelQuantizer
{
    private const long NeededOperatorSet = 13; // the first whose QuantizeLinear takes one scale for each channel

    /// <summary>Quantises a model.</summary>
    /// <param name="model">Float32, its tensors inside. Not changed.</param>
    /// <param name="samples">Typical inputs, a hundred or more, scaled as in training; none that the model is tested on.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Stops between two batches of the calibration.</param>
    /// <exception cref="ArgumentException">The model has no graph, or the options are out of range.</exception>
    /// <exception cref="QuantizationException">
    /// It is quantised already, has no layer to quantise, or its weights or values are not finite.
    /// </exception>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the float32 model, or the samples do not fit it.</exception>
    public static QuantizeResult Quantize(
        ModelProto model, SampleSource samples, QuantizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new QuantizeOptions();
        return Calibrate(model, samples, options, cancellationToken).Quantize(options.KeepFloat);
    }

    /// <summary>The first half of it: the model with the ranges of its values.</summary>
    internal static CalibratedModel Calibrate(ModelProto model, SampleSource samples, QuantizeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        options.Validate();
        var raised = Clone(model);
        var plan = Plan(raised, options.KeepFloat);
        return new CalibratedModel(raised, Calibrator.Measure(raised, plan.Coded, samples, options, cancellationToken), options);
    }

    private static ModelProto Clone(ModelProto model)
    {
        if (model.Graph is null)
        {
            throw new ArgumentException("The model has no graph.", nameof(model));
        }

        if (model.Graph.Node.FirstOrDefault(node => node.OpType.Contains("Quantize") || node.OpType.StartsWith("QLinear", StringComparison.Ordinal)
            || node.OpType is "ConvInteger" or "MatMulInteger") is { } quantizedNode)
        {
            throw new QuantizationException(
                "The model is quantised already.", $"It has a {quantizedNode.OpType} node.", "Give the float32 model that it was made from.");
        }

        var clone = model.Clone(); // shares the bytes of the weights
        OperatorSetRaise.To(clone, NeededOperatorSet, "int8 with a scale for each channel");
        return clone;
    }

    private static QuantizationPlan Plan(ModelProto model, IReadOnlyList<string> keepFloat)
    {
        var plan = new QuantizationPlan(model.Graph, keepFloat);
        if (plan.Layers.Count == 0)
        {
            throw new QuantizationException(
                "The model has nothing to quantise.", "It has no Conv, Gemm or MatMul node with constant float32 weights inside the file.",
                "Give a float32 model with such layers.");
        }

        if (plan.Coded.Count == 0)
        {
            throw new QuantizationException(
                "No layer is left to quantise.", $"'{string.Join(", ", keepFloat)}' keeps all of {string.Join(", ", plan.Layers.Select(layer => layer.Name))} float32.",
                "Name fewer layers.");
        }

        plan.Layers.Where(layer => plan.Layer(layer.Node) is not null).ToList().ForEach(layer => layer.CheckIsFinite());
        return plan;
    }
}
