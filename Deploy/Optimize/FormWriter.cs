using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>The end that exporting and optimising share: a model in a form is written, compared, certified and named.</summary>
internal static class FormWriter
{
    /// <param name="formed">The model in its form.</param>
    /// <param name="path">The file to write; one that exists is replaced.</param>
    /// <param name="options">Valid ones.</param>
    /// <param name="original">Where the model comes from.</param>
    /// <param name="samples">What both are run on.</param>
    /// <param name="compare">Compares the file at a path with the original.</param>
    /// <exception cref="ExportException">The outputs differ, or the file cannot be written; nothing is written then.</exception>
    public static ModelReport Write(
        FormedModel formed, string path, VerifiedModelOptions options, CertifiedOrigin original, SampleSource samples,
        Func<string, VerificationResult> compare)
    {
        formed = ModelForms.Store(formed, options.Form);
        var draft = new CertificateDraft(ModelForms.NameOf(options.Form), ModelPrecision.NameOf(options.Precision), original, samples)
        {
            Choices = Choices(formed.Layers),
            Times = formed.Times,
            Calibration = options.Precision == Precision.Int8 ? options.Calibration : null,
        };
        var (certificate, bytes) = VerifiedModel.Write(formed.Model, path, options.ExternalDataAbove, options.Limits, draft, compare);
        return new ModelReport
        {
            File = Path.GetFullPath(path),
            Form = options.Form,
            Precision = options.Precision,
            Bytes = bytes,
            Certificate = certificate,
            Layers = formed.Layers,
            Times = formed.Times,
            Tensors = formed.Tensors,
        };
    }

    private static List<CertifiedChoice>? Choices(IReadOnlyList<LayerReport> layers)
    {
        var decided = layers.Where(layer => layer.Verdict is not null)
            .Select(layer => new CertifiedChoice(layer.Size.Name, ModelForms.NameOf(layer.Choice), layer.Verdict!.Why, layer.Verdict.Times)).ToList();
        return decided.Count > 0 ? decided : null;
    }
}
