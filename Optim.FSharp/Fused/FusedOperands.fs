/// What every fused step reads and writes, whatever the method and the device.
module internal SparseHybrid.Optim.FusedOperands

open TorchSharp

/// b = Kept b + Fresh w, kept in the state per group; or b = Fresh w, not kept.
[<RequireQualifiedAccess>]
type BackwardStep =
    | Stored of tensor: torch.Tensor * kept: float * fresh: float
    | Passing of fresh: float

type Operands =
    { Regularizer: Regularizer
      StepSize: float // of the running averages
      Gradient: torch.Tensor
      Parameter: torch.Tensor
      RunningAverage: torch.Tensor
      BackwardStep: BackwardStep }

/// The groups of a parameter as loops; none where the fused step does not know its way.
let walk regularizer (parameter: torch.Tensor) =
    match regularizer with
    | Regularizer.Zero
    | Regularizer.L1 _ -> ValueSome(GroupWalk.whole (int parameter.NumberOfElements))
    | Regularizer.AdaptiveL1 options -> GroupWalk.ofLayout (AdaptiveL1.layout options parameter)
    | _ -> ValueNone

/// What the running averages keep and take in this step.
let averageShares (options: AdaptiveL1) (operands: Operands) : FusedAverages.Shares =
    { Kept = float32 (ExponentialAverage.kept options.TimeScale operands.StepSize)
      Fresh = float32 (ExponentialAverage.fresh options.TimeScale operands.StepSize) }

/// The weight of a regularizer that does not adapt.
let constantWeight regularizer =
    match regularizer with
    | Regularizer.Zero -> FusedBackwardSteps.constantWeight 0.0
    | _ -> FusedBackwardSteps.constantWeight 1.0
