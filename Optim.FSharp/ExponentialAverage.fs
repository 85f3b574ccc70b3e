/// Averages that forget by elapsed "time", the sum of step sizes, rather than by the number of steps: a step of size h
/// keeps the share exp(-h / tau). Two steps of h/2 with the same sample do exactly what one step of h does.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.ExponentialAverage

open TorchSharp

/// <summary>What a step keeps of the average, exp(-h / tau). tau = 0 keeps nothing, also at h = 0.</summary>
/// <param name="timeScale">tau >= 0, in the unit of the step size.</param>
/// <param name="stepSize">h >= 0.</param>
[<CompiledName("Kept")>]
let kept (timeScale: float) (stepSize: float) : float =
    if timeScale = 0.0 then 0.0 else exp (-stepSize / timeScale)

/// <summary>What a step takes of the sample, 1 - exp(-h / tau), without cancellation for small h / tau.</summary>
/// <param name="timeScale">tau >= 0, in the unit of the step size.</param>
/// <param name="stepSize">h >= 0.</param>
/// <remarks>.NET's ExpM1 subtracts and loses the digits; this is Kahan's (u - 1) * y / log u with u = exp y.</remarks>
[<CompiledName("Fresh")>]
let fresh (timeScale: float) (stepSize: float) : float =
    let share = kept timeScale stepSize
    let exponent = -stepSize / timeScale

    if share < 0.5 then 1.0 - share // nothing cancels, and log of a subnormal share has few digits
    elif share = 1.0 then -exponent
    else (1.0 - share) * (exponent / log share)

/// <summary>kept * average + fresh * sample.</summary>
/// <param name="timeScale">tau >= 0, in the unit of the step size.</param>
/// <param name="stepSize">h >= 0.</param>
/// <param name="average">The average so far; it starts at 0 and is not corrected for that. Neither changed nor disposed.</param>
/// <param name="sample">Like average in shape, dtype and device. Neither changed nor disposed.</param>
/// <returns>A new tensor; the caller owns it.</returns>
[<CompiledName("Update")>]
let update (timeScale: float) (stepSize: float) (average: torch.Tensor) (sample: torch.Tensor) : torch.Tensor =
    use remembered = average * kept timeScale stepSize
    use learnt = sample * fresh timeScale stepSize
    remembered + learnt

/// As update, written over the average.
let internal updateInPlace (timeScale: float) (stepSize: float) (average: torch.Tensor) (sample: torch.Tensor) : unit =
    average.mul_((kept timeScale stepSize).ToScalar()).add_(sample, (fresh timeScale stepSize).ToScalar())
    |> ignore
