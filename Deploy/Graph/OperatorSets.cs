using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Versions of the standard ONNX operators.</summary>
internal static class OperatorSets
{
    /// <summary>The oldest that is understood: before it, Gemm and Add broadcast by attributes, and ONNX Runtime promises nothing.</summary>
    public const long Oldest = 7;

    /// <summary>The newest that is understood, which is the newest that ONNX Runtime 1.29 has.</summary>
    public const long Newest = 26;

    /// <summary>The version that a model asks for; null when it has operators of other domains only.</summary>
    public static long? Version(ModelProto model) =>
        model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").Max(import => (long?)import.Version);
}
