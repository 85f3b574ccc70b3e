using Onnx;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Quantize.Float16;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>The one place that turns a model in its form into a precision.</summary>
public static class ModelPrecision
{
    /// <summary>The name of a precision, as the command line and certificates have it.</summary>
    public static string NameOf(Precision precision) => precision switch
    {
        Precision.Float32 => "fp32",
        Precision.Float16 => "fp16",
        Precision.Float16Compute => "fp16-compute",
        Precision.Int8 => "int8",
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "There is no such precision."),
    };

    /// <summary>Applies the precision that options ask for.</summary>
    /// <param name="formed">Not changed.</param>
    /// <param name="options">Valid ones.</param>
    /// <param name="cancellationToken">Stops between two batches of the calibration.</param>
    /// <exception cref="ArgumentException">int8 without calibration samples.</exception>
    /// <exception cref="QuantizationException">The model cannot have that precision.</exception>
    internal static FormedModel Apply(FormedModel formed, VerifiedModelOptions options, CancellationToken cancellationToken) => options.Precision switch
    {
        Precision.Float32 => formed,
        _ when ModelForms.MayHaveKernels(options.Form) => formed, // the weights of its sparse kernels have it already
        Precision.Float16 => Half(formed, HalfWeights.Convert(formed.Model), options.Precision),
        Precision.Float16Compute => Half(formed, HalfValues.Convert(formed.Model), options.Precision),
        _ => Quantize(formed, options, cancellationToken),
    };

    private static FormedModel Quantize(FormedModel formed, VerifiedModelOptions options, CancellationToken cancellationToken)
    {
        var samples = options.Calibration
            ?? throw new ArgumentException($"{nameof(VerifiedModelOptions.Calibration)} is null; int8 needs samples to see the ranges of the values on.", nameof(options));
        var calibrated = ModelQuantizer.Calibrate(BatchNormFolding.Fold(formed.Model), samples, options.Quantization, cancellationToken);
        var result = options.Quantization.KeepsFloatAsNeeded
            ? FloatLayerSelection.Quantize(calibrated, samples, options.Limits, cancellationToken)
            : calibrated.Quantize(options.Quantization.KeepFloat);
        var quantized = result.Layers.Where(layer => layer.IsQuantized).Select(layer => layer.Name).ToHashSet();
        return With(formed, result.Model, Precision.Int8, quantized.Contains);
    }

    private static FormedModel Half(FormedModel formed, HalfResult half, Precision precision) =>
        With(formed, half.Model, precision, layer => !half.KeptTensors.Contains($"{layer}{LayerName.WeightSuffix}"));

    private static FormedModel With(FormedModel formed, ModelProto model, Precision precision, Predicate<string> isChanged) => formed with
    {
        Model = model,
        Layers = [.. formed.Layers.Select(layer => layer with { Precision = isChanged(layer.Size.Name) ? precision : Precision.Float32 })],
    };
}
