namespace SparseHybrid.Optim

#nowarn "9" "51" // the address of a structure, for the time of a call

open System.IO
open System.Reflection
open FSharp.NativeInterop

/// A CUDA device with the kernels of the fused step.
type internal CudaDevice =
    private
        {
            Driver: CudaDriver
            Context: nativeint
            Kernels: Map<string, nativeint>
            /// Blocks that keep the device busy.
            Blocks: int
            /// Room for one number of each block.
            Maxima: nativeint
            /// Two steps at once would share the maxima.
            Turn: obj
            /// Libraries and architecture, in words.
            Description: string
        }

/// Launches within one turn, in the order given.
type internal CudaLaunch = string -> int -> CudaStep -> unit

module internal CudaDevice =
    /// Blocks of the first pass at most, whose maxima every block of the second pass reads.
    [<Literal>]
    let MostBlocks = 2048

    [<Literal>]
    let private BlocksPerMultiprocessor = 8

    /// Names of the kernels.
    let private names =
        [ "average_entries"; "average_groups"; "backward_steps" ]
        @ [ for method in [ "dual_averaging"; "proximal_sgd"; "rda"; "grda" ] do
                for source in [ "constant"; "by_entry"; "by_group" ] do
                    $"{method}_{source}" ]

    /// The source of the kernels.
    let source () =
        match Assembly.GetExecutingAssembly().GetManifestResourceStream "FusedStep.cu" with
        | null -> raise (CudaFault "the kernels' source is not in this assembly.")
        | stream ->
            use reader = new StreamReader(stream)
            reader.ReadToEnd()

    /// Compiles and loads the kernels.
    let openWith (driver: CudaDriver) (compiler: CudaCompiler) (compilerName: string) (ordinal: int) : CudaDevice =
        let device = driver.Device ordinal
        let capability = driver.Capability device
        let image = compiler.Compile("FusedStep.cu", source (), capability)
        let context = driver.PrimaryContext device

        let kernels, maxima =
            driver.Within context (fun () -> driver.Kernels(image, names), driver.Allocate(MostBlocks * sizeof<int>))

        { Driver = driver
          Context = context
          Kernels = kernels
          Blocks = min MostBlocks (BlocksPerMultiprocessor * driver.Multiprocessors device)
          Maxima = maxima
          Turn = obj ()
          Description = $"compute capability {capability / 10}.{capability % 10}, NVRTC {compiler.Version} ({compilerName})" }

    /// Libraries and architecture, in words.
    let description (device: CudaDevice) = device.Description

    /// Room for one number of each block of the first pass.
    let maxima (device: CudaDevice) = device.Maxima

    /// Blocks for so many pieces of work, one a thread.
    let blocksFor (device: CudaDevice) (pieces: int) =
        max 1 (min device.Blocks ((pieces + CudaTeams.Block - 1) / CudaTeams.Block))

    /// Blocks for so many pieces of work, one a block.
    let blocksForTiles (device: CudaDevice) (tiles: int) = max 1 (min device.Blocks tiles)

    /// Lets the work launch kernels, one after another, without another thread's between them.
    let launching (device: CudaDevice) (work: CudaLaunch -> unit) : unit =
        let launch (name: string) (blocks: int) (step: CudaStep) =
            let mutable step = step
            device.Driver.Launch(device.Kernels[name], blocks, CudaTeams.Block, NativePtr.toNativeInt &&step)

        lock device.Turn (fun () -> device.Driver.Within device.Context (fun () -> work launch))
