/// Regularized dual averaging: each step minimises the average gradient so far as a linear function, plus the penalty, plus a
/// vanishing pull to the start. Xiao, Dual Averaging Methods for Regularized Stochastic Learning and Online Optimization,
/// JMLR 11 (2010), algorithm 1.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.Rda

open TorchSharp

/// What stays the same over a run.
[<Struct>]
type Settings =
    {
        /// p in [0, 1]: the pull beta_t = t^p / h. 1/2 is the method for convex functions, where Xiao's gamma is 1 / h; 0 is
        /// dual averaging with a constant step size.
        PullGrowth: float
        /// rho, finite, 0 or more: the pull holds rho times the penalty as well, which adds rho to each backward step. 0 is
        /// the simple method; above 0 the enhanced one (section 5, where lambda * rho is called rho).
        Enhancement: float
        /// Finite, 0 or more; this multiple of the parameter is added to the gradient.
        WeightDecay: float
    }

/// Xiao's l1-RDA: p = 1/2, no enhancement, no weight decay.
[<CompiledName("Published")>]
let published: Settings =
    { PullGrowth = 0.5
      Enhancement = 0.0
      WeightDecay = 0.0 }

let private keeps =
    [ "gradientAverage", StateShape.PerEntry
      "start", StateShape.PerEntry
      "weightAverage", StateShape.PerGroup
      MethodState.RunningAverage, StateShape.PerGroup ]

/// t / beta_t: how far the average gradient moves the parameter in step t.
let private reach settings (point: SchedulePoint) (steps: float) =
    point.StepSize * steps ** (1.0 - settings.PullGrowth)

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let count = float (state.Steps + 1L)
        let kept, fresh = (count - 1.0) / count, 1.0 / count
        let slope = gradient + parameter * settings.WeightDecay
        let gradientAverage = state["gradientAverage"] * kept + slope * fresh
        let average, weights = MethodStep.adapt regularizer point parameter state
        let weightAverage = state["weightAverage"] * kept + weights * fresh
        let reach = reach settings point count
        let forwardPoint = state["start"] - gradientAverage * reach
        let backwardStep = weightAverage * reach + settings.Enhancement
        let next = Regularizer.prox regularizer backwardStep forwardPoint

        next,
        [ "gradientAverage", gradientAverage
          "start", state["start"].alias()
          "weightAverage", weightAverage
          MethodState.RunningAverage, average ])

let private stepByOperations settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    let count = float (state.Steps + 1L)
    let kept, fresh = (count - 1.0) / count, 1.0 / count
    MethodStep.adaptInPlace regularizer point parameter state[MethodState.RunningAverage] kept fresh state["weightAverage"]
    MethodStep.addGradient kept fresh settings.WeightDecay gradient parameter state["gradientAverage"]
    let reach = reach settings point count

    let forwardPoint =
        parameter.copy_(state["start"]).add_(state["gradientAverage"], (-reach).ToScalar())

    let backwardStep = state["weightAverage"] * reach + settings.Enhancement
    RegularizerProx.overwrite regularizer backwardStep forwardPoint parameter

let private stepFused settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    let count = float (state.Steps + 1L)
    let kept, fresh = (count - 1.0) / count, 1.0 / count

    let rates: FusedAdvance.Rates =
        { Kept = float32 kept
          Fresh = float32 fresh
          WeightDecay = float32 settings.WeightDecay
          StepSize = float32 (reach settings point count)
          Strength = float32 (Regularizer.strength regularizer) }

    FusedStep.run
        { Regularizer = regularizer
          StepSize = point.StepSize
          Gradient = gradient
          Parameter = parameter
          RunningAverage = state[MethodState.RunningAverage]
          BackwardStep = FusedOperands.BackwardStep.Stored(state["weightAverage"], kept, fresh) }
        (FusedAdvance.Advance.Rda(rates, float32 settings.Enhancement, state["gradientAverage"], state["start"]))

/// <summary>With G and W the averages of g + decay x and of the weights over steps 1 to t, and r = h t^(1-p):
/// x = prox of (r W + rho) R at x_0 - r G. The schedule's averaging is not read.</summary>
/// <param name="settings">Growth of the pull, enhancement and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
/// <remarks>The start x_0 minimises the pull; Xiao starts at 0, networks cannot.</remarks>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requireShare (nameof settings.PullGrowth) "The growth of the pull" settings.PullGrowth
    Errors.requireNonNegative (nameof settings.Enhancement) "The enhancement" settings.Enhancement
    Errors.requireNonNegative (nameof settings.WeightDecay) "The weight decay" settings.WeightDecay

    { Name = "RDA"
      Keeps = keeps
      NeedsMetric = false
      Init = MethodStep.initFrom "start" keeps
      Step = step settings
      StepInPlace = MethodStep.fusedOr (stepByOperations settings) (stepFused settings)
      Model = MethodStep.parameterIsModel }
