using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>The official TorchSharp, which this may be built on in the place of TorchSharp.Lite; it brings its libtorch as a package.</summary>
internal static class TorchSharpPackage
{
    /// <summary>Is this built on it?</summary>
    public static bool IsInUse { get; } = typeof(torch).Assembly.GetName().Name == nameof(TorchSharp);

    /// <summary>How the user changes to a libtorch built for CUDA.</summary>
    public static string HowToGetCuda { get; } = IsInUse
        ? "take TorchSharp-cuda-linux in the place of TorchSharp-cpu"
        : "set LIBTORCH to a libtorch built for CUDA";
}
