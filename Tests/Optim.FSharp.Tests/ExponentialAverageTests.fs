module SparseHybrid.Optim.Tests.ExponentialAverageTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``what is kept and what is fresh add up to 1`` () =
    holds (Gen.zip nonNegative nonNegative) (fun (timeScale, stepSize) ->
        let kept = ExponentialAverage.kept timeScale stepSize
        let fresh = ExponentialAverage.fresh timeScale stepSize
        Assert.InRange(kept, 0.0, 1.0)
        Assert.Equal(1.0, kept + fresh, 1e-14))

[<Fact>]
let ``the fresh share keeps its digits for tiny steps`` () =
    for exponent in [ 1e-5; 1e-8; 1e-12; 1e-16; 1e-300 ] do
        let series = exponent - exponent * exponent / 2.0 + exponent ** 3.0 / 6.0
        assertClose 1e-14 0.0 $"{exponent}" [| series |] [| ExponentialAverage.fresh 1.0 exponent |]

[<Fact>]
let ``time scale 0 forgets everything, also in a step of size 0`` () =
    for stepSize in [ 0.0; 1.0 ] do
        Assert.Equal(0.0, ExponentialAverage.kept 0.0 stepSize)
        Assert.Equal(1.0, ExponentialAverage.fresh 0.0 stepSize)

[<Fact>]
let ``a step of size 0 with a memory changes nothing, and a step far beyond the memory forgets all`` () =
    Assert.Equal(1.0, ExponentialAverage.kept 2.0 0.0)
    Assert.Equal(0.0, ExponentialAverage.fresh 2.0 0.0)

    for elapsed in 700.0 .. 800.0 do // where the share kept turns subnormal and then 0
        Assert.Equal(1.0, ExponentialAverage.fresh 1.0 elapsed)

[<Fact>]
let ``two half steps with one sample are one whole step`` () =
    let cases = Gen.zip (Gen.zip nonNegative nonNegative) (Gen.zip finite finite)

    holds cases (fun ((timeScale, stepSize), (start, sample)) ->
        let timeScale = timeScale + 0.1
        use average = float64s [||] [| start |]
        use sample = float64s [||] [| sample |]
        use half = ExponentialAverage.update timeScale (stepSize / 2.0) average sample
        use twice = ExponentialAverage.update timeScale (stepSize / 2.0) half sample
        use once = ExponentialAverage.update timeScale stepSize average sample
        Assert.Equal((entries once)[0], (entries twice)[0], 1e-12))
