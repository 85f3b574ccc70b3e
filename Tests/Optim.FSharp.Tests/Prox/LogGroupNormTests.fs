module SparseHybrid.Optim.Tests.Prox.LogGroupNormTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``a group keeps its direction and gets the norm that the scalar operator gives`` () =
    holds (Gen.zip nonNegative (arrayOf finite 4)) (fun (t, values) ->
        use x = float64s [| 2L; 2L |] values
        use p = LogGroupNorm.prox t 20.0 1.5 Grouping.Row x
        let p = entries p

        for group in 0..1 do
            let z, p = values[2 * group .. 2 * group + 1], p[2 * group .. 2 * group + 1]
            use norm = float64s [||] [| sqrt (z[0] * z[0] + z[1] * z[1]) |]
            use expected = LogSum.prox t 20.0 1.5 norm
            Assert.Equal((entries expected)[0], sqrt (p[0] * p[0] + p[1] * p[1]), 1e-12)
            Assert.Equal(0.0, p[0] * z[1] - p[1] * z[0], 1e-12))

[<Fact>]
let ``entry by entry it is the log-sum penalty`` () =
    holds (Gen.zip nonNegative (arrayOf finite 6)) (fun (t, values) ->
        use x = float64s [| 2L; 3L |] values
        use expected = LogSum.prox t 20.0 1.5 x
        use actual = LogGroupNorm.prox t 20.0 1.5 Grouping.Element x
        assertClose 1e-14 1e-15 "prox" (entries expected) (entries actual)
        Assert.Equal(LogSum.value t 20.0 1.5 x, LogGroupNorm.value t 20.0 1.5 Grouping.Element x, 1e-10))

[<Fact>]
let ``groups of different sizes have their own cut-offs as a regularizer`` () =
    let grouping = Groupings.Indices [ [ 0L ]; [ 1L; 2L; 3L; 4L ] ]
    let strength = 0.05

    let cutoff size =
        LogSum.cutoff (strength * sqrt size) 20.0 1.5

    Assert.True(cutoff 4.0 > 1.1 * cutoff 1.0)
    let norm = (cutoff 4.0 + cutoff 1.0) / 2.0 // kills the large group, not the small one
    use x = float64s [| 5L |] [| norm; norm / 2.0; norm / 2.0; norm / 2.0; norm / 2.0 |]
    use step = float64s [||] [| 1.0 |]

    use p =
        Regularizer.prox (Regularizers.LogGroupNorm(strength, 20.0, 1.5, grouping)) step x

    let p = entries p
    Assert.True(p[0] > 0.0)
    assertClose 0.0 0.0 "large group" (Array.zeroCreate 4) p[1..]

[<Fact>]
let ``an infinite entry stays infinite and shields its group`` () =
    use x = float64s [| 1L; 2L |] [| -infinity; 1e-9 |]
    use p = LogGroupNorm.prox 0.5 20.0 1.5 Grouping.Row x
    assertClose 0.0 0.0 "prox" [| -infinity; 1e-9 |] (entries p)
