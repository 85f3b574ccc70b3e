/// RMDA, regularized modernized dual averaging: dual averaging with growing weights whose iterates are mixed into the
/// parameter, which gives momentum. Huang and Lee, Training Structured Neural Networks Through Manifold Identification and
/// Variance Reduction, ICLR 2022, algorithm 1. Without a penalty it is the MDA of Jelassi and Defazio, arXiv:2010.10502.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Rmda

open TorchSharp

/// What stays the same until a restart.
[<Struct>]
type Settings =
    {
        /// c in (0, 1]: the share of the new proximal point in the next parameter. The parameter is exactly sparse only
        /// where c = 1; the model always is.
        Mixing: float
        /// Finite, 0 or more; this multiple of the parameter is added to the gradient.
        WeightDecay: float
    }

let private keeps =
    [ "start", StateShape.PerEntry
      "gradientSum", StateShape.PerEntry
      "backwardStep", StateShape.PerGroup
      MethodState.RunningAverage, StateShape.PerGroup ]

/// The proximal point W~ after this many steps: prox of (b / sqrt t) R at W_0 - V / sqrt t.
let private proximalPoint regularizer (steps: int64) (start: torch.Tensor) (gradientSum: torch.Tensor) (backwardStep: torch.Tensor) =
    let pull = sqrt (float steps)
    Regularizer.prox regularizer (backwardStep / pull) (start - gradientSum / pull)

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let steps = state.Steps + 1L
        let share = point.StepSize * sqrt (float steps)
        let slope = gradient + parameter * settings.WeightDecay
        let average, weights = MethodStep.adapt regularizer point parameter state
        let gradientSum = state["gradientSum"] + slope * share
        let backwardStep = state["backwardStep"] + weights * share

        let proximalPoint =
            proximalPoint regularizer steps state["start"] gradientSum backwardStep

        parameter * (1.0 - settings.Mixing) + proximalPoint * settings.Mixing,
        [ "start", state["start"].alias()
          "gradientSum", gradientSum
          "backwardStep", backwardStep
          MethodState.RunningAverage, average ])

let private model regularizer (parameter: torch.Tensor) (state: MethodState) =
    if state.Steps = 0L then
        parameter.alias ()
    else
        use _ = torch.NewDisposeScope()

        let point =
            proximalPoint regularizer state.Steps state["start"] state["gradientSum"] state["backwardStep"]

        point.MoveToOuterDisposeScope()

/// <summary>In step t with s = h sqrt t: V = V + s (g + decay x); b = b + s w; W~ = prox of (b / sqrt t) R at
/// W_0 - V / sqrt t; x = (1 - c) x + c W~. The model is W~. The schedule's averaging is not read.</summary>
/// <param name="settings">Mixing and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <remarks>Where a schedule lowers the step size in stages, restart at each by <see cref="M:SparseHybrid.Optim.MethodModule.Restart"/>, and divide c by the
/// same factor as the step size, up to 1: a state fits every value of the settings.</remarks>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requirePositiveShare (nameof settings.Mixing) "The mixing" settings.Mixing
    Errors.requireNonNegative (nameof settings.WeightDecay) "The weight decay" settings.WeightDecay

    { Name = "RMDA"
      Keeps = keeps
      NeedsMetric = false
      Init = MethodStep.initFrom "start" keeps
      Step = step settings
      StepInPlace = MethodStep.copying (step settings)
      Model = model }
