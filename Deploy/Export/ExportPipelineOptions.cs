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
    /// <summary>The form. Default dense.</summary>
    public ExportForm Form { get; init; } = ExportForm.Dense;

    /// <summary>Settings of the ONNX file.</summary>
    public OnnxExportOptions Onnx { get; init; } = new();

    /// <summary>Largest absolute difference of an output to libtorch's that is accepted, 0 or more. Default 1e-4.</summary>
    public double Tolerance { get; init; } = 1e-4;

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
