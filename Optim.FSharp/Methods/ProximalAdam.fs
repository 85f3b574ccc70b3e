/// Proximal Adam: Adam's step, then the proximal operator in Adam's own metric, so that an entry with small gradients
/// meets a large threshold. Yun, Lozano and Yang, Adaptive Proximal Gradient Methods for Structured Neural Networks,
/// NeurIPS 2021; without a penalty it is Adam (Kingma and Ba, ICLR 2015, algorithm 1).
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.ProximalAdam

open TorchSharp

/// What stays the same over a run.
[<Struct>]
type Settings =
    {
        /// beta_1 in [0, 1): the share of the first moment that a step keeps.
        FirstMomentKept: float
        /// beta_2 in [0, 1): the share of the second moment that a step keeps.
        SecondMomentKept: float
        /// Finite, above 0; added to the root of the second moment.
        Epsilon: float
        /// Finite, 0 or more; this multiple of the parameter is added to the gradient.
        WeightDecay: float
    }

/// The published settings of Adam: 0.9, 0.999, 1e-8, no weight decay.
[<CompiledName("Published")>]
let published: Settings =
    { FirstMomentKept = 0.9
      SecondMomentKept = 0.999
      Epsilon = 1e-8
      WeightDecay = 0.0 }

let private keeps =
    [ "firstMoment", StateShape.PerEntry
      "secondMoment", StateShape.PerEntry
      MethodState.RunningAverage, StateShape.PerGroup ]

let private step settings (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    MethodStep.run state (fun () ->
        let count = float (state.Steps + 1L)
        let slope = gradient + parameter * settings.WeightDecay
        let first, second = settings.FirstMomentKept, settings.SecondMomentKept
        let firstMoment = state["firstMoment"] * first + slope * (1.0 - first)
        let secondMoment = state["secondMoment"] * second + slope * slope * (1.0 - second)

        // Both moments start at 0; the divisions undo that.
        let metric = secondMoment.sqrt () / sqrt (1.0 - second ** count) + settings.Epsilon

        let stepSize = point.StepSize / (1.0 - first ** count)
        let moved = parameter - firstMoment / metric * stepSize
        let average, weights = MethodStep.adapt regularizer point parameter state

        let next =
            Regularizer.proxInMetric regularizer (weights * point.StepSize) metric moved

        next,
        [ "firstMoment", firstMoment
          "secondMoment", secondMoment
          MethodState.RunningAverage, average ])

/// <summary>m = b1 m + (1 - b1) g; u = b2 u + (1 - b2) g^2; D = sqrt(u / (1 - b2^t)) + epsilon;
/// x = prox of h w R in the metric D at x - h m / ((1 - b1^t) D). The schedule's averaging is not read.</summary>
/// <param name="settings">Moments, epsilon and weight decay.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
[<CompiledName("Method")>]
let method (settings: Settings) : Method =
    Errors.requireBelowOne (nameof settings.FirstMomentKept) "The kept share of the first moment" settings.FirstMomentKept
    Errors.requireBelowOne (nameof settings.SecondMomentKept) "The kept share of the second moment" settings.SecondMomentKept
    Errors.requireAbove 0.0 (nameof settings.Epsilon) "Epsilon" settings.Epsilon
    Errors.requireNonNegative (nameof settings.WeightDecay) "The weight decay" settings.WeightDecay

    { Name = "proximal Adam"
      Keeps = keeps
      NeedsMetric = true
      Init = fun regularizer parameter -> MethodState.make 0L (MethodState.zeros keeps regularizer parameter)
      Step = step settings
      StepInPlace = MethodStep.copying (step settings)
      Model = MethodStep.parameterIsModel }
