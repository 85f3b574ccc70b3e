using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace SparseHybrid.EndToEnd.Tests.Packages;

/// <summary>A test of the packages as they are by default; skipped in a build on the official packages of TorchSharp or ONNX Runtime.</summary>
public sealed class PackagesFactAttribute : FactAttribute
{
    public PackagesFactAttribute() =>
        Skip = typeof(torch).Assembly.GetName().Name == "TorchSharp" || typeof(OrtEnv).Assembly.GetName().GetPublicKeyToken() is { Length: > 0 }
            ? "This build takes official packages in the place of our own."
            : null;
}
