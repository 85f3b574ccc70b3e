using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Deploy.SparseForm.Measure;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Certify;

/// <summary>
/// What was compared with what before a model got its name, and with which result. It lies beside the model as
/// NAME.certificate.json and, without <see cref="ModelSha256"/>, in its metadata. Two runs on one machine give the same
/// bytes, but for what form auto measures and then decides.
/// </summary>
public sealed record Certificate
{
    /// <summary>The key of the model's metadata (metadata_props) that holds the certificate as JSON.</summary>
    public const string MetadataKey = "sparsehybrid.certificate";

    /// <summary>The version of this format, raised with every change that a reader has to know of.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Compact = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>See <see cref="CurrentFormat"/>.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>File name of the model, without its folder.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the model's file, in hexadecimal; null within the file itself.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>SHA-256 over the model's tensors, wherever they are kept: see <see cref="WeightsHash"/>.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>The form that was asked for, as the command line names it.</summary>
    public required string Form { get; init; }

    /// <summary>What its weights and values are: fp32, fp16, fp16-compute or int8.</summary>
    public required string Precision { get; init; }

    /// <summary>What the ranges of int8 were seen on; null with any other precision.</summary>
    public string? Calibration { get; init; }

    /// <summary>What it was compared with.</summary>
    public required CertifiedOrigin Original { get; init; }

    /// <summary>What both were run on.</summary>
    public required CertifiedSamples Samples { get; init; }

    /// <summary>Largest accepted difference, as a share of the largest entry of each output.</summary>
    public required double Tolerance { get; init; }

    /// <summary>How often both choose the same class, and the right one; null where no output scores classes.</summary>
    public ClassAgreement? Classes { get; init; }

    /// <summary>The largest absolute difference of any output.</summary>
    public required double MaxAbsDifference { get; init; }

    /// <summary>The largest absolute entry of any output of the original.</summary>
    public required double LargestOutput { get; init; }

    /// <summary>The same, output by output.</summary>
    public required IReadOnlyList<CertifiedOutput> Outputs { get; init; }

    /// <summary>What was decided about each layer, and why; null for forms that decide nothing.</summary>
    public IReadOnlyList<CertifiedChoice>? Choices { get; init; }

    /// <summary>What form auto measured of the whole network; null when nothing was measured.</summary>
    public NetworkTimes? Times { get; init; }

    /// <summary>Version of this product.</summary>
    public string SparseHybrid { get; init; } = typeof(Certificate).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    /// <summary>Version of the ONNX Runtime that ran the model.</summary>
    public string OnnxRuntime { get; init; } = OrtEnv.Instance().GetVersionString();

    /// <summary>Where the certificate of a model lies: model.onnx has model.certificate.json.</summary>
    public static string PathFor(string modelPath) =>
        (Path.GetExtension(modelPath) == ".onnx" ? Path.ChangeExtension(modelPath, null) : modelPath) + ".certificate.json";

    /// <summary>The certificate beside a model, if it is that of the file as it is now; null when there is none that can be read.</summary>
    /// <param name="modelPath">The model's file.</param>
    public static Certificate? Find(string modelPath)
    {
        try
        {
            var certificate = JsonSerializer.Deserialize<Certificate>(File.ReadAllText(PathFor(modelPath)), Compact);
            return certificate?.Format == CurrentFormat && certificate.ModelSha256 == FileHash.Sha256(modelPath) ? certificate : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // what cannot be read proves nothing
        }
    }

    /// <summary>The certificate of a comparison.</summary>
    internal static Certificate Of(VerificationResult result, CertificateDraft draft, string modelPath, string weightsSha256, double tolerance) => new()
    {
        Model = Path.GetFileName(modelPath),
        WeightsSha256 = weightsSha256,
        Form = draft.Form,
        Precision = draft.Precision,
        Calibration = draft.Calibration?.Description,
        Classes = result.Classes,
        Original = draft.Original,
        Samples = new CertifiedSamples(draft.Samples.Description, result.SamplesCompared, result.Batches),
        Tolerance = tolerance,
        Choices = draft.Choices,
        Times = draft.Times,
        MaxAbsDifference = result.MaxAbsDifference,
        LargestOutput = result.LargestExpected,
        Outputs = [.. result.Outputs.Select(output => new CertifiedOutput(output.Name, output.MaxAbsDifference, output.LargestExpected))],
    };

    /// <summary>As one line of JSON, for the metadata.</summary>
    public string ToJsonLine() => JsonSerializer.Serialize(this with { ModelSha256 = null }, Compact);

    /// <summary>As JSON that people read.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Indented) + "\n";
}

/// <summary>What a model was made of and compared with.</summary>
/// <param name="Name">File name of the original model, or name of the exported network.</param>
/// <param name="ComputedBy">What ran it, with its version.</param>
/// <param name="Sha256">SHA-256 of the original file; null for a network that is no file.</param>
/// <param name="WeightsSha256">SHA-256 over its tensors.</param>
public sealed record CertifiedOrigin(string Name, string ComputedBy, string? Sha256, string WeightsSha256);

/// <summary>The samples of a comparison.</summary>
/// <param name="Source">Where they come from; random ones with their seed.</param>
/// <param name="Count">How many different ones.</param>
/// <param name="Batches">In which batch sizes they were run.</param>
public sealed record CertifiedSamples(string Source, int Count, IReadOnlyList<int> Batches);

/// <summary>One output in a comparison.</summary>
/// <param name="Name">The output.</param>
/// <param name="MaxAbsDifference">Largest absolute difference.</param>
/// <param name="LargestOutput">Largest absolute entry of the original's.</param>
public sealed record CertifiedOutput(string Name, double MaxAbsDifference, double LargestOutput);

/// <summary>What was decided about one layer.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Form">The form that it has now.</param>
/// <param name="Why">Why.</param>
/// <param name="Microseconds">Of the layer alone in the forms that were tried; null when nothing was measured.</param>
public sealed record CertifiedChoice(string Layer, string Form, string Why, LayerTimes? Microseconds);

/// <summary>What is known before the comparison.</summary>
internal sealed record CertificateDraft(string Form, string Precision, CertifiedOrigin Original, SampleSource Samples)
{
    /// <summary>What int8 was calibrated on; null with any other precision.</summary>
    public SampleSource? Calibration { get; init; }

    public IReadOnlyList<CertifiedChoice>? Choices { get; init; }

    public NetworkTimes? Times { get; init; }
}
