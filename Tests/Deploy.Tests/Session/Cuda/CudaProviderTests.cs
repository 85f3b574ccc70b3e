using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Session.Cuda;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Session.Cuda;

public sealed class CudaProviderTests : IDisposable
{
    private const string FileName = "libonnxruntime_providers_cuda.so";

    private readonly TemporaryFolder folder = new();

    [WithoutCudaFact]
    public void A_place_without_the_library_is_named()
    {
        var state = CudaProvider.Find(folder.Path);
        Assert.False(state.IsUsable);
        Assert.Null(state.Library);
        Assert.Equal([folder.File(FileName)], state.LookedFor);
        Assert.Contains(folder.Path, state.Problem, StringComparison.Ordinal);
        Assert.Contains(CudaProvider.Variable, state.Advice, StringComparison.Ordinal);
        Assert.Contains(CudaProvider.Find(null).LookedFor, place => place.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));
    }

    [WithoutCudaFact]
    public void Each_library_that_the_provider_lacks_is_named_and_what_to_install()
    {
        var library = CompiledLibrary.Needing(folder, FileName, "libcublasLt.so.13", "libcudart.so.13", "libcuda.so.1");
        foreach (var named in new[] { library, folder.Path })
        {
            var state = CudaProvider.Find(named);
            Assert.Equal((false, library), (state.IsUsable, state.Library));
            Assert.Equal(["libcublasLt.so.13", "libcudart.so.13", "libcuda.so.1", "libcudnn.so.9"], state.MissingLibraries);
            Assert.Equal("The loader does not find libcublasLt.so.13, libcudart.so.13, libcuda.so.1, libcudnn.so.9.", state.Problem);
            Assert.StartsWith("Install the libraries of CUDA 13 (libcublasLt.so.13, libcudart.so.13), the NVIDIA driver", state.Advice, StringComparison.Ordinal);
        }
    }

    [WithoutCudaFact]
    public void A_file_that_is_no_library_is_told_by_the_loader()
    {
        var state = CudaProvider.Find(folder.Write("text.so", "no library"u8.ToArray()));
        Assert.False(state.IsUsable);
        Assert.Empty(state.MissingLibraries);
        Assert.Contains("text.so", state.Problem, StringComparison.Ordinal);
        Assert.Contains("text.so", state.Advice, StringComparison.Ordinal);
    }

    [WithoutCudaFact]
    public void A_benchmark_on_it_is_refused()
    {
        var model = folder.Write("model.onnx", SmallNetworks.HalfDead(1));
        var error = Assert.Throws<ProviderException>(() => InferenceBenchmark.Run(SmallNetworks.Quick(model) with { Provider = ExecutionProvider.Cuda }));
        Assert.Contains("'cuda'", error.What, StringComparison.Ordinal);
    }

    [CudaFact]
    public void On_a_GPU_outputs_are_those_of_the_processor_with_transfers_and_without()
    {
        var model = folder.Write("model.onnx", SmallNetworks.HalfDead(1));
        var input = Running.RandomFloats(new Random(3), 2 * 16);
        using var onProcessor = ModelSession.Load(model, new SessionSettings());
        using var onGpu = ModelSession.Load(model, new SessionSettings(ExecutionProvider.Cuda));
        foreach (var run in new IPreparedRun[] { onGpu.PrepareWithTransfers(input, 2), onGpu.PrepareOnDevice(input, 2) })
        {
            using (run)
            {
                run.Run();
                Running.AssertClose(onProcessor.Run(input, 2)[0], run.CopyOutputs()[0], relative: 1e-3); // TF32
            }
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A test of what happens where the provider is not usable.</summary>
    private sealed class WithoutCudaFactAttribute : FactAttribute
    {
        public WithoutCudaFactAttribute() => Skip = CudaProvider.Find().IsUsable ? "ONNX Runtime runs on CUDA here." : null;
    }

    /// <summary>A test that needs a GPU.</summary>
    private sealed class CudaFactAttribute : FactAttribute
    {
        public CudaFactAttribute() => Skip = CudaProvider.Find().Problem;
    }
}
