using Onnx;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Certify;

/// <summary>Writes models that get their name, and their certificate, only once they have proven themselves.</summary>
internal static class VerifiedModel
{
    /// <summary>Writes the model in a temporary place, compares it there, and gives it its name together with its certificate.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The final name; what has it now is replaced.</param>
    /// <param name="externalDataAbove">Bytes of tensors above which they go into a file of their own.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="draft">What the certificate says of where the model comes from.</param>
    /// <param name="compare">Compares the file at a path with the original.</param>
    /// <exception cref="ExportException">The outputs differ, or the place cannot be written; nothing has the final name then.</exception>
    public static (Certificate Certificate, long Bytes) Write(
        ModelProto model, string path, long externalDataAbove, Limits limits, CertificateDraft draft, Func<string, VerificationResult> compare)
    {
        using var pending = new PendingModel(path, model, externalDataAbove);
        var result = compare(pending.Path);
        if (!result.IsWithin(limits.Tolerance))
        {
            throw Differs(path, result, draft, limits.Tolerance);
        }

        if (result.Classes is { } classes && classes.Agreement < limits.LeastAgreement)
        {
            throw Disagrees(path, classes, draft, limits.LeastAgreement);
        }

        var certificate = pending.Certify(Certificate.Of(result, draft, path, WeightsHash.Of(model), limits.Tolerance));
        pending.Commit();
        return (certificate, pending.Bytes);
    }

    private static ExportException Differs(string path, VerificationResult result, CertificateDraft draft, double tolerance)
    {
        var (name, difference, largest) = result.Worst;
        return new(
            null,
            $"'{path}' was not written: in ONNX Runtime the model computes something else than '{draft.Original.Name}' in {draft.Original.ComputedBy}.",
            $"Over {result.SamplesCompared} samples the output '{name}' (up to {largest:g4}) differs by {difference:g4}; {tolerance * largest:g4} is allowed.",
            "Check the weights for values that are not finite or very large, or allow a larger difference.");
    }

    private static ExportException Disagrees(string path, ClassAgreement classes, CertificateDraft draft, double least) => new(
        null,
        $"'{path}' was not written: at {draft.Precision} the model often chooses other classes than '{draft.Original.Name}'.",
        $"On {classes.Samples} samples ({draft.Samples.Description}) both agree on {100 * classes.Agreement:0.##} %; {100 * least:0.##} % are asked for.",
        "Keep the layers that it costs most float32 (--keep-float), calibrate on more samples, or accept less (--least-agreement).");
}
