namespace SparseHybrid.Cli;

/// <summary>How this program came to be here: built in its repository and started by ./sparse, or installed as a .NET tool named sparse.</summary>
internal static class Installation
{
    // NuGet's settings of a tool lie beside its program.
    private static readonly bool IsTool = File.Exists(Path.Combine(AppContext.BaseDirectory, "DotnetToolSettings.xml"));

    /// <summary>What fits of the two.</summary>
    public static T Choose<T>(T inRepository, T asTool) => IsTool ? asTool : inRepository;

    /// <summary>A text with commands in it, as they are typed here.</summary>
    public static string InText(string text) => IsTool ? text.Replace("./sparse ", "sparse ", StringComparison.Ordinal) : text;

    /// <summary>The commands that build the shim for the libtorch in LIBTORCH, from the sources that the tool carries.</summary>
    public static string HowToBuildShim { get; } =
        $"cmake -S {Path.Combine(AppContext.BaseDirectory, "native")} -B /tmp/torch_lite -DTORCH_LITE_OUTPUT=$LIBTORCH/lib/sparsehybrid "
        + "&& cmake --build /tmp/torch_lite --parallel";
}
