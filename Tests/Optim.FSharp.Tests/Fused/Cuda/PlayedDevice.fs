/// A CUDA device played by the host's processor: the kernels' own source, compiled by the host's C++ compiler into a library
/// that stands for the driver and for NVRTC. One for all tests, which take turns.
module internal SparseHybrid.Optim.Tests.Fused.Cuda.PlayedDevice

open System
open System.Diagnostics
open System.IO
open System.Runtime.InteropServices
open SparseHybrid.Optim

[<Literal>]
let Turns = "The played CUDA device"

let private compile () =
    let folder = Directory.CreateTempSubdirectory("sparsehybrid-cuda-").FullName
    File.WriteAllText(Path.Combine(folder, "FusedStep.cu"), CudaDevice.source ())

    let source =
        Path.Combine(AppContext.BaseDirectory, "Fused", "Cuda", "native", "device.cpp")

    let library = Path.Combine(folder, "device.so")

    let options =
        [ "-std=c++17"
          "-O2"
          "-fPIC"
          "-shared"
          "-fvisibility=hidden"
          "-Wall"
          "-Wno-attributes"
          "-Werror" ]
        @ [ "-ffp-contract=off"
            "-U_FORTIFY_SOURCE"
            "-I"
            folder
            source
            "-o"
            library ]

    use compiler =
        new Process(StartInfo = ProcessStartInfo("g++", options, RedirectStandardError = true))

    compiler.Start() |> ignore
    let complaints = compiler.StandardError.ReadToEnd()
    compiler.WaitForExit()

    if compiler.ExitCode <> 0 then
        invalidOp $"g++ does not compile the kernels: {complaints}"

    let handle = NativeLibrary.Load library
    Directory.Delete(folder, true)
    handle

type private Fail = delegate of string * int -> unit
type private Call = delegate of unit -> unit
type private Get = delegate of unit -> int
type private Set = delegate of int -> unit
type private Count = delegate of string -> int
type private Text = delegate of unit -> nativeint

let library = lazy compile ()

let private import<'Function when 'Function :> Delegate and 'Function: not null> name : 'Function = CudaFault.import library.Value name

let private fails = lazy import<Fail> "device_fail"
let private launchesOf = lazy import<Count> "device_launches"
let private reset = lazy import<Call> "device_reset"

/// Lets a function of the driver or of NVRTC fail.
let fail (name: string) (code: int) = fails.Value.Invoke(name, code)

let setCapability (capability: int) =
    (import<Set> "device_set_capability").Invoke capability

/// Lets every kernel add 0.001 to the last entry of the parameter.
let spoilResults () =
    (import<Set> "device_spoil_results").Invoke 1

let launches (kernel: string) = launchesOf.Value.Invoke kernel

let allLaunches () =
    (import<Get> "device_all_launches").Invoke()

/// Contexts that were pushed and not popped.
let contexts () =
    (import<Get> "device_contexts").Invoke()

let stepBytes () =
    (import<Get> "device_step_bytes").Invoke()

let options () =
    Marshal.PtrToStringUTF8((import<Text> "device_options").Invoke())

let source () =
    Marshal.PtrToStringUTF8((import<Text> "device_source").Invoke())

/// A device without faults that has launched nothing yet.
let internal openDevice () : CudaDevice =
    reset.Value.Invoke()
    CudaDevice.openWith (CudaDriver library.Value) (CudaCompiler library.Value) "the played one" 3
