using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.SparseForm.Measure;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What <c>export --json</c> and <c>optimize --json</c> print.</summary>
/// <param name="File">The file.</param>
/// <param name="Form">The form that was asked for.</param>
/// <param name="Precision">fp32, fp16, fp16-compute or int8.</param>
/// <param name="Bytes">Size of the file, external data included.</param>
/// <param name="MaxAbsDifference">Largest difference of an output to the original's.</param>
/// <param name="LargestOutput">Largest output of the original.</param>
/// <param name="SamplesCompared">Samples compared.</param>
/// <param name="Classes">How often both choose the same class, and the right one; null where the model does not classify.</param>
/// <param name="Certificate">The certificate's file.</param>
/// <param name="Layers">What was done, layer by layer.</param>
/// <param name="Tensors">How each tensor is stored; of sparse-weights only.</param>
/// <param name="Network">What form auto measured of the whole network; null when nothing was measured.</param>
internal sealed record ModelJson(
    string File,
    string Form,
    string Precision,
    long Bytes,
    double MaxAbsDifference,
    double LargestOutput,
    long SamplesCompared,
    ClassAgreement? Classes,
    string Certificate,
    IReadOnlyList<LayerJson> Layers,
    IReadOnlyList<TensorJson> Tensors,
    NetworkJson? Network)
{
    public static ModelJson Of(string file, ModelReport report) => new(
        file,
        ModelForms.NameOf(report.Form),
        ModelPrecision.NameOf(report.Precision),
        report.Bytes,
        report.MaxAbsDifference,
        report.LargestOutput,
        report.SamplesCompared,
        report.Certificate.Classes,
        Path.Combine(Path.GetDirectoryName(file) ?? "", Path.GetFileName(report.CertificateFile)),
        [.. report.Layers.Select(LayerJson.Of)],
        [.. report.Tensors.Select(TensorJson.Of)],
        report.Times is { } times ? NetworkJson.Of(times) : null);
}

/// <summary>One tensor within <see cref="ModelJson"/>.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Entries">Its entries.</param>
/// <param name="Zeros">How many of them are zero.</param>
/// <param name="DenseBytes">What it takes in the file with all entries.</param>
/// <param name="SparseBytes">What it takes as its non-zeros and their places.</param>
/// <param name="Choice">dense or sparse-weights.</param>
internal sealed record TensorJson(string Name, IReadOnlyList<long> Shape, long Entries, long Zeros, long DenseBytes, long SparseBytes, string Choice)
{
    public static TensorJson Of(TensorChoice tensor) => new(
        tensor.Name,
        tensor.Shape,
        tensor.Entries,
        tensor.Zeros,
        tensor.DenseBytes,
        tensor.SparseBytes,
        ModelForms.NameOf(tensor.IsSparse ? ModelForm.SparseWeights : ModelForm.Dense));
}

/// <summary>What was measured of the whole network, within <see cref="ModelJson"/>.</summary>
/// <param name="Batch">Samples of a run.</param>
/// <param name="Threads">Threads that shared the work of one operator.</param>
/// <param name="Microseconds">Of a run in each form that was tried.</param>
/// <param name="RoundTo">The multiple that widths were rounded up to; null when that was not tried.</param>
/// <param name="Choice">What was chosen: dense, shrunk or sparse-kernels, and the multiple of its widths where they are rounded up.</param>
internal sealed record NetworkJson(int Batch, int Threads, MicrosecondsJson Microseconds, int? RoundTo, string Choice)
{
    public static NetworkJson Of(NetworkTimes times) => new(
        times.Batch,
        times.Threads,
        new MicrosecondsJson(times.Dense, times.Shrunk, times.Rounded?.Microseconds, times.Sparse),
        times.Rounded?.RoundTo,
        times.Choice);
}

/// <summary>Microseconds in each form; null where it was not tried.</summary>
internal sealed record MicrosecondsJson(double? Dense, double? Shrunk, double? Rounded, double? SparseKernels);

/// <summary>One layer within <see cref="ModelJson"/>.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Operator">Its ONNX operator.</param>
/// <param name="Weights">Weights of the original, without biases.</param>
/// <param name="Zeros">How many of them are zero.</param>
/// <param name="UnitsBefore">Output features or channels of the original.</param>
/// <param name="UnitsAfter">Those that are left; 0 when the layer is gone.</param>
/// <param name="ParametersBefore">Weights and biases of the original.</param>
/// <param name="ParametersAfter">Those that are left.</param>
/// <param name="Choice">The form that the layer has now.</param>
/// <param name="Precision">What the layer computes with now; with fp16 what its weights are stored as.</param>
/// <param name="Microseconds">Of the layer alone in each form; null when nothing was measured.</param>
/// <param name="Why">Why it has that form; null for forms that decide nothing.</param>
internal sealed record LayerJson(
    string Name,
    string Operator,
    long Weights,
    long Zeros,
    int UnitsBefore,
    int UnitsAfter,
    long ParametersBefore,
    long ParametersAfter,
    string Choice,
    string Precision,
    MicrosecondsJson? Microseconds,
    string? Why)
{
    public static LayerJson Of(LayerReport layer) => new(
        layer.Size.Name,
        layer.Size.Operator,
        layer.Size.Weights,
        layer.Size.Zeros,
        layer.Size.UnitsBefore,
        layer.Size.UnitsAfter,
        layer.Size.ParametersBefore,
        layer.Size.ParametersAfter,
        ModelForms.NameOf(layer.Choice),
        ModelPrecision.NameOf(layer.Precision),
        layer.Verdict?.Times is { } times ? new MicrosecondsJson(times.Dense, times.Shrunk, times.Rounded, times.Sparse) : null,
        layer.Verdict?.Why);
}
