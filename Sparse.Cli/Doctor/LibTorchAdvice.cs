using SparseHybrid.Training;

namespace SparseHybrid.Cli.Doctor;

/// <summary>What to do about libtorch, which has another source when this is built on the official TorchSharp.</summary>
internal static class LibTorchAdvice
{
    private static readonly string HowToBuild = Installation.Choose(
        "Run ./sparse again with it set, which builds for it.", $"Build the shim for it: {Installation.HowToBuildShim}");

    /// <summary>What to do when it cannot be loaded.</summary>
    public static string Missing { get; } = TorchSharpPackage.IsInUse
        ? "It is part of TorchSharp's package (TorchSharp-cpu or TorchSharp-cuda-linux), which needs a C++ runtime with GLIBCXX_3.4.32: "
            + "Debian 13, Ubuntu 24.04 or newer."
        : Installation.Choose(
            inRepository: "Install Debian's (apt-get install libtorch-dev libopenblas0-pthread) or set LIBTORCH to your own, "
                + "then run ./sparse again, which builds for it.",
            asTool: "Install that of Debian 12 (apt-get install libtorch1.13 libopenblas0-pthread), or set LIBTORCH to your own "
                + $"and build the shim for it: {Installation.HowToBuildShim}");

    /// <summary>What to do when it has no CUDA, and there is a GPU.</summary>
    public static string WithoutCuda { get; } =
        $"To train on it, {TorchSharpPackage.HowToGetCuda}. {(TorchSharpPackage.IsInUse ? "" : HowToBuild)}".TrimEnd();

    /// <summary>What to do when it is another one than LIBTORCH names.</summary>
    public static string AnotherThanAskedFor { get; } = TorchSharpPackage.IsInUse
        ? "LIBTORCH names another one, which is not used: this is built on TorchSharp's package, which brings its own."
        : $"LIBTORCH names another one. {HowToBuild}";
}
