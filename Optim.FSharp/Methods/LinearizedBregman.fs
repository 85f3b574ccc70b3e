/// Linearised Bregman iterations: the forward point collects gradient steps for ever, and the parameter is its proximal
/// point for a threshold that neither grows nor shrinks. Start sparse: entries wake one by one as their forward point
/// outgrows the threshold. Bungert, Roith, Tenbrinck and Burger, A Bregman Learning Framework for Sparse Neural Networks,
/// JMLR 23 (2022), algorithm 1 with delta = 1; with momentum, algorithm 2.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.LinearizedBregman

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
      "forwardPoint", StateShape.PerEntry
      MethodState.RunningAverage, StateShape.PerGroup ]

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let slope = gradient + parameter * settings.WeightDecay

        let velocity =
            ExponentialAverage.update settings.MomentumTimeScale point.StepSize state["velocity"] slope

        let forwardPoint = state["forwardPoint"] - velocity * point.StepSize
        let average, weights = MethodStep.adapt regularizer point parameter state
        let next = Regularizer.prox regularizer weights forwardPoint

        next,
        [ "velocity", velocity
          "forwardPoint", forwardPoint
          MethodState.RunningAverage, average ])

/// <summary>v = e^(-h/tau) v + (1 - e^(-h/tau)) (g + decay x); z = z - h v; x = prox of w R at z, so that an entry is zero
/// while |z| stays below strength * w. z starts at the parameter; the schedule's averaging is not read.</summary>
/// <param name="settings">Momentum and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <remarks>The strength is in the unit of the parameter here, not of the gradient.</remarks>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requireNonNegative (nameof settings.MomentumTimeScale) "The momentum time scale" settings.MomentumTimeScale
    Errors.requireNonNegative (nameof settings.WeightDecay) "The weight decay" settings.WeightDecay

    { Name = "linearised Bregman"
      Keeps = keeps
      NeedsMetric = false
      Init = MethodStep.initFrom "forwardPoint" keeps
      Step = step settings
      StepInPlace = MethodStep.copying (step settings)
      Model = MethodStep.parameterIsModel }
