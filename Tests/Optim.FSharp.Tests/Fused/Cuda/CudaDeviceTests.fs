/// How devices are opened, and what is said when something fails.
[<Xunit.Collection(SparseHybrid.Optim.Tests.Fused.Cuda.PlayedDevice.Turns)>]
module SparseHybrid.Optim.Tests.Fused.Cuda.CudaDeviceTests

open System
open System.IO
open TorchSharp
open SparseHybrid.Optim
open Xunit

[<Fact>]
let ``the source is compiled for the device without contraction`` () =
    let device = PlayedDevice.openDevice ()
    Assert.Equal("--gpu-architecture=sm_90 --fmad=false --std=c++17 ", PlayedDevice.options ())
    Assert.Equal(CudaDevice.source (), PlayedDevice.source ())
    Assert.Equal("compute capability 9.0, NVRTC 12.8 (the played one)", CudaDevice.description device)
    Assert.Equal(0, PlayedDevice.contexts ())

/// Skips itself where there is no compiler for NVIDIA's devices.
type ClangFactAttribute() =
    inherit FactAttribute()

    do
        if PlayedDevice.clang.IsNone then
            base.Skip <- "There is no clang here to compile for NVIDIA's devices."

[<ClangFact>]
let ``for a device the kernels read whole vectors, keep everything in registers, and contract nothing`` () =
    let code = PlayedDevice.intermediateCode PlayedDevice.clang.Value
    Assert.DoesNotContain(".local", code)
    Assert.DoesNotContain("fma.rn", code)
    let start = code.IndexOf(".entry dual_averaging_by_entry", StringComparison.Ordinal)

    let kernel =
        code.Substring(start, code.IndexOf(".entry", start + 1, StringComparison.Ordinal) - start)

    let count (text: string) = kernel.Split(text).Length - 1
    // Read are gradient, parameter, velocity, forward point, average and backward step; the first and the average stay.
    Assert.Equal((6, 4), (count "ld.global.v4.f32", count "st.global.v4.f32"))

let private reopen () =
    CudaDevice.openWith (CudaDriver PlayedDevice.library.Value) (CudaCompiler PlayedDevice.library.Value) "" 0

[<Fact>]
let ``a compiler older than the device gives the newest code that it knows, for the driver to translate`` () =
    PlayedDevice.openDevice () |> ignore
    PlayedDevice.setCapability 120
    reopen () |> ignore
    Assert.StartsWith("--gpu-architecture=compute_90 ", PlayedDevice.options ())

[<Fact>]
let ``a device that the compiler knows no more is refused`` () =
    PlayedDevice.openDevice () |> ignore
    PlayedDevice.setCapability 61
    let fault = Assert.Throws<CudaFault>(fun () -> reopen () |> ignore)
    Assert.Equal("NVRTC 12.8 compiles for no device as old as compute capability 6.1.", fault.Message)

[<Fact>]
let ``every function that fails is named, with the library's word for its code`` () =
    for name in
        [ "cuInit"
          "cuDeviceGet"
          "cuDeviceGetAttribute"
          "cuDevicePrimaryCtxRetain"
          "cuCtxPushCurrent"
          "cuModuleLoadData"
          "cuMemAlloc" ] do
        PlayedDevice.openDevice () |> ignore
        PlayedDevice.fail name 7
        let fault = Assert.Throws<CudaFault>(fun () -> reopen () |> ignore)
        Assert.Equal($"{name} failed: CUDA_ERROR_OF_THE_TEST (7).", fault.Message)
        Assert.Equal(0, PlayedDevice.contexts ())

    for name in
        [ "nvrtcVersion"
          "nvrtcGetNumSupportedArchs"
          "nvrtcGetSupportedArchs"
          "nvrtcCreateProgram" ] do
        PlayedDevice.openDevice () |> ignore
        PlayedDevice.fail name 3
        let fault = Assert.Throws<CudaFault>(fun () -> reopen () |> ignore)
        Assert.Equal($"{name} failed: NVRTC_ERROR_OF_THE_TEST (3).", fault.Message)

[<Fact>]
let ``what the compiler complains about is told`` () =
    PlayedDevice.openDevice () |> ignore
    PlayedDevice.fail "nvrtcCompileProgram" 6
    let fault = Assert.Throws<CudaFault>(fun () -> reopen () |> ignore)
    Assert.Equal("nvrtcCompileProgram failed: NVRTC_ERROR_OF_THE_TEST (6). line 7: ", fault.Message)

[<Fact>]
let ``a kernel that is missing is named`` () =
    PlayedDevice.openDevice () |> ignore
    PlayedDevice.fail "cuModuleGetFunction" 500
    let fault = Assert.Throws<CudaFault>(fun () -> reopen () |> ignore)
    Assert.StartsWith("cuModuleGetFunction(average_entries) failed", fault.Message)

[<Fact>]
let ``a library without one of the functions is refused`` () =
    let fault =
        Assert.Throws<CudaFault>(fun () -> CudaDriver(Runtime.InteropServices.NativeLibrary.Load "libc.so.6") |> ignore)

    Assert.Equal("The library has no function cuGetErrorName.", fault.Message)

[<Fact>]
let ``a launch that fails gives the turn and the context back`` () =
    use _ = torch.NewDisposeScope()
    let device = PlayedDevice.openDevice ()

    let step, advance, _ =
        List.head (CudaCheck.steps 1 (Regularizers.L1 0.1) [| 9L |] id)

    PlayedDevice.fail "cuLaunchKernel" 701

    for _ in 1..2 do
        let fault =
            Assert.Throws<CudaFault>(fun () -> FusedStepOnCuda.run device step advance)

        Assert.Equal("cuLaunchKernel failed: CUDA_ERROR_OF_THE_TEST (701).", fault.Message)
        Assert.Equal(0, PlayedDevice.contexts ())

[<Fact>]
let ``kernels that compute the same pass their trial, every one of them`` () =
    let device = PlayedDevice.openDevice ()
    CudaCheck.require device _.clone()

    for method in [ "dual_averaging"; "proximal_sgd"; "rda"; "grda" ] do
        for source in [ "constant"; "by_entry"; "by_group" ] do
            Assert.True(PlayedDevice.launches $"{method}_{source}" > 0)

    for kernel in [ "average_entries"; "average_groups"; "backward_steps" ] do
        Assert.True(PlayedDevice.launches kernel > 0)

[<Fact>]
let ``kernels that compute something else do not`` () =
    let device = PlayedDevice.openDevice ()
    PlayedDevice.spoilResults ()
    let fault = Assert.Throws<CudaFault>(fun () -> CudaCheck.require device _.clone())
    Assert.Equal("a trial step of dual_averaging on a tensor of shape [1031] differs from the processor's.", fault.Message)

[<Fact>]
let ``NVRTC is found under whatever name a libtorch gives it, newest first`` () =
    let folder = Directory.CreateTempSubdirectory("sparsehybrid-nvrtc-").FullName

    try
        for name in
            [ "libnvrtc-0123abcd.so.11.2"
              "libnvrtc.so.12"
              "libnvrtc.alt.so.12"
              "libnvrtc-builtins.so.12.8"
              "libcaffe2_nvrtc.so"
              "nvrtc64_120_0.dll" ] do
            File.WriteAllText(Path.Combine(folder, name), "")

        let expected =
            [ for name in [ "nvrtc64_120_0.dll"; "libnvrtc.so.12"; "libnvrtc-0123abcd.so.11.2" ] -> Path.Combine(folder, name) ]

        Assert.Equal<string seq>(expected, CudaLibraries.compilersIn [ folder; folder + "-missing" ])
    finally
        Directory.Delete(folder, true)

[<Fact>]
let ``without a driver the kernels are left out, and it is said why`` () =
    if not (torch.cuda.is_available ()) then
        Assert.False(CudaKernels.areUsed 0)
        Assert.NotEqual<string>("", CudaKernels.describe 0)
