namespace SparseHybrid;

/// <summary>The device asked for is not there.</summary>
public sealed class DeviceException : SparseHybridException
{
    /// <inheritdoc cref="SparseHybridException(string, string, string, Exception?)"/>
    public DeviceException(string what, string why, string fix, Exception? inner = null)
        : base(what, why, fix, inner) { }
}
