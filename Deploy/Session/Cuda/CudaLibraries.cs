using System.Text.RegularExpressions;

namespace SparseHybrid.Deploy.Session.Cuda;

/// <summary>The libraries behind ONNX Runtime's CUDA provider: which are missing, and what to install.</summary>
internal static partial class CudaLibraries
{
    /// <summary>cuDNN, which the provider opens when the first layer asks for it and so does not name to the loader.</summary>
    public const string Cudnn = "libcudnn.so.9";

    private const string HostBridge = "libonnxruntime_providers_shared.so";

    private static readonly (string Prefix, string Product)[] Products =
    [
        ("libcudnn", "cuDNN"),
        ("libcuda.", "driver"),
        ("libnvidia", "driver"),
        ("libnvinfer", "TensorRT"),
        ("libcu", "CUDA"), // cudart, cublas, cublasLt, curand, cufft, cusparse
        ("libnv", "CUDA"), // nvrtc, nvJitLink
        ("libonnxruntime", "ONNX Runtime"),
    ];

    /// <summary>The libraries that a message of the loader or of ONNX Runtime says are missing, by name; empty if it is about something else.</summary>
    public static IReadOnlyList<string> NamedBy(string message)
    {
        if (message.Contains("undefined symbol: Provider_GetHost", StringComparison.Ordinal))
        {
            return [HostBridge];
        }

        var names = NotFound().Matches(message).Select(match => match.Groups["name"].Value);
        return [.. names.Select(name => Path.GetFileName(name)!).Distinct()];
    }

    /// <summary>What to install so that these libraries are found, a sentence.</summary>
    public static string HowToInstall(IReadOnlyList<string> missing)
    {
        var needs = missing.GroupBy(Product).Select(group => $"{Describe(group.Key, missing)} ({string.Join(", ", group)})").ToList();
        return $"Install {Join(needs)}, or put the folders that hold them into LD_LIBRARY_PATH; 'cpu' needs none of them.";
    }

    private static string Product(string library) =>
        Array.Find(Products, product => library.StartsWith(product.Prefix, StringComparison.Ordinal)).Product ?? "other";

    private static string Describe(string product, IReadOnlyList<string> missing) => product switch
    {
        "CUDA" => $"the libraries of CUDA{Version(missing, "libcudart.", "libcublas.", "libcublasLt.")}",
        "cuDNN" => $"cuDNN{Version(missing, "libcudnn")}",
        "driver" => "the NVIDIA driver",
        "TensorRT" => $"TensorRT{Version(missing, "libnvinfer")}",
        "ONNX Runtime" => "the rest of ONNX Runtime, beside libonnxruntime.so",
        _ => "what is missing",
    };

    // libcudart.so.13 belongs to CUDA 13; libcurand.so.10 does as well, so that not every library tells the version.
    private static string Version(IEnumerable<string> missing, params string[] prefixes)
    {
        var telling = missing.FirstOrDefault(name => Array.Exists(prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        return telling?.Split(".so.") is [_, var version] ? $" {version.Split('.')[0]}" : "";
    }

    private static string Join(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    // The loader: "libcublasLt.so.13: cannot open shared object file"; cuDNN 9: "Unable to load any of {libcudnn_graph.so.9.1.0, ...}".
    [GeneratedRegex(@"(?<name>[^\s:]+\.so[.\d]*): cannot open shared object file|(Unable to dlopen |Unable to load any of \{|dlopen failed for )(?<name>[^\s:,}]+\.so[.\d]*)")]
    private static partial Regex NotFound();
}
