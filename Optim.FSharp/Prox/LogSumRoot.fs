/// The one scalar root of the log-sum penalty's proximal operator.
module internal SparseHybrid.Optim.LogSumRoot

/// log(1 + u) without loss for small u; .NET's LogP1 loses. Kahan's device.
let log1p (u: float) =
    let sum = 1.0 + u
    if sum = 1.0 then u else log sum * (u / (sum - 1.0))

/// 2 (log(1 + u) - u/(1 + u)) / u^2, decreasing from 1 at u = 0.
let private reciprocalRatio (u: float) =
    if u < 0.03125 then
        // The difference cancels; its series is the sum over k from 2 of (-1)^k (k - 1)/k u^k.
        Seq.sum (
            seq {
                for k in 2..14 ->
                    2.0 * (if k % 2 = 0 then 1.0 else -1.0) * float (k - 1) / float k
                    * pown u (k - 2)
            }
        )
    else
        2.0 * (log1p u - u / (1.0 + u)) / (u * u)

/// The root u > 0 of kappa = u^2 / (2 (log(1 + u) - u/(1 + u))), whose right side increases from 1, by bisection to the last
/// bits; kappa above 1.
let solve (kappa: float) : float =
    let isBelow u = reciprocalRatio u * kappa > 1.0

    let rec above u =
        if isBelow u then above (2.0 * u) else u

    let rec bisect low high =
        let middle = low + (high - low) / 2.0

        if middle <= low || middle >= high then middle
        elif isBelow middle then bisect middle high
        else bisect low middle

    bisect 0.0 (above 1.0)
