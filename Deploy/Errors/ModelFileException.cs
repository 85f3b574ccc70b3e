namespace SparseHybrid.Deploy;

/// <summary>A model file cannot be read, is not ONNX, or ONNX Runtime refuses it.</summary>
public sealed class ModelFileException : SparseHybridException
{
    /// <param name="path">The file at fault.</param>
    /// <param name="what">What did not work, a sentence with the offending file or value.</param>
    /// <param name="why">What was found and what was expected, a sentence.</param>
    /// <param name="fix">What the user can do now, a sentence.</param>
    /// <param name="inner">The error that this one adds context to.</param>
    public ModelFileException(string path, string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) => Path = path;

    /// <summary>The file at fault.</summary>
    public string Path { get; }
}
