/// RAMDA, regularized adaptive momentumized dual averaging: RMDA in a diagonal metric grown from squared gradients. Huang
/// and Lee, Regularized Adaptive Momentum Dual Averaging with an Efficient Inexact Subproblem Solver for Training
/// Structured Neural Network, NeurIPS 2024, algorithm 1; the proximal point is computed exactly here.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Ramda

open TorchSharp

/// What stays the same until a restart.
[<Struct>]
type Settings =
    {
        /// c in (0, 1]: the share of the new proximal point in the next parameter. The parameter is exactly sparse only
        /// where c = 1; the model always is.
        Mixing: float
        /// Finite, above 0; added to the metric.
        Epsilon: float
        /// Finite, 0 or more; this multiple of the parameter is added to the gradient.
        WeightDecay: float
    }

let private keeps =
    [ "start", StateShape.PerEntry
      "gradientSum", StateShape.PerEntry
      "squareSum", StateShape.PerEntry
      "backwardStep", StateShape.PerGroup
      MethodState.RunningAverage, StateShape.PerGroup ]

/// W~: prox of b R in the metric P = U^(1/3) + epsilon at W_0 - V / P.
let private proximalPoint
    settings
    regularizer
    (start: torch.Tensor)
    (gradientSum: torch.Tensor)
    (squareSum: torch.Tensor)
    (backwardStep: torch.Tensor)
    =
    let metric = squareSum.pow ((1.0 / 3.0).ToScalar()) + settings.Epsilon
    Regularizer.proxInMetric regularizer backwardStep metric (start - gradientSum / metric)

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let share = point.StepSize * sqrt (float (state.Steps + 1L))
        let slope = gradient + parameter * settings.WeightDecay
        let average, weights = MethodStep.adapt regularizer point parameter state
        let gradientSum = state["gradientSum"] + slope * share
        let squareSum = state["squareSum"] + slope * slope * share
        let backwardStep = state["backwardStep"] + weights * share

        let proximalPoint =
            proximalPoint settings regularizer state["start"] gradientSum squareSum backwardStep

        parameter * (1.0 - settings.Mixing) + proximalPoint * settings.Mixing,
        [ "start", state["start"].alias()
          "gradientSum", gradientSum
          "squareSum", squareSum
          "backwardStep", backwardStep
          MethodState.RunningAverage, average ])

let private model settings regularizer (_: torch.Tensor) (state: MethodState) =
    use _ = torch.NewDisposeScope()

    let point =
        proximalPoint settings regularizer state["start"] state["gradientSum"] state["squareSum"] state["backwardStep"]

    point.MoveToOuterDisposeScope()

/// <summary>In step t with s = h sqrt t: V = V + s (g + decay x); U = U + s (g + decay x)^2; P = U^(1/3) + epsilon;
/// b = b + s w; W~ = prox of b R in the metric P at W_0 - V / P; x = (1 - c) x + c W~. The model is W~. The schedule's
/// averaging is not read.</summary>
/// <param name="settings">Mixing, epsilon and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <remarks>Restart at each stage of a schedule as for RMDA; epsilon shrinks with the step size.</remarks>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requirePositiveShare (nameof settings.Mixing) "The mixing" settings.Mixing
    Errors.requireAbove 0.0 (nameof settings.Epsilon) "Epsilon" settings.Epsilon
    Errors.requireNonNegative (nameof settings.WeightDecay) "The weight decay" settings.WeightDecay

    { Name = "RAMDA"
      Keeps = keeps
      NeedsMetric = true
      Init = MethodStep.initFrom "start" keeps
      Step = step settings
      StepInPlace = MethodStep.copying (step settings)
      Model = model settings }
