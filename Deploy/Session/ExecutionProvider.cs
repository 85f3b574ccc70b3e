namespace SparseHybrid.Deploy.Session;

/// <summary>Where ONNX Runtime computes.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; needs a build of ONNX Runtime that has this provider.</summary>
    Cuda,
}
