/// gRDA, directional pruning: dual averaging of plain gradients whose thresholds grow as n^mu steps, more slowly than the
/// n of dual averaging. Chao, Wang, Xing and Cheng, Directional Pruning of Deep Neural Networks, NeurIPS 2020.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Grda

open TorchSharp

/// What stays the same over a run.
[<Struct>]
type Settings =
    {
        /// mu in [0.5, 1]: thresholds grow as n^mu. Published: 0.501 to 0.55; 1 is dual averaging.
        ThresholdGrowth: float
    }

/// What step n adds to the threshold: gamma^(1/2 + mu) (n^mu - (n-1)^mu).
let private increment (growth: float) (stepSize: float) (steps: int64) =
    stepSize ** (0.5 + growth)
    * (float steps ** growth - float (steps - 1L) ** growth)

let private keeps =
    [ "forwardPoint", StateShape.PerEntry
      "backwardStep", StateShape.PerGroup
      MethodState.RunningAverage, StateShape.PerGroup ]

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let forwardPoint = state["forwardPoint"] - gradient * point.StepSize
        let average, weights = MethodStep.adapt regularizer point parameter state

        let backwardStep =
            state["backwardStep"]
            + weights * increment settings.ThresholdGrowth point.StepSize (state.Steps + 1L)

        let next = Regularizer.prox regularizer backwardStep forwardPoint

        next,
        [ "forwardPoint", forwardPoint
          "backwardStep", backwardStep
          MethodState.RunningAverage, average ])

let private stepByOperations settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    let added = increment settings.ThresholdGrowth point.StepSize (state.Steps + 1L)
    MethodStep.adaptInPlace regularizer point parameter state[MethodState.RunningAverage] 1.0 added state["backwardStep"]

    let forwardPoint =
        state["forwardPoint"].add_(gradient, (-point.StepSize).ToScalar())

    RegularizerProx.overwrite regularizer state["backwardStep"] forwardPoint parameter

let private stepFused settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    let stepSize, strength =
        float32 point.StepSize, float32 (Regularizer.strength regularizer)

    let added = increment settings.ThresholdGrowth point.StepSize (state.Steps + 1L)

    FusedStep.run
        { Regularizer = regularizer
          StepSize = point.StepSize
          Gradient = gradient
          Parameter = parameter
          RunningAverage = state[MethodState.RunningAverage]
          BackwardStep = FusedOperands.BackwardStep.Stored(state["backwardStep"], 1.0, added) }
        (FusedAdvance.Advance.Grda(stepSize, strength, state["forwardPoint"]))

/// <summary>z = z - gamma g; b = b + gamma^(1/2 + mu) (n^mu - (n-1)^mu) w; x = prox of b R at z, in step n with step size
/// gamma. The regularizer's strength is the paper's c, 0.005 say. Momentum and weight decay are not part of the method, and
/// the schedule's averaging is not read.</summary>
/// <param name="settings">The growth of the thresholds.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">The growth is out of its range.</exception>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requireBetween (nameof settings.ThresholdGrowth) "The growth of the thresholds" 0.5 1.0 settings.ThresholdGrowth

    { Name = "gRDA"
      Keeps = keeps
      NeedsMetric = false
      Init = MethodStep.initFrom "forwardPoint" keeps
      Step = step settings
      StepInPlace = MethodStep.fusedOr (stepByOperations settings) (stepFused settings)
      Model = MethodStep.parameterIsModel }
