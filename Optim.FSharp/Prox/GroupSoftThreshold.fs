/// Proximal operator of t * sum of ||x_g||, the Euclidean norms of groups (group lasso): every group moves t towards zero along
/// itself and stops there, so that it vanishes whole.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.GroupSoftThreshold

open TorchSharp

/// What is known of the sum of norms.
let facts: PenaltyFacts = PenaltyFacts.convexEven

/// <summary>max(0, 1 - t_g/||x_g||) x_g, group by group, with a threshold for each group.</summary>
/// <param name="thresholds">t_g >= 0, one per group or one number for all. Not checked; a NaN makes its group NaN.</param>
/// <param name="layout">The layout of x.</param>
/// <param name="x">Any device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <remarks>A group of norm 0 gives 0. Where t_g is infinite the result is 0 for finite groups.</remarks>
[<CompiledName("ProxWeighted")>]
let proxWeighted (thresholds: torch.Tensor) (layout: GroupLayout) (x: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()
    let box = GroupBox.view layout x
    let norms = GroupBox.norms layout box

    let factors =
        (-(thresholds / norms) + 1.0).masked_fill(norms.le thresholds, 0.0.ToScalar())

    (GroupBox.scale layout box factors).MoveToOuterDisposeScope()

/// <summary>max(0, 1 - t/||x_g||) x_g, group by group.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x. 0 is the identity. The group lasso of the literature has
/// t = step size * strength * sqrt(n) for groups of n entries, which <see cref="T:SparseHybrid.Optim.Regularizer"/> applies.</param>
/// <param name="grouping">What vanishes together. Entry by entry this is the soft threshold.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
/// <remarks>Yuan and Lin, J. R. Stat. Soc. B 68 (2006); Parikh and Boyd, Proximal Algorithms (2014), section 6.5.4. A NaN makes its
/// group NaN. Infinite entries stay infinite and leave the rest of their group alone.</remarks>
[<CompiledName("Prox")>]
let prox (threshold: float) (grouping: Grouping) (x: torch.Tensor) : torch.Tensor =
    Errors.requireThreshold threshold

    use thresholds =
        torch.full ([||], threshold.ToScalar(), dtype = x.dtype, device = x.device)

    proxWeighted thresholds (Grouping.layout grouping x.shape) x

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="threshold">t >= 0, in the unit of the entries of x.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (threshold: float) (grouping: Grouping) (x: torch.Tensor) : unit =
    Overwrite.by (prox threshold grouping) x

/// Sum over groups of a function of the group's size times a function of its norm, in float64.
let internal sumOverGroups (ofSize: float -> float) (ofNorm: torch.Tensor -> torch.Tensor) (grouping: Grouping) (x: torch.Tensor) : float =
    use _ = torch.NewDisposeScope()
    let layout = Grouping.layout grouping x.shape
    let norms = GroupBox.norms layout (GroupBox.view layout (x.``to`` torch.float64))
    (ofNorm norms * GroupBox.perGroup layout ofSize norms).sum().item<float>()

/// <summary>t * sum of ||x_g||.</summary>
/// <param name="threshold">t >= 0.</param>
/// <param name="grouping">What vanishes together.</param>
/// <param name="x">Any shape that the grouping divides, device and floating dtype; computed in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">t is negative, infinite or NaN.</exception>
/// <exception cref="T:System.ArgumentException">The grouping does not fit the shape.</exception>
[<CompiledName("Value")>]
let value (threshold: float) (grouping: Grouping) (x: torch.Tensor) : float =
    Errors.requireThreshold threshold

    threshold
    * sumOverGroups (fun _ -> 1.0) (fun norms -> norms.alias ()) grouping x
