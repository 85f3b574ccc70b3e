/// The xRDA step in two passes over memory, for contiguous float32 tensors in main memory: the first pass needs the whole
/// tensor, for its largest average; the second does everything else, block by block, in the processor's nearest cache.
module internal SparseHybrid.Optim.FusedStep

open System
open System.Buffers
open System.Runtime.InteropServices
open TorchSharp

/// Everything a step reads and writes; all but the gradient are overwritten.
type Operands =
    { Gradient: torch.Tensor
      Parameter: torch.Tensor
      Velocity: torch.Tensor
      ForwardPoint: torch.Tensor
      BackwardStep: torch.Tensor
      RunningAverage: torch.Tensor }

    member operands.All =
        [ operands.Gradient
          operands.Parameter
          operands.Velocity
          operands.ForwardPoint
          operands.BackwardStep
          operands.RunningAverage ]

/// Entries per block of the second pass: a few of them fit the first-level cache together.
let private blockLength = 1024

let private isFlatFloat32 (tensor: torch.Tensor) =
    tensor.dtype = torch.float32
    && tensor.device_type = DeviceType.CPU
    && tensor.NumberOfElements <= int64 (Int32.MaxValue / sizeof<float32>) // a span's length in bytes
    && tensor.is_contiguous ()

/// Whether the fused step covers these tensors: flat float32, and groups that are runs of entries.
let canRun (regularizer: Regularizer) (operands: Operands) =
    let isRuns =
        match Regularizer.layout regularizer operands.Parameter.shape with
        | ValueSome layout -> layout.IsRuns
        | ValueNone -> true

    isRuns && operands.All |> List.forall isFlatFloat32

let private floats (tensor: torch.Tensor) =
    MemoryMarshal.Cast<byte, float32> tensor.bytes

/// First pass: overwrites the running averages where they are kept, and gives the weights that follow from them.
let private weightRule regularizer (stepSize: float) (operands: Operands) =
    match regularizer with
    | Regularizer.Zero -> FusedBackwardSteps.constantWeight 0.0
    | Regularizer.L1 _ -> FusedBackwardSteps.constantWeight 1.0
    | Regularizer.AdaptiveL1 options ->
        let layout = AdaptiveL1.layout options operands.Parameter
        let kept = float32 (ExponentialAverage.kept options.TimeScale stepSize)
        let fresh = float32 (ExponentialAverage.fresh options.TimeScale stepSize)
        let runLength = int layout.GroupSize
        let parameter = floats operands.Parameter
        let average = floats operands.RunningAverage

        let maximum =
            if runLength = 1 then
                FusedAverages.updateElements kept fresh parameter average
            else
                FusedAverages.updateRuns kept fresh runLength parameter average

        FusedBackwardSteps.adaptiveWeight options layout maximum

/// Second pass: backward steps of a block, then its entries.
let private advance (rates: FusedAdvance.Rates) rule (operands: Operands) (scratch: float32[]) =
    let gradient = floats operands.Gradient
    let parameter = floats operands.Parameter
    let velocity = floats operands.Velocity
    let forwardPoint = floats operands.ForwardPoint
    let backwardStep = floats operands.BackwardStep
    let average = floats operands.RunningAverage
    let isPerEntry = backwardStep.Length = parameter.Length

    if not isPerEntry then
        FusedBackwardSteps.update rule rates.Averaging rates.StepSize average backwardStep

    let mutable start = 0

    while start < parameter.Length do
        let length = min blockLength (parameter.Length - start)
        let mutable perEntry = scratch.AsSpan(0, length)

        if isPerEntry then
            perEntry <- backwardStep.Slice(start, length)
            FusedBackwardSteps.update rule rates.Averaging rates.StepSize (average.Slice(start, length)) perEntry
        else
            FusedBackwardSteps.spread (parameter.Length / backwardStep.Length) start backwardStep perEntry

        FusedAdvance.advance
            rates
            perEntry
            (gradient.Slice(start, length))
            (parameter.Slice(start, length))
            (velocity.Slice(start, length))
            (forwardPoint.Slice(start, length))

        start <- start + length

/// One step; canRun must have said yes.
let run (rates: FusedAdvance.Rates) (stepSize: float) (regularizer: Regularizer) (operands: Operands) : unit =
    let rule = weightRule regularizer stepSize operands
    let scratch = ArrayPool.Shared.Rent blockLength

    try
        advance rates rule operands scratch
    finally
        ArrayPool.Shared.Return scratch

    // The spans above do not keep the native memory alive, the tensors do.
    GC.KeepAlive operands
