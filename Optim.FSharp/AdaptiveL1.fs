namespace SparseHybrid.Optim

open TorchSharp

/// The regularisation weight of a tensor whose running averages are all zero, where w = s M / (1 + (M-1) a/max a) is 0/0.
[<RequireQualifiedAccess>]
type WhenAllZero =
    /// s * M, what a zero entry gets in any other tensor: what has died stays dead unless its gradient is large.
    | MaximumWeight
    /// s. The published code's first version.
    | UnitWeight
    /// 0: not regularised until it moves, so that a layer that died whole can come back. The default here, and the
    /// published code for convolutions.
    | ZeroWeight
    /// 0/0, which poisons the tensor. The published code for linear layers; only for reproducing it.
    | NotANumber

/// The adaptively weighted l1 norm lambda * sum of w_i |x_i|, whose weights fall as a group's running mean magnitude a
/// rises: w = s M / (1 + (M-1) a / max a), with s the square root of the group's size. Its fixed points are those of a
/// log-sum penalty. Siegel, Chen, Zhang and Xu, arXiv:2008.09661.
type AdaptiveL1 =
    {
        /// lambda, finite and 0 or more, in the unit of a gradient entry. The largest group feels lambda * s.
        Strength: float
        /// M, 1 or more: how much more a vanished group is penalised than the largest one. 1 is plain l1 scaled by s.
        MaximumFactor: float
        /// tau_b, 0 or more, in the unit of the step size: memory of the running averages. 0 uses the present magnitudes.
        TimeScale: float
        /// Which entries share a weight.
        Grouping: Grouping
        /// The weight when nothing in the tensor is left to compare with.
        WhenAllZero: WhenAllZero
    }

/// Running averages and weights of the adaptively weighted l1 norm. Averages and weights have one entry per group.
[<RequireQualifiedAccess>]
module AdaptiveL1 =
    /// A largest average below this counts as zero. In float32 the averages of a tensor that has become all zero would
    /// otherwise end up equal, stuck at the smallest subnormal, and every weight would fall from M to 1.
    [<Literal>]
    let SmallestMaximum = 1e-30

    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    let internal validate (options: AdaptiveL1) : unit =
        Errors.requireNonNegative (nameof options.Strength) "The strength of a regularizer" options.Strength
        Errors.requireAtLeastOne (nameof options.MaximumFactor) "The maximum factor" options.MaximumFactor
        Errors.requireNonNegative (nameof options.TimeScale) "The time scale of the running averages" options.TimeScale
        Grouping.validate options.Grouping

    let internal layout (options: AdaptiveL1) (x: torch.Tensor) =
        Grouping.layout options.Grouping x.shape

    /// s, the square root of the number of entries in a group; of the largest group where they differ.
    let internal scale (layout: GroupLayout) = sqrt (float layout.GroupSize)

    /// Weights times s, which may differ from group to group.
    let private scaled (layout: GroupLayout) (weights: torch.Tensor) =
        if layout.IsUniform then
            weights * scale layout
        else
            weights * GroupBox.perGroup layout sqrt weights

    /// <summary>The running averages after one more look at x: a = e^(-h/tau_b) a + (1 - e^(-h/tau_b)) mean |x|.</summary>
    /// <param name="options">The regularizer.</param>
    /// <param name="stepSize">h >= 0.</param>
    /// <param name="average">a, one entry per group, 0 at the start. Neither changed nor disposed.</param>
    /// <param name="x">The parameter before the step. Neither changed nor disposed.</param>
    /// <returns>A new tensor like average; the caller owns it.</returns>
    [<CompiledName("UpdateAverage")>]
    let updateAverage (options: AdaptiveL1) (stepSize: float) (average: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        use magnitude = Grouping.meanMagnitude (layout options x) x
        ExponentialAverage.update options.TimeScale stepSize average magnitude

    /// The numerator of the weight of an all-zero tensor, before the scale s; none: leave it to 0/0.
    let internal weightWhenAllZero (options: AdaptiveL1) : float voption =
        match options.WhenAllZero with
        | WhenAllZero.MaximumWeight -> ValueSome options.MaximumFactor
        | WhenAllZero.UnitWeight -> ValueSome 1.0
        | WhenAllZero.ZeroWeight -> ValueSome 0.0
        | WhenAllZero.NotANumber -> ValueNone

    /// <summary>w = s M / (1 + (M-1) a / maximum), group by group: from s at a = maximum to s M at a = 0.</summary>
    /// <param name="options">The regularizer.</param>
    /// <param name="layout">Where the groups lie in the parameter.</param>
    /// <param name="maximum">The largest average, one number; of this tensor, or shared by several.</param>
    /// <param name="average">a, one entry per group. Neither changed nor disposed.</param>
    /// <returns>A new tensor like average; the caller owns it. A NaN in maximum makes every weight NaN.</returns>
    [<CompiledName("WeightsBelow")>]
    let weightsBelow (options: AdaptiveL1) (layout: GroupLayout) (maximum: torch.Tensor) (average: torch.Tensor) : torch.Tensor =
        use _ = torch.NewDisposeScope()

        let number (value: float) =
            torch.full ([||], value.ToScalar(), dtype = average.dtype, device = average.device)
        // At the maximum numerator and denominator are the same number, so that the weight is exactly s in every dtype. Both
        // are tensors: a number over a tensor is computed by a reciprocal, and M * (1 / M) is not always 1.
        let slope = number (options.MaximumFactor - 1.0)
        let weights = (slope + 1.0) / (average / maximum * slope + 1.0)

        let guarded =
            match weightWhenAllZero options with
            | ValueSome weight -> torch.where (maximum.lt (SmallestMaximum.ToScalar()), number weight, weights)
            | ValueNone -> weights

        (scaled layout guarded).MoveToOuterDisposeScope()

    /// Numerator and denominator of the weights: a few operations on single numbers, and one over the groups. The quotient is
    /// within a few ulps of <see cref="weights"/>. Temporaries are left to the caller's scope.
    let internal fraction (options: AdaptiveL1) (layout: GroupLayout) (average: torch.Tensor) : struct (torch.Tensor * torch.Tensor) =
        let number (value: float) =
            torch.full ([||], value.ToScalar(), dtype = average.dtype, device = average.device)

        let maximum = average.amax ([||]: int64[])
        let numerator = number options.MaximumFactor

        let denominator divisor =
            torch.addcdiv (number 1.0, average, divisor, (options.MaximumFactor - 1.0).ToScalar())

        match weightWhenAllZero options with
        | ValueSome weight ->
            let isZero = maximum.lt (SmallestMaximum.ToScalar())
            numerator.masked_fill_ (isZero, weight.ToScalar()) |> ignore
            struct (scaled layout numerator, denominator (maximum.masked_fill (isZero, infinity.ToScalar())))
        | ValueNone -> struct (scaled layout numerator, denominator maximum)

    /// <summary>As <see cref="weightsBelow"/>, with the largest average of this tensor.</summary>
    /// <param name="options">The regularizer.</param>
    /// <param name="layout">Where the groups lie in the parameter.</param>
    /// <param name="average">a, one entry per group; may be empty. Neither changed nor disposed.</param>
    /// <returns>A new tensor like average; the caller owns it.</returns>
    [<CompiledName("Weights")>]
    let weights (options: AdaptiveL1) (layout: GroupLayout) (average: torch.Tensor) : torch.Tensor =
        if average.NumberOfElements = 0L then
            average.alias ()
        else
            use maximum = average.max ()
            weightsBelow options layout maximum average

    /// <summary>The log-sum penalty whose derivative, at fixed m, is lambda w sign(x):
    /// lambda (M m / (M-1)) sum over groups of s n log(1 + (M-1) mean|x_g| / m), with n the group's size.</summary>
    /// <param name="options">The regularizer. M = 1 gives the limit, lambda s ||x||_1.</param>
    /// <param name="maximum">m > 0, the largest mean magnitude, held fixed.</param>
    /// <param name="x">Neither changed nor disposed; the sum is taken in float64.</param>
    [<CompiledName("Value")>]
    let value (options: AdaptiveL1) (maximum: float) (x: torch.Tensor) : float =
        use _ = torch.NewDisposeScope()
        let layout = layout options x
        let magnitude = (Grouping.meanMagnitude layout x).``to`` torch.float64
        let excess = options.MaximumFactor - 1.0
        let scales = GroupBox.perGroup layout (fun size -> size * sqrt size) magnitude

        let potential =
            if excess = 0.0 then
                magnitude
            else
                (magnitude * (excess / maximum)).log1p()
                * (options.MaximumFactor * maximum / excess)

        options.Strength * (potential * scales).sum().item<float>()

    /// m, the largest mean magnitude of x; 0 for an empty tensor.
    let private largest (layout: GroupLayout) (x: torch.Tensor) =
        if x.NumberOfElements = 0L then
            0.0
        else
            use _ = torch.NewDisposeScope()
            (Grouping.meanMagnitude layout x).max().``to``(torch.float64).item<float>()

    /// <see cref="value"/> with m the largest mean magnitude of x itself; 0 where that is 0.
    let internal valueOf (options: AdaptiveL1) (x: torch.Tensor) : float =
        let maximum = largest (layout options x) x
        if maximum = 0.0 then 0.0 else value options maximum x

    /// lambda * sum of w_g ||x_g||, with the weights that x itself gives; 0 for an all-zero tensor, whatever its weights.
    let internal groupValueOf (options: AdaptiveL1) (x: torch.Tensor) : float =
        let layout = layout options x

        if largest layout x = 0.0 then
            0.0
        else
            use _ = torch.NewDisposeScope()
            let exact = x.``to`` torch.float64
            let weights = weights options layout (Grouping.meanMagnitude layout exact)
            let norms = GroupBox.norms layout (GroupBox.view layout exact)
            options.Strength * (weights * norms).sum().item<float>()
