module SparseHybrid.Optim.Tests.Prox.SoftThresholdTests

open System
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private thresholdAndEntries (number: FsCheck.Gen<float>) =
    gen {
        let! threshold = nonNegative
        let! length = Gen.choose (0, 20)
        let! values = arrayOf number length
        return threshold, values
    }

let private prox threshold (values: float[]) =
    use x = float64s [| values.LongLength |] values
    use p = SoftThreshold.prox threshold x
    entries p

[<Fact>]
let ``the prox equals sign(x) max(|x| - t, 0) and both of its clipped forms`` () =
    holds (thresholdAndEntries finite) (fun (t, values) ->
        let signed = values |> Array.map (fun x -> float (sign x) * max (abs x - t) 0.0)
        let twoSided = values |> Array.map (fun x -> max (x - t) 0.0 + min (x + t) 0.0)
        let moreau = values |> Array.map (fun x -> x - min (max x -t) t)
        let actual = prox t values
        assertClose 0.0 0.0 "signed" signed actual
        assertClose 1e-15 1e-15 "two-sided" twoSided actual
        assertClose 0.0 0.0 "Moreau" moreau actual)

[<Fact>]
let ``the prox is the minimiser of t |y| + (y - x)^2 / 2 on a grid`` () =
    holds (thresholdAndEntries finite) (fun (t, values) ->
        let objective x y = t * abs y + (y - x) * (y - x) / 2.0

        for x, p in Array.zip values (prox t values) do
            for k in -200 .. 200 do
                let y = float k / 50.0
                Assert.True(objective x p <= objective x y + 1e-12, $"x = {x:R}, t = {t:R}: {y} beats {p:R}"))

[<Fact>]
let ``(x - p) / t is a subgradient of |.| at p`` () =
    holds (thresholdAndEntries finite) (fun (t, values) ->
        for x, p in Array.zip values (prox t values) do
            if p = 0.0 then
                Assert.True(abs x <= t)
            else
                Assert.Equal(float (sign p) * t, x - p, 1e-12))

[<Fact>]
let ``the prox is firmly non-expansive`` () =
    let pairs =
        gen {
            let! t = nonNegative
            let! xs = arrayOf finite 8
            let! ys = arrayOf finite 8
            return t, xs, ys
        }

    holds pairs (fun (t, xs, ys) ->
        let ps = prox t xs
        let qs = prox t ys
        let inner = Array.sumBy (fun i -> (ps[i] - qs[i]) * (xs[i] - ys[i])) [| 0..7 |]
        let square = Array.sumBy (fun i -> (ps[i] - qs[i]) ** 2.0) [| 0..7 |]
        Assert.True(square <= inner + 1e-12))

[<Fact>]
let ``threshold 0 is the identity, zero stays zero, signs are kept`` () =
    holds (thresholdAndEntries finite) (fun (t, values) ->
        assertClose 0.0 0.0 "identity" values (prox 0.0 values)

        for x, p in Array.zip values (prox t values) do
            Assert.True(p = 0.0 || sign p = sign x)
            Assert.True((abs x <= t) = (p = 0.0)))

[<Fact>]
let ``no entry of the result is minus zero`` () =
    for threshold in [ 0.0; 0.5 ] do
        for p in prox threshold [| -0.0; 0.0; -0.5; -0.25; 0.5 |] do
            Assert.False(p = 0.0 && Double.IsNegative p, $"minus zero at threshold {threshold}")

[<Fact>]
let ``NaN stays NaN and infinities stay infinite`` () =
    assertClose 0.0 0.0 "specials" [| nan; infinity; -infinity |] (prox 2.0 [| nan; infinity; -infinity |])

[<Fact>]
let ``in place equals pure exactly, in both dtypes`` () =
    holds (thresholdAndEntries anyNumber) (fun (t, values) ->
        for tensor in [ float32s; float64s ] do
            use x = tensor [| values.LongLength |] values
            use expected = SoftThreshold.prox t x
            Assert.Equal(x.dtype, expected.dtype)
            SoftThreshold.proxInPlace t x
            Assert.True(sameBits expected x))

[<Fact>]
let ``the weighted prox with one threshold for all equals the plain one`` () =
    holds (thresholdAndEntries anyNumber) (fun (t, values) ->
        use x = float64s [| values.LongLength |] values
        use thresholds = torch.full_like (x, t.ToScalar())
        use one = float64s [||] [| t |]
        use expected = SoftThreshold.prox t x
        use actual = SoftThreshold.proxWeighted thresholds x
        use broadcast = SoftThreshold.proxWeighted one x
        Assert.True(sameBits expected actual)
        Assert.True(sameBits expected broadcast))

[<Fact>]
let ``the weighted prox takes each entry's own threshold and poisons only entries whose threshold is NaN`` () =
    use x = float64s [| 2L; 2L |] [| 3.0; -3.0; 3.0; -3.0 |]
    use thresholds = float64s [| 2L; 2L |] [| 1.0; 4.0; nan; infinity |]
    use p = SoftThreshold.proxWeighted thresholds x
    assertClose 0.0 0.0 "weighted" [| 2.0; 0.0; nan; 0.0 |] (entries p)

[<Fact>]
let ``the value is t times the sum of magnitudes`` () =
    use x = float32s [| 3L |] [| 1.0; -2.0; 0.5 |]
    Assert.Equal(1.75, SoftThreshold.value 0.5 x, 1e-12)

[<Theory; InlineData(-1.0); InlineData(Double.NaN); InlineData(Double.PositiveInfinity)>]
let ``a threshold that is negative, infinite or NaN is refused by name`` (threshold: float) =
    use x = float64s [| 1L |] [| 1.0 |]

    let refused (action: unit -> unit) =
        let error = Assert.Throws<ArgumentOutOfRangeException>(action)
        Assert.Equal("threshold", error.ParamName)

    refused (fun () -> (SoftThreshold.prox threshold x).Dispose())
    refused (fun () -> SoftThreshold.proxInPlace threshold x)
    refused (fun () -> SoftThreshold.value threshold x |> ignore)
