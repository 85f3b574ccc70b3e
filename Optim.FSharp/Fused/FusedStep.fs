/// The steps of several methods in two passes over memory, for contiguous float32 tensors in main memory: the first pass
/// needs the whole tensor, for its largest running average; the second does everything else, block by block, in the
/// processor's nearest cache. Both share the tensor among as many threads as libtorch uses.
module internal SparseHybrid.Optim.FusedStep

#nowarn "9" // native addresses, as in Floats

open System
open FSharp.NativeInterop
open TorchSharp

/// b = Kept b + Fresh w, kept in the state per group; or b = Fresh w, not kept.
[<RequireQualifiedAccess>]
type BackwardStep =
    | Stored of tensor: torch.Tensor * kept: float * fresh: float
    | Passing of fresh: float

/// What every fused step reads and writes, whatever the method.
type Operands =
    { Regularizer: Regularizer
      StepSize: float // of the running averages
      Parameter: torch.Tensor
      RunningAverage: torch.Tensor
      BackwardStep: BackwardStep }

/// Entries per block of the second pass: a few of them fit the first-level cache together.
let private blockLength = 1024

/// The groups of a parameter as loops; none where the fused step does not know its way.
let private walk regularizer (parameter: torch.Tensor) =
    match regularizer with
    | Regularizer.Zero
    | Regularizer.L1 _ -> ValueSome(GroupWalk.whole (int parameter.NumberOfElements))
    | Regularizer.AdaptiveL1 options -> GroupWalk.ofLayout (AdaptiveL1.layout options parameter)
    | _ -> ValueNone

/// Whether the fused step covers a parameter and the state's tensors: flat, float32, and not empty.
let canRun (regularizer: Regularizer) (parameter: torch.Tensor) (state: torch.Tensor seq) =
    parameter.NumberOfElements > 0L
    && Floats.Covers parameter
    && Seq.forall Floats.Covers state
    && (walk regularizer parameter).IsSome

/// First pass: overwrites the running averages where they are kept, and gives the weights that follow from them.
let private weightRule operands walk =
    match operands.Regularizer with
    | Regularizer.Zero -> FusedBackwardSteps.constantWeight 0.0
    | Regularizer.AdaptiveL1 options ->
        let shares: FusedAverages.Shares =
            { Kept = float32 (ExponentialAverage.kept options.TimeScale operands.StepSize)
              Fresh = float32 (ExponentialAverage.fresh options.TimeScale operands.StepSize) }

        FusedAverages.update shares walk (Floats.Of operands.Parameter) (Floats.Of operands.RunningAverage)
        |> FusedBackwardSteps.adaptiveWeight options (AdaptiveL1.layout options operands.Parameter)
    | _ -> FusedBackwardSteps.constantWeight 1.0

/// Backward steps of groups that are not single entries, before any entry is touched.
let private updateGroups rule kept fresh (average: Floats) (backwardStep: Floats) =
    Chunks.run (Chunks.ofItems backwardStep.Length 1) (fun _ start length ->
        FusedBackwardSteps.update rule kept fresh (average.Slice(start, length)) (backwardStep.Slice(start, length)))

/// The function that gives the backward steps of a block of entries, in the scratch space or in the state.
let private backwardSteps operands (walk: GroupWalk) rule : int -> Floats -> Floats =
    let average = Floats.Of operands.RunningAverage

    match operands.BackwardStep with
    | BackwardStep.Stored(tensor, kept, fresh) when walk.IsElementwise ->
        let backwardStep = Floats.Of tensor

        fun start scratch ->
            let block = backwardStep.Slice(start, scratch.Length)
            FusedBackwardSteps.update rule (float32 kept) (float32 fresh) (average.Slice(start, scratch.Length)) block
            block
    | BackwardStep.Stored(tensor, kept, fresh) ->
        let backwardStep = Floats.Of tensor
        updateGroups rule (float32 kept) (float32 fresh) average backwardStep

        fun start scratch ->
            GroupWalk.spread walk start backwardStep scratch
            scratch
    | BackwardStep.Passing fresh when walk.IsElementwise ->
        fun start scratch ->
            FusedBackwardSteps.compute rule (float32 fresh) (average.Slice(start, scratch.Length)) scratch
            scratch
    | BackwardStep.Passing fresh ->
        fun start scratch ->
            GroupWalk.spread walk start average scratch
            FusedBackwardSteps.compute rule (float32 fresh) scratch scratch
            scratch

/// One step; canRun must have said yes. The method advances each block of entries: its start, its length and the backward
/// steps of its entries are given.
let run (operands: Operands) (advance: int -> int -> Floats -> unit) : unit =
    let walk = (walk operands.Regularizer operands.Parameter).Value

    let backwardSteps = backwardSteps operands walk (weightRule operands walk)

    Chunks.run (Chunks.ofItems (int operands.Parameter.NumberOfElements) 1) (fun _ start length ->
        let scratch =
            { Address = NativePtr.toNativeInt (NativePtr.stackalloc<float32>(blockLength + Lanes.Width)) // room for GroupWalk.spread
              Length = blockLength }

        for block in start..blockLength .. start + length - 1 do
            let length = min blockLength (start + length - block)
            advance block length (backwardSteps block (scratch.Slice(0, length))))

    // Addresses do not keep the native memory alive, the tensors do.
    GC.KeepAlive operands
