/// Proximal SGD with momentum: a gradient step, then the proximal operator for the same step size. Its thresholds shrink
/// with the step size, so that zeros are lost when a schedule anneals; dual averaging keeps them. Without momentum it is
/// ISTA (Parikh and Boyd, Proximal Algorithms, 2014, section 4.2); it is xRDA with averaging 0.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.ProximalSgd

open TorchSharp

/// What stays the same over a run.
[<Struct>]
type Settings =
    {
        /// tau, finite, 0 or more, in the unit of the step size: a step keeps the share exp(-h / tau) of the velocity. 0
        /// switches momentum off.
        MomentumTimeScale: float
        /// Finite, 0 or more; this multiple of the parameter is added to the gradient.
        WeightDecay: float
    }

let private keeps =
    [ "velocity", StateShape.PerEntry
      MethodState.RunningAverage, StateShape.PerGroup ]

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let slope = gradient + parameter * settings.WeightDecay

        let velocity =
            ExponentialAverage.update settings.MomentumTimeScale point.StepSize state["velocity"] slope

        let average, weights = MethodStep.adapt regularizer point parameter state
        let moved = parameter - velocity * point.StepSize
        let next = Regularizer.prox regularizer (weights * point.StepSize) moved
        next, [ "velocity", velocity; MethodState.RunningAverage, average ])

let private stepByOperations settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    let average = state[MethodState.RunningAverage]
    RegularizerWeights.updateAverageInPlace regularizer point.StepSize average parameter

    let backwardStep =
        RegularizerWeights.scaledBy regularizer parameter.shape average point.StepSize

    let kept = ExponentialAverage.kept settings.MomentumTimeScale point.StepSize
    let fresh = ExponentialAverage.fresh settings.MomentumTimeScale point.StepSize
    MethodStep.addGradient kept fresh settings.WeightDecay gradient parameter state["velocity"]
    let moved = parameter.add_ (state["velocity"], (-point.StepSize).ToScalar())
    RegularizerProx.overwrite regularizer backwardStep moved parameter

let private stepFused settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    let rates: FusedAdvance.Rates =
        { Kept = float32 (ExponentialAverage.kept settings.MomentumTimeScale point.StepSize)
          Fresh = float32 (ExponentialAverage.fresh settings.MomentumTimeScale point.StepSize)
          WeightDecay = float32 settings.WeightDecay
          StepSize = float32 point.StepSize
          Strength = float32 (Regularizer.strength regularizer) }

    FusedStep.run
        { Regularizer = regularizer
          StepSize = point.StepSize
          Gradient = gradient
          Parameter = parameter
          RunningAverage = state[MethodState.RunningAverage]
          BackwardStep = FusedOperands.BackwardStep.Passing point.StepSize }
        (FusedAdvance.Advance.ProximalSgd(rates, state["velocity"]))

/// <summary>v = e^(-h/tau) v + (1 - e^(-h/tau)) (g + decay x); x = prox of h w R at x - h v, with the weights w from
/// before the step. The schedule's averaging is not read.</summary>
/// <param name="settings">Momentum and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requireNonNegative (nameof settings.MomentumTimeScale) "The momentum time scale" settings.MomentumTimeScale
    Errors.requireNonNegative (nameof settings.WeightDecay) "The weight decay" settings.WeightDecay

    { Name = "proximal SGD"
      Keeps = keeps
      NeedsMetric = false
      Init = fun regularizer parameter -> MethodState.make 0L (MethodState.zeros keeps regularizer parameter)
      Step = step settings
      StepInPlace = MethodStep.fusedOr (stepByOperations settings) (stepFused settings)
      Model = MethodStep.parameterIsModel }
