/// Proximal operator of the log-sum penalty of group norms, t M e * sum of log(1 + ||x_g||/e) with e = m/(M - 1): the concave
/// counterpart of the group lasso, which hardly shrinks the groups that live.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.LogGroupNorm

open TorchSharp

/// <summary>What is known of the penalty: the modulus of its weak convexity is t M (M - 1)/m.</summary>
/// <param name="threshold">t >= 0; the strength, for step size 1.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
[<CompiledName("Facts")>]
let facts (threshold: float) (maximumFactor: float) (maximum: float) : PenaltyFacts =
    LogSum.facts threshold maximumFactor maximum

/// The operator with the threshold t times a function of the size of the group.
let internal proxScaled (threshold: float) (ofSize: float -> float) maximumFactor maximum (layout: GroupLayout) (x: torch.Tensor) =
    LogSum.facts threshold maximumFactor maximum |> ignore // checks the numbers

    if threshold = 0.0 then
        x + 0.0 // exactly; + 0.0 turns -0 into 0
    else
        use _ = torch.NewDisposeScope()
        let box = GroupBox.view layout x
        let norms = GroupBox.norms layout box

        let perGroup number =
            GroupBox.perGroup layout (fun size -> number (threshold * ofSize size)) x

        let slopes = perGroup (fun threshold -> threshold * maximumFactor)

        let cutoffs =
            perGroup (fun threshold -> LogSum.cutoff threshold maximumFactor maximum)

        let shrunk = LogSum.shrink (maximum / (maximumFactor - 1.0)) slopes cutoffs norms
        let isDegenerate = norms.eq(0.0.ToScalar()).logical_or(norms.isinf ()) // 0/0 and inf/inf
        let factors = torch.where (isDegenerate, torch.ones_like norms, shrunk / norms)
        (GroupBox.scale layout box factors).MoveToOuterDisposeScope()

/// <summary>Each group rescaled to the norm that the log-sum penalty's operator gives for ||x_g||.</summary>
/// <param name="threshold">t >= 0, step size * strength, in the unit of the entries of x. 0 is the identity.</param>
/// <param name="maximumFactor">M > 1, finite: slope at 0 over slope at norm m.</param>
/// <param name="maximum">m > 0, finite: a norm, in the unit of the entries of x.</param>
/// <param name="grouping">What vanishes together. Entry by entry this is the log-sum penalty.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
/// <remarks>A penalty of the norm only moves a group along itself, so that one scalar problem per group remains. A NaN makes its
/// group NaN; infinite entries stay infinite and leave the rest of their group alone.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (maximumFactor: float) (maximum: float) (grouping: Grouping) (x: torch.Tensor) : torch.Tensor =
    proxScaled threshold (fun _ -> 1.0) maximumFactor maximum (Grouping.layout grouping x.shape) x

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0, step size * strength, in the unit of the entries of x.</param>
/// <param name="maximumFactor">M > 1, finite.</param>
/// <param name="maximum">m > 0, finite, in the unit of the entries of x.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (maximumFactor: float) (maximum: float) (grouping: Grouping) (x: torch.Tensor) : unit =
    Overwrite.by (prox threshold maximumFactor maximum grouping) x

let internal valueScaled (threshold: float) (ofSize: float -> float) maximumFactor maximum (grouping: Grouping) (x: torch.Tensor) : float =
    LogSum.facts threshold maximumFactor maximum |> ignore // checks the numbers
    let epsilon = maximum / (maximumFactor - 1.0)

    let logs =
        GroupSoftThreshold.sumOverGroups ofSize (fun norms -> (norms / epsilon).log1p()) grouping x

    threshold * maximumFactor * epsilon * logs

/// <summary>t M e * sum of log(1 + ||x_g||/e), e = m/(M - 1).</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="maximumFactor">M > 1.</param>
/// <param name="maximum">m > 0.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype; computed in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number is out of its range.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (maximumFactor: float) (maximum: float) (grouping: Grouping) (x: torch.Tensor) : float =
    valueScaled threshold (fun _ -> 1.0) maximumFactor maximum grouping x
