namespace SparseHybrid.Deploy;

/// <summary>A model cannot be exported: a module that ONNX has no proven form for, a file that cannot be written, outputs that differ.</summary>
public sealed class ExportException : SparseHybridException
{
    /// <param name="modulePath">Where in the model the module at fault sits ("features.3"); null when no single module is.</param>
    /// <param name="what">What did not work, a sentence with the offending file or value.</param>
    /// <param name="why">What was found and what was expected, a sentence.</param>
    /// <param name="fix">What the user can do now, a sentence.</param>
    /// <param name="inner">The error that this one adds context to.</param>
    public ExportException(string? modulePath, string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) => ModulePath = modulePath;

    /// <summary>Where in the model the module at fault sits ("features.3"); null when no single module is.</summary>
    public string? ModulePath { get; }
}
