namespace SparseHybrid.Optim

open TorchSharp

/// A penalty R(x) as plain data: it can be compared, printed and written to a checkpoint. Every strength is finite,
/// 0 or more, and in the unit of a gradient entry.
[<RequireQualifiedAccess>]
type Regularizer =
    /// R = 0: biases, normalisation layers, and training without regularisation.
    | Zero
    /// R = strength * ||x||_1.
    | L1 of strength: float
    /// Weighted l1 whose weights follow the running magnitudes of the parameter itself.
    | AdaptiveL1 of options: AdaptiveL1

/// What a method needs of a regularizer. The only place that matches on the case for tensors of every kind; each line
/// calls the file that holds the mathematics.
[<RequireQualifiedAccess>]
module Regularizer =
    /// <summary>Checks every number of a regularizer.</summary>
    /// <param name="regularizer">The regularizer to check.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Validate")>]
    let validate (regularizer: Regularizer) : unit =
        match regularizer with
        | Regularizer.Zero -> ()
        | Regularizer.L1 strength -> Errors.requireNonNegative (nameof strength) "The strength of a regularizer" strength
        | Regularizer.AdaptiveL1 options -> AdaptiveL1.validate options

    /// <summary>The groups of a parameter: each has its own weight, running average and backward step.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <returns>None where one number serves the whole parameter.</returns>
    [<CompiledName("Layout")>]
    let layout (regularizer: Regularizer) (shape: int64[]) : GroupLayout voption =
        match regularizer with
        | Regularizer.Zero
        | Regularizer.L1 _ -> ValueNone
        | Regularizer.AdaptiveL1 options -> ValueSome(Grouping.layout options.Grouping shape)

    /// <summary>Shape of the state kept per group; [] where one number serves the whole parameter.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    [<CompiledName("GroupShape")>]
    let groupShape (regularizer: Regularizer) (shape: int64[]) : int64[] =
        match layout regularizer shape with
        | ValueSome layout -> layout.GroupShape
        | ValueNone -> [||]

    /// <summary>The running averages after one more look at x; unchanged where the weights do not adapt.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="stepSize">h >= 0.</param>
    /// <param name="average">One entry per group. Neither changed nor disposed.</param>
    /// <param name="x">The parameter before the step. Neither changed nor disposed.</param>
    /// <returns>A tensor like average; the caller owns it.</returns>
    [<CompiledName("UpdateAverage")>]
    let updateAverage (regularizer: Regularizer) (stepSize: float) (average: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        match regularizer with
        | Regularizer.Zero
        | Regularizer.L1 _ -> average.alias ()
        | Regularizer.AdaptiveL1 options -> AdaptiveL1.updateAverage options stepSize average x

    /// <summary>The weights w of R = strength * sum of w_i |x_i|, one entry per group: 0 for Zero, 1 for L1.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <param name="average">The running averages. Neither changed nor disposed.</param>
    /// <returns>A new tensor like average; the caller owns it.</returns>
    [<CompiledName("Weights")>]
    let weights (regularizer: Regularizer) (shape: int64[]) (average: torch.Tensor) : torch.Tensor =
        match regularizer with
        | Regularizer.Zero -> torch.zeros_like average
        | Regularizer.L1 _ -> torch.ones_like average
        | Regularizer.AdaptiveL1 options -> AdaptiveL1.weights options (Grouping.layout options.Grouping shape) average

    /// lambda, the factor from backward steps to thresholds.
    let internal strength (regularizer: Regularizer) : float =
        match regularizer with
        | Regularizer.Zero -> 0.0
        | Regularizer.L1 strength -> strength
        | Regularizer.AdaptiveL1 options -> options.Strength

    /// <summary>argmin over y of sum over groups of b_g R_g(y) + ||y - x||^2 / 2, R with all weights 1.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="backwardStep">b, one entry per group: step sizes times weights, accumulated. Neither changed nor disposed.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor like x; the caller owns it. It never shares memory with x, which a state may keep.</returns>
    [<CompiledName("Prox")>]
    let prox (regularizer: Regularizer) (backwardStep: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        match regularizer, layout regularizer x.shape with
        | Regularizer.Zero, _ -> x.clone ()
        | _, ValueNone ->
            use thresholds = backwardStep * strength regularizer
            SoftThreshold.proxWeighted thresholds x
        | _, ValueSome layout ->
            use thresholds = backwardStep * strength regularizer
            use view = x.reshape layout.ViewShape
            use next = SoftThreshold.proxWeighted thresholds view
            next.reshape x.shape

    /// <summary>argmin over y of sum over groups of b_g R_g(y) + sum of D_i (y_i - x_i)^2 / 2, R with all weights 1: the
    /// proximal operator in a diagonal metric, as adaptive methods need it.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="backwardStep">b, one entry per group. Neither changed nor disposed.</param>
    /// <param name="metric">D, above 0, like x. All entries equal to d amount to <see cref="prox"/> for b / d.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor like x; the caller owns it.</returns>
    [<CompiledName("ProxInMetric")>]
    let proxInMetric (regularizer: Regularizer) (backwardStep: torch.Tensor) (metric: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        use _ = torch.NewDisposeScope()

        let next =
            match regularizer, layout regularizer x.shape with
            | Regularizer.Zero, _ -> x.clone ()
            | _, ValueNone -> SoftThreshold.proxWeighted (backwardStep * strength regularizer / metric) x
            | _, ValueSome layout ->
                let view (tensor: torch.Tensor) = tensor.reshape layout.ViewShape
                let thresholds = backwardStep * strength regularizer / view metric
                (SoftThreshold.proxWeighted thresholds (view x)).reshape x.shape

        next.MoveToOuterDisposeScope()

/// Regularizers by name, checked as they are made; how C# makes them.
[<AbstractClass; Sealed>]
type Regularizers private () =
    static let validated regularizer =
        Regularizer.validate regularizer
        regularizer

    /// <summary>R = 0.</summary>
    static member Zero() = Regularizer.Zero

    /// <summary>R = strength * ||x||_1.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of range.</exception>
    static member L1(strength: float) = validated (Regularizer.L1 strength)

    /// <summary>The adaptively weighted l1 norm; an all-zero tensor gets weight 0 until it moves.</summary>
    /// <param name="strength">lambda, finite, 0 or more, in the unit of a gradient entry.</param>
    /// <param name="maximumFactor">M, 1 or more; 500 as published.</param>
    /// <param name="timeScale">tau_b, 0 or more, in the unit of the step size; 9.5 as published.</param>
    /// <param name="grouping">Which entries share a weight.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    static member AdaptiveL1(strength: float, maximumFactor: float, timeScale: float, grouping: Grouping) =
        validated (
            Regularizer.AdaptiveL1
                { Strength = strength
                  MaximumFactor = maximumFactor
                  TimeScale = timeScale
                  Grouping = grouping
                  WhenAllZero = WhenAllZero.ZeroWeight }
        )
