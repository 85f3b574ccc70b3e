/// Proximal operator of t * sum of ||x_g|| in a diagonal metric P > 0: argmin over y of t * sum of ||y_g|| + sum of
/// P_i (y_i - x_i)^2/2, as methods with a step size per entry need it.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.MetricGroupSoftThreshold

open TorchSharp

/// Newton steps are monotone from below and quadratic in the end; this many are never needed.
[<Literal>]
let private MostSteps = 100

/// What is known of the sum of norms, in whatever metric.
let facts: PenaltyFacts = GroupSoftThreshold.facts

/// The norm nu > 0 of each group's minimiser: the root of sum of (x_i/(nu + c_i))^2 = 1, where c = t/P. The reciprocal root of
/// the left side is concave and increasing in nu, so that Newton's method on it climbs to the root from any start below.
let private minimiserNorms (layout: GroupLayout) (offsets: torch.Tensor) (x: torch.Tensor) (start: torch.Tensor) =
    use _ = torch.NewDisposeScope()
    let squares = x.square ()

    let sum (terms: torch.Tensor) =
        terms.sum (layout.ReducedDimensions, keepdim = true)

    let mutable nu = start.clone ()
    let mutable steps = 0
    let mutable isMoving = true

    while isMoving && steps < MostSteps do
        use _ = torch.NewDisposeScope()
        let denominators = offsets + nu
        let terms = squares / denominators.square ()
        let total = sum terms
        let next = nu + total * (total.sqrt () - 1.0) / sum (terms / denominators)
        isMoving <- (next - nu).gt(nu * 1e-15).any().item<bool>()
        steps <- steps + 1

        if isMoving then
            nu <- next.MoveToOuterDisposeScope()

    nu.MoveToOuterDisposeScope()

/// <summary>The minimiser with a threshold for each group: 0 where ||P x_g|| is at most t_g, else x_i/(1 + t_g/(P_i nu)) with nu the
/// minimiser's norm.</summary>
/// <param name="thresholds">t_g >= 0, one per group or one number for all. Not checked.</param>
/// <param name="metric">P, like x in shape and device; entries above 0. Not checked; an entry that is not makes its group NaN or wrong.</param>
/// <param name="layout">The layout of x.</param>
/// <param name="x">Any device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
[<CompiledName("ProxWeighted")>]
let proxWeighted (thresholds: torch.Tensor) (metric: torch.Tensor) (layout: GroupLayout) (x: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()

    if Array.isEmpty layout.ReducedDimensions then
        (SoftThreshold.proxWeighted (thresholds / metric) x).MoveToOuterDisposeScope()
    elif x.NumberOfElements = 0L then
        x.clone().MoveToOuterDisposeScope()
    else
        let box = GroupBox.view layout (x.``to`` torch.float64)
        let stiffness = GroupBox.view layout (metric.``to`` torch.float64)
        let padding = stiffness.eq (0.0.ToScalar()) // of no consequence: x is 0 there
        let stiffness = stiffness.masked_fill (padding, 1.0.ToScalar())
        let thresholds = thresholds.``to`` torch.float64
        let pulls = GroupBox.norms layout (box * stiffness)
        let isZero = pulls.le thresholds
        let offsets = thresholds / stiffness
        let steepest = stiffness.amax (layout.ReducedDimensions, keepdim = true)
        let start = ((pulls - thresholds) / steepest).masked_fill(isZero, 1.0.ToScalar())
        let nu = minimiserNorms layout offsets box start
        let next = (box / (offsets / nu + 1.0)).masked_fill(isZero, 0.0.ToScalar()) + 0.0
        (GroupBox.unview layout (next.``to`` x.dtype)).MoveToOuterDisposeScope()

/// <summary>0 where ||P x_g|| is at most t, else x_i/(1 + t/(P_i nu)) with nu the norm of the minimiser, group by group.</summary>
/// <param name="threshold">t >= 0. 0 is the identity.</param>
/// <param name="metric">P, like x in shape and device; entries above 0. All 1 gives the group soft threshold. Neither changed nor
/// disposed.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The metric has another shape than x, or the grouping does not fit it.</exception>
/// <remarks>The inner problem of RAMDA, Huang and Lee, NeurIPS 2024, which is solved there by iterations of proximal gradient.
/// Here nu is found by a scalar Newton method per group, in float64. A NaN or infinite entry makes its group NaN.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (metric: torch.Tensor) (grouping: Grouping) (x: torch.Tensor) : torch.Tensor =
    Errors.requireThreshold threshold
    Errors.requireShape (nameof metric) "The metric" x.shape metric.shape

    use thresholds =
        torch.full ([||], threshold.ToScalar(), dtype = x.dtype, device = x.device)

    proxWeighted thresholds metric (Grouping.layout grouping x.shape) x

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="metric">P, like x in shape and device; entries above 0.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The metric has another shape than x, or the grouping does not fit it.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (metric: torch.Tensor) (grouping: Grouping) (x: torch.Tensor) : unit =
    Overwrite.by (prox threshold metric grouping) x

/// <summary>t * sum of ||x_g||, which does not depend on the metric.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype; computed in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (grouping: Grouping) (x: torch.Tensor) : float =
    GroupSoftThreshold.value threshold grouping x
