namespace SparseHybrid.Optim

#nowarn "9" "51" // out-parameters of native functions

open System.Runtime.InteropServices
open System.Text

type private Version = delegate of nativeptr<int> * nativeptr<int> -> int
type private ErrorText = delegate of int -> nativeint
type private ArchitectureCount = delegate of nativeptr<int> -> int
type private Architectures = delegate of int[] -> int

type private CreateProgram = delegate of program: nativeptr<nativeint> * source: byte[] * name: byte[] * headers: int * nativeint * nativeint -> int

type private CompileProgram = delegate of program: nativeint * count: int * options: nativeint[] -> int
type private DestroyProgram = delegate of nativeptr<nativeint> -> int
type private SizeOf = delegate of program: nativeint * nativeptr<unativeint> -> int
type private Read = delegate of program: nativeint * byte[] -> int

/// NVRTC, the compiler of CUDA C++ that needs neither headers nor another program. 11.2 or newer.
type internal CudaCompiler(library: nativeint) =
    let import name = CudaFault.import library name
    let errorText: ErrorText = import "nvrtcGetErrorString"

    let require name code =
        CudaFault.require name (fun code -> CudaFault.text (errorText.Invoke code)) code

    let version: Version = import "nvrtcVersion"
    let architectureCount: ArchitectureCount = import "nvrtcGetNumSupportedArchs"
    let architectures: Architectures = import "nvrtcGetSupportedArchs"
    let create: CreateProgram = import "nvrtcCreateProgram"
    let compile: CompileProgram = import "nvrtcCompileProgram"
    let destroy: DestroyProgram = import "nvrtcDestroyProgram"

    let zeroEnded (text: string) = Encoding.UTF8.GetBytes(text + "\000")

    /// What a program gives, its size and its bytes being two functions.
    let read (program: nativeint) (what: string) : byte[] =
        let mutable size = 0un
        let sizeOf: SizeOf = import $"{what}Size"
        require what (sizeOf.Invoke(program, &&size))
        let bytes = Array.zeroCreate<byte>(int size)
        let read: Read = import what
        require what (read.Invoke(program, bytes))
        bytes

    let compileWith (program: nativeint) (options: string list) =
        let texts = [| for option in options -> Marshal.StringToCoTaskMemUTF8 option |]

        try
            let code = compile.Invoke(program, texts.Length, texts)

            if code <> 0 then
                let log =
                    (Encoding.UTF8.GetString(read program "nvrtcGetProgramLog")).TrimEnd('\000', '\n')

                raise (CudaFault $"nvrtcCompileProgram failed: {CudaFault.text (errorText.Invoke code)} ({code}). {log}")
        finally
            Array.iter Marshal.FreeCoTaskMem texts

    /// "13.0", say.
    member _.Version =
        let mutable major, minor = 0, 0
        require "nvrtcVersion" (version.Invoke(&&major, &&minor))
        $"{major}.{minor}"

    /// Compute capabilities that it compiles for, as 10 major + minor.
    member _.Architectures: int[] =
        let mutable count = 0
        require "nvrtcGetNumSupportedArchs" (architectureCount.Invoke &&count)
        let known = Array.zeroCreate<int> count
        require "nvrtcGetSupportedArchs" (architectures.Invoke known)
        known

    /// Machine code for this compute capability; where the compiler is older than the device, the intermediate code of the
    /// newest one that it knows, which the driver translates.
    member compiler.Compile(name: string, source: string, capability: int) : byte[] =
        let known = compiler.Architectures

        let target, product =
            if Array.contains capability known then
                $"sm_{capability}", "nvrtcGetCUBIN"
            else
                match known |> Array.filter (fun architecture -> architecture < capability) with
                | [||] ->
                    raise (
                        CudaFault $"NVRTC {compiler.Version} compiles for no device as old as compute capability {capability / 10}.{capability % 10}."
                    )
                | older -> $"compute_{Array.max older}", "nvrtcGetPTX"

        let mutable program = 0n
        require "nvrtcCreateProgram" (create.Invoke(&&program, zeroEnded source, zeroEnded name, 0, 0n, 0n))

        try
            // Without contraction every operation rounds as on the processor.
            compileWith program [ $"--gpu-architecture={target}"; "--fmad=false"; "--std=c++17" ]
            read program product
        finally
            destroy.Invoke &&program |> ignore
