namespace SparseHybrid.Tests.Support;

/// <summary>Another home for data sets, until disposed: what the user of this machine has fetched must not change a test.</summary>
public sealed class DataHome : IDisposable
{
    private const string Variable = "XDG_DATA_HOME";

    private readonly string? before = Environment.GetEnvironmentVariable(Variable);

    public DataHome(string path) => Environment.SetEnvironmentVariable(Variable, path);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, before);
}
