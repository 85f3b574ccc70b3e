namespace SparseHybrid.Optim

#nowarn "9" "51" // out-parameters of native functions

open System.Runtime.InteropServices

type private Init = delegate of flags: uint32 -> int
type private DeviceGet = delegate of nativeptr<int> * ordinal: int -> int
type private DeviceAttribute = delegate of nativeptr<int> * attribute: int * device: int -> int
type private RetainContext = delegate of nativeptr<nativeint> * device: int -> int
type private PushContext = delegate of context: nativeint -> int
type private PopContext = delegate of nativeptr<nativeint> -> int
type private LoadModule = delegate of nativeptr<nativeint> * image: byte[] -> int
type private ModuleFunction = delegate of nativeptr<nativeint> * loaded: nativeint * name: nativeint -> int
type private Allocate = delegate of nativeptr<nativeint> * bytes: unativeint -> int
type private ErrorName = delegate of code: int * nativeptr<nativeint> -> int

type private LaunchKernel =
    delegate of
        kernel: nativeint *
        uint32 *
        uint32 *
        uint32 *
        uint32 *
        uint32 *
        uint32 *
        sharedBytes: uint32 *
        stream: nativeint *
        parameters: nativeptr<nativeint> *
        extra: nativeint ->
            int

/// The part of the CUDA driver's interface that launching a kernel takes.
type internal CudaDriver(library: nativeint) =
    let import name = CudaFault.import library name
    let errorName: ErrorName = import "cuGetErrorName"

    let explain code =
        let mutable name = 0n

        if errorName.Invoke(code, &&name) = 0 then
            CudaFault.text name
        else
            "unknown error"

    let require name code = CudaFault.require name explain code
    let init: Init = import "cuInit"
    let deviceGet: DeviceGet = import "cuDeviceGet"
    let attribute: DeviceAttribute = import "cuDeviceGetAttribute"
    let retainContext: RetainContext = import "cuDevicePrimaryCtxRetain"
    let pushContext: PushContext = import "cuCtxPushCurrent_v2"
    let popContext: PopContext = import "cuCtxPopCurrent_v2"
    let loadModule: LoadModule = import "cuModuleLoadData"
    let moduleFunction: ModuleFunction = import "cuModuleGetFunction"
    let allocate: Allocate = import "cuMemAlloc_v2"
    let launch: LaunchKernel = import "cuLaunchKernel"

    let attributeOf device number =
        let mutable value = 0
        require "cuDeviceGetAttribute" (attribute.Invoke(&&value, number, device))
        value

    /// The device of this number, counted as libtorch does.
    member _.Device(ordinal: int) : int =
        let mutable device = 0
        require "cuInit" (init.Invoke 0u)
        require "cuDeviceGet" (deviceGet.Invoke(&&device, ordinal))
        device

    member _.Multiprocessors(device: int) = attributeOf device 16

    /// Compute capability, as 10 major + minor.
    member _.Capability(device: int) =
        10 * attributeOf device 75 + attributeOf device 76

    /// The context that libtorch works in; kept until the process ends.
    member _.PrimaryContext(device: int) : nativeint =
        let mutable context = 0n
        require "cuDevicePrimaryCtxRetain" (retainContext.Invoke(&&context, device))
        context

    /// Runs in a context and gives the thread back the one it had.
    member _.Within (context: nativeint) (work: unit -> 'T) : 'T =
        let mutable previous = 0n
        require "cuCtxPushCurrent" (pushContext.Invoke context)

        try
            work ()
        finally
            popContext.Invoke &&previous |> ignore

    /// The kernels of a compiled program by name, for the current context.
    member _.Kernels(image: byte[], names: string list) : Map<string, nativeint> =
        let mutable loaded = 0n
        require "cuModuleLoadData" (loadModule.Invoke(&&loaded, image))

        Map
            [ for name in names ->
                  let mutable kernel = 0n
                  let text = Marshal.StringToCoTaskMemUTF8 name

                  try
                      require $"cuModuleGetFunction({name})" (moduleFunction.Invoke(&&kernel, loaded, text))
                  finally
                      Marshal.FreeCoTaskMem text

                  name, kernel ]

    /// Memory of the current context's device, kept until the process ends.
    member _.Allocate(bytes: int) : nativeint =
        let mutable address = 0n
        require "cuMemAlloc" (allocate.Invoke(&&address, unativeint bytes))
        address

    /// Puts a kernel with one parameter at the end of the stream on which libtorch puts its own: the legacy default stream.
    member _.Launch(kernel: nativeint, blocks: int, threads: int, parameter: nativeint) =
        let mutable parameter = parameter

        require "cuLaunchKernel" (launch.Invoke(kernel, uint32 blocks, 1u, 1u, uint32 threads, 1u, 1u, 0u, 0n, &&parameter, 0n))
