namespace SparseHybrid.Optim

open TorchSharp

/// What a method needs of a regularizer. Each function is in a file of its own, which matches on the case; the mathematics is in
/// the file of each operator.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Regularizer =
    /// <summary>What is known of the penalty. For adaptively weighted ones: with the weights held fixed.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape: where a penalty counts groups by their size, the largest one decides.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Facts")>]
    let facts (regularizer: Regularizer) (shape: int64[]) : PenaltyFacts =
        RegularizerFacts.facts regularizer shape

    /// <summary>Checks every number of a regularizer.</summary>
    /// <param name="regularizer">The regularizer to check.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
    [<CompiledName("Validate")>]
    let validate (regularizer: Regularizer) : unit = RegularizerFacts.validate regularizer

    /// lambda of a weighted l1 norm, the factor from backward steps to thresholds.
    let internal strength (regularizer: Regularizer) : float =
        RegularizerStrength.ofWeightedL1 regularizer

    /// <summary>lambda: what the penalty is multiplied with. Of a sparse group lasso that of the entries.</summary>
    /// <param name="regularizer">Any.</param>
    /// <returns>Null for constraints and for no penalty at all.</returns>
    [<CompiledName("FindStrength")>]
    let findStrength (regularizer: Regularizer) : System.Nullable<float> = RegularizerStrength.find regularizer

    /// <summary>The same penalty with another lambda, to which a second strength keeps its ratio.</summary>
    /// <param name="strength">Finite, 0 or more.</param>
    /// <param name="regularizer">One that <see cref="findStrength"/> knows the strength of, and not of one's own, whose functions hold
    /// theirs.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The strength is out of its range.</exception>
    /// <exception cref="T:System.ArgumentException">The regularizer has no strength that can be set.</exception>
    [<CompiledName("WithStrength")>]
    let withStrength (strength: float) (regularizer: Regularizer) : Regularizer =
        RegularizerStrength.withStrength strength regularizer

    /// <summary>The regularizer with every strength, the quadratic one of the elastic net included, times a factor. Constraints,
    /// which have none, stay as they are.</summary>
    /// <param name="factor">Finite, 0 or more; 0 leaves the constraints only.</param>
    /// <param name="regularizer">The regularizer.</param>
    /// <returns>factor * R, but for MCP and SCAD, whose concavity stays.</returns>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The factor is out of its range.</exception>
    [<CompiledName("ScaleStrength")>]
    let scaleStrength (factor: float) (regularizer: Regularizer) : Regularizer =
        RegularizerStrength.scale factor regularizer

    /// <summary>The regularizer on other groups; as it is where it has none.</summary>
    /// <param name="grouping">What shares a weight or vanishes together.</param>
    /// <param name="regularizer">The regularizer.</param>
    [<CompiledName("WithGrouping")>]
    let withGrouping (grouping: Grouping) (regularizer: Regularizer) : Regularizer =
        RegularizerStrength.withGrouping grouping regularizer

    /// <summary>The groups of a parameter that have their own weight, running average and backward step.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <returns>None where one number serves the whole parameter.</returns>
    [<CompiledName("Layout")>]
    let layout (regularizer: Regularizer) (shape: int64[]) : GroupLayout voption =
        RegularizerWeights.layout regularizer shape

    /// <summary>Shape of the state kept per group; [] where one number serves the whole parameter.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    [<CompiledName("GroupShape")>]
    let groupShape (regularizer: Regularizer) (shape: int64[]) : int64[] =
        RegularizerWeights.groupShape regularizer shape

    /// <summary>The running averages after one more look at x; unchanged where the weights do not adapt.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="stepSize">h >= 0.</param>
    /// <param name="average">One entry per group. Neither changed nor disposed.</param>
    /// <param name="x">The parameter before the step. Neither changed nor disposed.</param>
    /// <returns>A tensor like average; the caller owns it.</returns>
    [<CompiledName("UpdateAverage")>]
    let updateAverage (regularizer: Regularizer) (stepSize: float) (average: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        RegularizerWeights.updateAverage regularizer stepSize average x

    /// <summary>The weights w that the backward step accumulates, one entry per group: 0 for Zero, 1 where they do not adapt.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="shape">The parameter's shape.</param>
    /// <param name="average">The running averages. Neither changed nor disposed.</param>
    /// <returns>A new tensor like average; the caller owns it.</returns>
    [<CompiledName("Weights")>]
    let weights (regularizer: Regularizer) (shape: int64[]) (average: torch.Tensor) : torch.Tensor =
        RegularizerWeights.weights regularizer shape average

    /// <summary>argmin over y of sum over groups of b_g R_g(y) + ||y - x||^2 / 2, R with all weights 1.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="backwardStep">b, one entry per group: step sizes times weights, accumulated; one number where the weights do not
    /// adapt. Constraints hold whatever it is. Neither changed nor disposed.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor like x; the caller owns it. It never shares memory with x, which a state may keep.</returns>
    /// <exception cref="T:System.ArgumentException">A number is out of its range, or the grouping does not fit the shape.</exception>
    [<CompiledName("Prox")>]
    let prox (regularizer: Regularizer) (backwardStep: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        RegularizerProx.prox regularizer backwardStep x

    /// <summary>Whether <see cref="proxInMetric"/> covers the regularizer: those with a closed form or one scalar root per group.</summary>
    /// <param name="regularizer">The regularizer.</param>
    [<CompiledName("HasProxInMetric")>]
    let hasProxInMetric (regularizer: Regularizer) : bool = RegularizerMetric.hasProx regularizer

    /// <summary>argmin over y of sum over groups of b_g R_g(y) + sum of D_i (y_i - x_i)^2 / 2, R with all weights 1: the
    /// proximal operator in a diagonal metric, for methods with a step size for each entry.</summary>
    /// <param name="regularizer">One that <see cref="hasProxInMetric"/> says yes to.</param>
    /// <param name="backwardStep">b, as for <see cref="prox"/>. Neither changed nor disposed.</param>
    /// <param name="metric">D, like x in shape, dtype and device; entries above 0, which is not checked. All entries equal to d
    /// amount to <see cref="prox"/> for b / d. Neither changed nor disposed.</param>
    /// <param name="x">Neither changed nor disposed.</param>
    /// <returns>A new tensor like x; the caller owns it. It never shares memory with x.</returns>
    /// <exception cref="T:System.ArgumentException">The regularizer is not covered, the metric has another shape than x, or the
    /// grouping does not fit it.</exception>
    [<CompiledName("ProxInMetric")>]
    let proxInMetric (regularizer: Regularizer) (backwardStep: torch.Tensor) (metric: torch.Tensor) (x: torch.Tensor) : torch.Tensor =
        RegularizerMetric.prox regularizer backwardStep metric x

    /// <summary>R(x). Adaptive weights are those that x itself gives: the log-sum penalty for the l1 norm, the weighted norm for
    /// the group lasso.</summary>
    /// <param name="regularizer">The regularizer.</param>
    /// <param name="x">Any device and floating dtype; sums are taken in float64. Neither changed nor disposed.</param>
    /// <returns>0 or infinity for a constraint.</returns>
    /// <exception cref="T:System.ArgumentException">A number is out of its range, or the grouping does not fit the shape.</exception>
    [<CompiledName("Value")>]
    let value (regularizer: Regularizer) (x: torch.Tensor) : float = RegularizerValue.value regularizer x
