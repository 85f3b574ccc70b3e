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

/// Compiles the kernels in a folder of their own, for which the options are asked, and reads the product, the last of them.
let private compiling (compiler: string) (options: string -> string list) (read: string -> 'Product) : 'Product =
    let folder = Directory.CreateTempSubdirectory("sparsehybrid-cuda-").FullName

    try
        File.WriteAllText(Path.Combine(folder, "FusedStep.cu"), CudaDevice.source ())
        let options = options folder

        use running =
            new Process(StartInfo = ProcessStartInfo(compiler, options, RedirectStandardError = true))

        running.Start() |> ignore
        let complaints = running.StandardError.ReadToEnd()
        running.WaitForExit()

        if running.ExitCode <> 0 then
            invalidOp $"{compiler} does not compile the kernels: {complaints}"

        read (List.last options)
    finally
        Directory.Delete(folder, true)

let private native (file: string) =
    Path.Combine(AppContext.BaseDirectory, "Fused", "Cuda", "native", file)

let private compile () =
    let options folder =
        [ "-std=c++17"
          "-O2"
          "-fPIC"
          "-shared"
          "-fvisibility=hidden"
          "-Wall"
          "-Wno-attributes"
          "-Werror" ]
        @ [ "-ffp-contract=off"; "-U_FORTIFY_SOURCE"; "-I"; folder; native "device.cpp" ]
        @ [ "-o"; Path.Combine(folder, "device.so") ]

    compiling "g++" options NativeLibrary.Load

/// clang's, with a target for NVIDIA's devices, where there is one.
let clang =
    [ "clang"; "clang-14"; "clang-19" ]
    |> List.tryFind (fun name -> File.Exists(Path.Combine("/usr/bin", name)))

/// The kernels in NVIDIA's intermediate language, by clang.
let intermediateCode (clang: string) : string =
    let options folder =
        [ "-x"
          "cuda"
          "--cuda-device-only"
          "-nocudainc"
          "-nocudalib"
          "--cuda-gpu-arch=sm_70" ]
        @ [ "-std=c++17"
            "-O3"
            "-ffp-contract=off"
            "-fdeclspec"
            "-include"
            native "language.h"
            "-S" ]
        @ [ Path.Combine(folder, "FusedStep.cu"); "-o"; Path.Combine(folder, "step.ptx") ]

    compiling clang options File.ReadAllText

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
