module SparseHybrid.Optim.Tests.Prox.LogSumTests

open System.Text.Json
open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private real (name: string) (case: JsonElement) =
    GoldenFile.field name case |> GoldenFile.number

let private proxOf t factor maximum (z: float) =
    use x = float64s [||] [| z |]
    use p = LogSum.prox t factor maximum x
    (entries p)[0]

[<Fact>]
let ``golden: prox, jump, cut-off, fold and modulus`` () =
    let cases = GoldenFile.logPenalties ()
    Assert.Equal(4, cases.Length)

    for case in cases do
        let t, factor, maximum = real "mu" case, real "maximum_factor" case, real "m" case

        let close name expected actual =
            assertClose 1e-12 1e-14 name [| expected |] [| actual |]

        close "jump" (real "jump" case) (LogSum.jump t factor maximum)
        close "cut-off" (real "threshold" case) (LogSum.cutoff t factor maximum)
        close "kappa" (real "kappa" case) (LogSum.facts t factor maximum).WeakConvexity

        match case.TryGetProperty "lower_fold" with
        | true, fold -> close "fold" (GoldenFile.number fold) (LogSum.lowerFold t factor maximum)
        | false, _ -> Assert.InRange((LogSum.facts t factor maximum).WeakConvexity, 0.0, 1.0)

        let points = GoldenFile.field "points" case |> GoldenFile.items
        Assert.True(points.Length >= 5)

        for point in points do
            close "prox" (real "prox" point) (proxOf t factor maximum (real "z" point))

/// t, M and m with kappa = t M (M - 1)/m from 0.1 to 20, but never 1, where rounding decides on which side it falls.
let private numbers =
    gen {
        let! kappa = Gen.choose (0, 99) |> Gen.map (fun n -> float (2 * n + 1) / 10.0)
        let! factor = Gen.choose (2, 500) |> Gen.map float
        let! maximum = Gen.choose (1, 40) |> Gen.map (fun n -> float n / 10.0)
        return kappa * maximum / (factor * (factor - 1.0)), factor, maximum
    }

[<Fact>]
let ``the operator is continuous at the cut-off for kappa up to 1 and jumps by e u above`` () =
    holds numbers (fun (t, factor, maximum) ->
        let cutoff = LogSum.cutoff t factor maximum
        let jump = LogSum.jump t factor maximum
        Assert.Equal((LogSum.facts t factor maximum).WeakConvexity > 1.0, jump > 0.0)
        Assert.Equal(0.0, proxOf t factor maximum cutoff)
        let above = proxOf t factor maximum (cutoff * (1.0 + 1e-9))
        Assert.True(abs (above - jump) <= 1e-3 * cutoff, $"{above} and {jump}"))

[<Fact>]
let ``on the cut-off zero and the landing point are equally good, and it lies between the fold and the slope at zero`` () =
    holds numbers (fun (t, factor, maximum) ->
        let cutoff = LogSum.cutoff t factor maximum
        let jump = LogSum.jump t factor maximum
        use landing = float64s [||] [| jump |]
        let objective = LogSum.value t factor maximum landing + (jump - cutoff) ** 2.0 / 2.0
        Assert.True(isClose 1e-9 1e-15 (cutoff * cutoff / 2.0) objective)
        let rounding = 1.0 + 1e-12
        Assert.InRange(cutoff, LogSum.lowerFold t factor maximum / rounding, t * factor * rounding))

[<Fact>]
let ``for kappa above 1 the operator is not firmly non-expansive`` () =
    let t, factor, maximum = 0.05, 10.0, 0.5
    Assert.Equal(9.0, (LogSum.facts t factor maximum).WeakConvexity, 1e-12)
    Assert.False((LogSum.facts t factor maximum).IsConvex)
    let cutoff = LogSum.cutoff t factor maximum
    let low, high = cutoff * 0.999, cutoff * 1.001

    let apart = proxOf t factor maximum high - proxOf t factor maximum low

    Assert.True(apart * apart > apart * (high - low))
    Assert.True(apart > 0.2)

[<Fact>]
let ``the entry m + t comes down to exactly m, where the slope is t, while that is the larger stationary point`` () =
    holds numbers (fun (t, factor, maximum) ->
        let epsilon = maximum / (factor - 1.0)

        if LogSum.cutoff t factor maximum < maximum + t && t < maximum + epsilon then
            Assert.Equal(maximum, proxOf t factor maximum (maximum + t), 1e-12))

[<Fact>]
let ``huge entries stay, in float32 too, infinite ones included`` () =
    use x = float32s [| 4L |] [| 1e30; -3e38; infinity; -infinity |]
    use p = LogSum.prox 0.1 20.0 1.0 x
    assertClose 1e-6 0.0 "prox" [| 1e30; -3e38; infinity; -infinity |] (entries p)

[<Fact>]
let ``kappa just above 1 keeps its digits: u is close to 3/4 (kappa - 1)`` () =
    for excess in [ 1e-3; 1e-6; 1e-9 ] do
        let u = LogSumRoot.solve (1.0 + excess)
        Assert.True(isClose (2.0 * excess + 1e-6) 0.0 (0.75 * excess) u, $"{u}")
