namespace SparseHybrid.Deploy.Export;

/// <summary>In which form a model is exported.</summary>
public enum ExportForm
{
    /// <summary>As it was trained, zeros included.</summary>
    Dense,

    /// <summary>Without the units that do nothing; it computes the same.</summary>
    Shrunk,
}

/// <summary>Settings of a verified export. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record ExportPipelineOptions
{
    private const long MostBytesInside = 2_000_000_000;

    /// <summary>The form. Default dense.</summary>
    public ExportForm Form { get; init; } = ExportForm.Dense;

    /// <summary>Settings of the ONNX file.</summary>
    public OnnxExportOptions Onnx { get; init; } = new();

    /// <summary>Largest difference of an output to libtorch's that is accepted, as a share of the largest output, 0 or more. Default 1e-4.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>
    /// Bytes of tensors above which they are written into a file of their own, named as the model with ".data" behind; 0 to
    /// 2 000 000 000, since one ONNX file cannot hold more. Default 2 000 000 000.
    /// </summary>
    public long ExternalDataAbove { get; init; } = MostBytesInside;

    /// <summary>Most samples to compare, at least 1. Default 1000.</summary>
    public int MostSamples { get; init; } = 1000;

    /// <summary>Samples per run of the comparison, at least 1. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate()
    {
        Onnx.Validate();
        var problems = new List<string>();
        if (!Enum.IsDefined(Form))
        {
            problems.Add($"Form is {Form}; known are {string.Join(", ", Enum.GetNames<ExportForm>())}");
        }

        if (!(Tolerance >= 0))
        {
            problems.Add($"Tolerance is {Tolerance}; it must be 0 or more");
        }

        if (ExternalDataAbove is < 0 or > MostBytesInside)
        {
            problems.Add($"ExternalDataAbove is {ExternalDataAbove}; it must be 0 to {MostBytesInside}");
        }

        if (MostSamples < 1)
        {
            problems.Add($"MostSamples is {MostSamples}; it must be at least 1");
        }

        if (Batch < 1)
        {
            problems.Add($"Batch is {Batch}; it must be at least 1");
        }

        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems) + ".");
        }
    }
}
