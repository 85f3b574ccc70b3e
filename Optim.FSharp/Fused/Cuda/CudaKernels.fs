namespace SparseHybrid.Optim

open System
open System.Collections.Concurrent
open System.Diagnostics
open System.Runtime.InteropServices
open TorchSharp

/// <summary>The kernels of the fused step on CUDA devices: compiled by NVRTC at their first use on a device, tried out on small
/// tensors there, and left out, for a chain of tensor operations, where they cannot be had, do not agree with the processor,
/// or the environment variable SPARSEHYBRID_CUDA_KERNELS is "off".</summary>
[<RequireQualifiedAccess>]
module CudaKernels =
    [<Literal>]
    let private Switch = "SPARSEHYBRID_CUDA_KERNELS"

    let private isOff () =
        String.Equals(Environment.GetEnvironmentVariable Switch, "off", StringComparison.OrdinalIgnoreCase)

    let private openDevice (ordinal: int) : Result<CudaDevice, string> =
        if isOff () then
            Error $"{Switch} is off"
        else
            try
                let struct (_, driver) = CudaLibraries.driver ()
                let struct (name, compiler) = CudaLibraries.compiler ()

                let device =
                    CudaDevice.openWith (CudaDriver driver) (CudaCompiler compiler) name ordinal

                let place = torch.device (DeviceType.CUDA, ordinal)
                CudaCheck.require device (fun tensor -> tensor.``to`` place)
                Ok device
            with
            | :? ExternalException
            | :? InvalidOperationException as fault -> // libtorch's own, where it finds no device
                Trace.TraceWarning $"The fused step runs as tensor operations on CUDA device {ordinal}: {fault.Message}"
                Error fault.Message

    let private devices = ConcurrentDictionary<int, Lazy<Result<CudaDevice, string>>>()

    let private known (ordinal: int) =
        devices.GetOrAdd(ordinal, (fun ordinal -> Lazy<Result<CudaDevice, string>>(Func<_>(fun () -> openDevice ordinal)))).Value

    /// The device's kernels; areUsed must have said yes.
    let internal device (ordinal: int) : CudaDevice =
        match known ordinal with
        | Ok device -> device
        | Error why -> raise (CudaFault why)

    /// <summary>Whether steps in place on this device run as fused kernels. The first call compiles and tries them.</summary>
    /// <param name="ordinal">The device's number, from 0.</param>
    [<CompiledName("AreUsed")>]
    let areUsed (ordinal: int) : bool = (known ordinal).IsOk

    /// <summary>What the kernels were compiled with, or why they are left out, in words.</summary>
    /// <param name="ordinal">The device's number, from 0.</param>
    [<CompiledName("Describe")>]
    let describe (ordinal: int) : string =
        match known ordinal with
        | Ok device -> CudaDevice.description device
        | Error why -> why
