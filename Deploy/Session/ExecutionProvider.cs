namespace SparseHybrid.Deploy.Session;

/// <summary>Where ONNX Runtime computes.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; <see cref="Cuda.CudaProvider"/> says where its library is looked for.</summary>
    Cuda,
}
