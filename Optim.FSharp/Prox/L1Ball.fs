/// Projection onto the l1 ball ||x||_1 <= r: a soft threshold as large as it takes.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.L1Ball

open TorchSharp

let private requireRadius (radius: float) =
    Errors.requireNonNegative (nameof radius) "The radius of the ball" radius

/// What is known of the ball.
let facts: PenaltyFacts = PenaltyFacts.convexEven

/// The soft threshold that brings ||x||_1 down to the radius, 0 if it is there already; one number of x's dtype, made in float64.
/// With magnitudes u_1 >= u_2 >= ... it is the largest of (u_1 + ... + u_j - r)/j.
let internal thresholdFor (radius: float) (x: torch.Tensor) : torch.Tensor =
    use _ = torch.NewDisposeScope()
    let flat = x.abs().``to``(torch.float64).reshape -1L
    let struct (magnitudes, _) = flat.sort (0L, descending = true)

    let counts =
        torch.arange (1L.ToScalar(), (x.NumberOfElements + 1L).ToScalar(), dtype = torch.float64, device = x.device)

    let largest = ((magnitudes.cumsum 0L - radius) / counts).max()
    largest.clamp_min(0.0.ToScalar()).``to``(x.dtype).MoveToOuterDisposeScope()

/// <summary>x inside the ball, else S(x, theta) with the soft threshold theta for which its l1 norm is r.</summary>
/// <param name="radius">r >= 0, in the unit of the entries of x. 0 leaves only 0.</param>
/// <param name="x">Any shape, device and floating dtype. Neither changed nor disposed.</param>
/// <returns>A new tensor like x in shape, dtype and device; the caller owns it. No entry is -0.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">r is negative, infinite or NaN.</exception>
/// <remarks>Duchi, Shalev-Shwartz, Singer and Chandra, ICML 2008, figure 1. It sorts, in float64. A NaN makes every entry NaN;
/// infinite entries become NaN and the others 0.</remarks>
[<CompiledName("Prox")>]
let prox (radius: float) (x: torch.Tensor) : torch.Tensor =
    requireRadius radius

    if x.NumberOfElements = 0L then
        x.clone ()
    else
        use threshold = thresholdFor radius x
        SoftThreshold.proxWeighted threshold x

/// <summary>As <see cref="prox"/>, overwriting x.</summary>
/// <param name="radius">r >= 0, in the unit of the entries of x.</param>
/// <param name="x">Overwritten, without a trace in the graph of gradients.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">r is negative, infinite or NaN.</exception>
[<CompiledName("ProxInPlace")>]
let proxInPlace (radius: float) (x: torch.Tensor) : unit = Overwrite.by (prox radius) x

/// <summary>0 in the ball, infinity outside it.</summary>
/// <param name="radius">r >= 0. The boundary is as wide as rounding: 1e-6 r for float32, 1e-14 r for float64.</param>
/// <param name="x">Any shape, device and floating dtype; the norm is taken in float64. Neither changed nor disposed.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">r is negative, infinite or NaN.</exception>
[<CompiledName("Value")>]
let value (radius: float) (x: torch.Tensor) : float =
    requireRadius radius
    let rounding = if x.dtype = torch.float64 then 1e-14 else 1e-6

    if SoftThreshold.value 1.0 x <= radius * (1.0 + rounding) then
        0.0
    else
        infinity
