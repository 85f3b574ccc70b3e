using SparseHybrid.Runs;

namespace SparseHybrid.Deploy.Report;

/// <summary>Machine and versions of a run, as every page shows them.</summary>
internal static class MachineFacts
{
    public static IEnumerable<(string Name, string Value)> Of(RunEnvironment environment) =>
    [
        ("Processor", $"{environment.Processor} ({environment.ProcessorCount} logical)"),
        ("Threads of a run", $"{environment.Threads}"),
        ("Versions", $"SparseHybrid {environment.SparseHybrid}, {environment.TorchSharp}, libtorch {environment.LibTorch}, .NET {environment.DotNet}"),
        ("System", environment.OperatingSystem),
    ];
}
