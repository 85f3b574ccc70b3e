using TorchSharp;

namespace SparseHybrid.Tests.Support;

/// <summary>A test that needs a CUDA device, and skips itself where there is none.</summary>
public sealed class CudaFactAttribute : FactAttribute
{
    public CudaFactAttribute() => Skip = torch.cuda.is_available() ? null : "libtorch finds no CUDA device here.";
}

/// <summary>A test of what happens without a CUDA device.</summary>
public sealed class NoCudaFactAttribute : FactAttribute
{
    public NoCudaFactAttribute() => Skip = torch.cuda.is_available() ? "libtorch finds a CUDA device here." : null;
}
