using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.SparseForm.Measure;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>What was written, and how close it comes to the original.</summary>
public sealed record ModelReport
{
    /// <summary>The file, as an absolute path.</summary>
    public required string File { get; init; }

    /// <summary>Its form.</summary>
    public required ModelForm Form { get; init; }

    /// <summary>What its weights and values are.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Its size in bytes, that of external data included.</summary>
    public required long Bytes { get; init; }

    /// <summary>What was compared, and with which result; it lies beside the file.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>What was done, layer by layer.</summary>
    public required IReadOnlyList<LayerReport> Layers { get; init; }

    /// <summary>How each tensor is stored, where there was a choice: of sparse-weights only.</summary>
    public required IReadOnlyList<TensorChoice> Tensors { get; init; }

    /// <summary>How long the whole network takes in its forms; null when nothing was measured.</summary>
    public NetworkTimes? Times { get; init; }

    /// <summary>Where the certificate is, as an absolute path.</summary>
    public string CertificateFile => Certificate.PathFor(File);

    /// <summary>Largest absolute difference of an output to the original's.</summary>
    public double MaxAbsDifference => Certificate.MaxAbsDifference;

    /// <summary>The largest output of the original in absolute value, to judge the difference by.</summary>
    public double LargestOutput => Certificate.LargestOutput;

    /// <summary>The number of samples that were compared.</summary>
    public int SamplesCompared => Certificate.Samples.Count;
}
