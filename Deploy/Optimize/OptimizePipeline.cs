using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>Optimises any ONNX model with proof: ONNX Runtime runs the result and the original before the result gets its final name.</summary>
public static class OptimizePipeline
{
    /// <summary>Reads a model, optimises it, compares it with the original, and writes it with its certificate.</summary>
    /// <param name="path">The original model; its external data, if any, lie beside it. Not changed.</param>
    /// <param name="outPath">The file to write; one that exists is replaced. Not the original.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told what <see cref="ModelForm.Auto"/> is measuring.</param>
    /// <param name="cancellationToken">Stops between two batches of the comparison; nothing is written then.</param>
    /// <exception cref="ArgumentException">The options are out of range, or both paths are one.</exception>
    /// <exception cref="ModelFileException">The model cannot be read, ONNX Runtime does not run it, or the samples do not fit it.</exception>
    /// <exception cref="ExportException">The outputs differ beyond the tolerance, or the file cannot be written; nothing is written then.</exception>
    public static ModelReport Optimize(string path, string outPath, OptimizeOptions? options = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(outPath);
        options ??= new OptimizeOptions();
        options.Validate();
        var original = ModelFile.Load(path);
        if (Path.GetFullPath(path) == Path.GetFullPath(outPath))
        {
            throw new ArgumentException($"The optimised model would replace the original, '{path}', which its certificate speaks of.", nameof(outPath));
        }

        var origin = new CertifiedOrigin(Path.GetFileName(path), $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}", FileHash.Sha256(path), WeightsHash.Of(original));
        var samples = (options.Inputs ?? options.Calibration ?? SampleSource.Random(1)).For(original);
        var formed = ModelForms.Apply(Clean(original), options, samples, progress, cancellationToken);
        if (options.Form == ModelForm.Shrunk)
        {
            formed = formed with { Model = GraphCleanup.Apply(formed.Model) }; // units that went may have been what kept nodes apart
        }

        formed = ModelPrecision.Apply(formed, options, cancellationToken);
        return FormWriter.Write(formed, outPath, options, origin, samples, Compare);

        VerificationResult Compare(string written)
        {
            using var session = new VerificationSession(path);
            return ModelVerifier.Compare(session.Run, written, samples, options.Plan, cancellationToken);
        }
    }

    /// <summary>The graph as every form begins with it; folding first leaves fewer parameters for the form to deal with.</summary>
    private static ModelProto Clean(ModelProto original)
    {
        var cleaned = GraphCleanup.Apply(original);
        GraphEditor.Keep(cleaned.MetadataProps, entry => entry.Key != Certificate.MetadataKey); // that of the original
        return cleaned;
    }
}
