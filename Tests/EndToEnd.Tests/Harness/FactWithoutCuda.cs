namespace SparseHybrid.EndToEnd.Tests.Harness;

/// <summary>A test of what happens where there is no CUDA device; skipped where there is one.</summary>
public sealed class FactWithoutCudaAttribute : FactAttribute
{
    public FactWithoutCudaAttribute() => Skip = File.Exists("/dev/nvidia0") ? "There is a CUDA device on this machine." : null;
}
