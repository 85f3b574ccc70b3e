using SparseHybrid.Deploy.Session.Cuda;

namespace SparseHybrid.Deploy.Tests.Session.Cuda;

public class CudaLibrariesTests
{
    [Theory]
    // ONNX Runtime 1.29 and the plug-in for CUDA 13, on a machine without CUDA
    [InlineData(
        "[ErrorCode:Fail] Failed to load library /opt/plugin/libonnxruntime_providers_cuda.so with error: libcublasLt.so.13: cannot open shared object file: No such file or directory",
        "libcublasLt.so.13")]
    // ONNX Runtime 1.17 to 1.22, microsoft/onnxruntime issues 19616 and 25609
    [InlineData(
        "/onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1778 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : "
        + "Failed to load library libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open shared object file: No such file or directory",
        "libcudnn.so.9")]
    // cuDNN 9, which opens its parts one by one
    [InlineData("Unable to load any of {libcudnn_graph.so.9.1.0, libcudnn_graph.so.9.1, libcudnn_graph.so.9, libcudnn_graph.so}", "libcudnn_graph.so.9.1.0")]
    // Its string within the plug-in for CUDA 13
    [InlineData("Unable to dlopen libcuda.so.1 : ", "libcuda.so.1")]
    // The plug-in beside an ONNX Runtime that lacks its other library
    [InlineData(
        "[ErrorCode:Fail] Failed to load library /opt/plugin/libonnxruntime_providers_cuda.so with error: /opt/plugin/libonnxruntime_providers_cuda.so: undefined symbol: Provider_GetHost",
        "libonnxruntime_providers_shared.so")]
    public void A_message_names_what_is_missing(string message, string library) => Assert.Equal([library], CudaLibraries.NamedBy(message));

    [Theory]
    [InlineData("[ErrorCode:Fail] Failed to load library /etc/passwd with error: /etc/passwd: invalid ELF header")]
    [InlineData("[ErrorCode:Fail] CUDA execution provider is not enabled in this build.")]
    [InlineData("CUDA failure 2: out of memory ; GPU=0 ; hostname=box ; file=/onnxruntime/core/providers/cuda/cuda_allocator.cc")]
    public void Other_messages_name_none(string message) => Assert.Empty(CudaLibraries.NamedBy(message));

    [Fact]
    public void What_to_install_is_told_by_product_with_its_version() => Assert.Equal(
        "Install the libraries of CUDA 13 (libcublasLt.so.13, libcurand.so.10, libcudart.so.13), the NVIDIA driver (libcuda.so.1) and cuDNN 9 (libcudnn.so.9), "
        + "or put the folders that hold them into LD_LIBRARY_PATH; 'cpu' needs none of them.",
        CudaLibraries.HowToInstall(["libcublasLt.so.13", "libcurand.so.10", "libcudart.so.13", "libcuda.so.1", "libcudnn.so.9"]));

    [Theory]
    [InlineData("libcurand.so.10", "the libraries of CUDA (libcurand.so.10),")] // its number is not that of CUDA
    [InlineData("libnvrtc.so.13", "the libraries of CUDA (libnvrtc.so.13),")]
    [InlineData("libnvinfer.so.10", "TensorRT 10 (libnvinfer.so.10),")]
    [InlineData("libonnxruntime_providers_shared.so", "the rest of ONNX Runtime, beside libonnxruntime.so (libonnxruntime_providers_shared.so),")]
    [InlineData("libz.so.1", "what is missing (libz.so.1),")]
    public void A_single_library_is_told_with_where_it_belongs(string library, string expected) =>
        Assert.StartsWith($"Install {expected}", CudaLibraries.HowToInstall([library]), StringComparison.Ordinal);
}
