/// The fused step for tensors in main memory. The first pass needs the whole tensor, for its largest running average; the
/// second does everything else, block by block, in the processor's nearest cache. Both share the tensor among as many threads
/// as libtorch uses.
module internal SparseHybrid.Optim.FusedStepOnProcessor

#nowarn "9" // native addresses, as in Floats

open System
open FSharp.NativeInterop
open FusedOperands

/// Entries per block of the second pass: a few of them fit the first-level cache together.
let private blockLength = 1024

/// First pass: overwrites the running averages where they are kept, and gives the weights that follow from them.
let private weightRule operands walk =
    match operands.Regularizer with
    | Regularizer.AdaptiveL1 options ->
        let shares = averageShares options operands

        FusedAverages.update shares walk (Floats.Of operands.Parameter) (Floats.Of operands.RunningAverage)
        |> FusedBackwardSteps.adaptiveWeight options (AdaptiveL1.layout options operands.Parameter)
    | regularizer -> constantWeight regularizer

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

/// One step; the tensors must be covered.
let run (operands: Operands) (advance: FusedAdvance.Advance) : unit =
    let walk = (walk operands.Regularizer operands.Parameter).Value
    let backwardSteps = backwardSteps operands walk (weightRule operands walk)

    let advanceBlock =
        FusedAdvance.ofBlocks advance operands.Gradient operands.Parameter

    Chunks.run (Chunks.ofItems (int operands.Parameter.NumberOfElements) 1) (fun _ start length ->
        let scratch =
            { Address = NativePtr.toNativeInt (NativePtr.stackalloc<float32>(blockLength + Lanes.Width)) // room for GroupWalk.spread
              Length = blockLength }

        for block in start..blockLength .. start + length - 1 do
            let length = min blockLength (start + length - block)
            advanceBlock block length (backwardSteps block (scratch.Slice(0, length))))

    // Addresses do not keep the native memory alive, the tensors do.
    GC.KeepAlive operands
    GC.KeepAlive advance
