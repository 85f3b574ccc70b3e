namespace SparseHybrid;

/// <summary>A file of settings cannot be used.</summary>
public sealed class ConfigurationException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public ConfigurationException(string source, string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) => Source = source;

    /// <summary>The file, or what else the settings were read from.</summary>
    public new string Source { get; }
}
