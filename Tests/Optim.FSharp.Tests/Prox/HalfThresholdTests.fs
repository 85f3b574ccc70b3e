module SparseHybrid.Optim.Tests.Prox.HalfThresholdTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``above the cut-off the result is stationary: p + t / (2 sqrt p) = x`` () =
    holds (Gen.zip nonNegative finite) (fun (t, z) ->
        use x = float64s [| 1L |] [| z |]
        use p = HalfThreshold.prox t x
        let p = (entries p)[0]

        if abs z > HalfThreshold.cutoff t then
            Assert.Equal(sign z, sign p)
            Assert.Equal(abs z, abs p + t / (2.0 * sqrt (abs p)), 1e-10)
        else
            Assert.Equal(0.0, p))

[<Fact>]
let ``at the cut-off 3/2 t^(2/3) the result jumps from 0 to t^(2/3), where both are equally good`` () =
    let t, cutoff = 8.0, 6.0
    Assert.Equal(cutoff, HalfThreshold.cutoff t, 1e-14)
    use x = float64s [| 2L |] [| cutoff - 1e-9; cutoff + 1e-9 |]
    use p = HalfThreshold.prox t x
    let p = entries p
    Assert.Equal(0.0, p[0])
    Assert.Equal(4.0, p[1], 1e-6)
    use landing = float64s [| 1L |] [| 4.0 |]
    Assert.Equal(cutoff * cutoff / 2.0, HalfThreshold.value t landing + 2.0, 1e-12) // (6 - 4)^2 / 2 = 2

[<Fact>]
let ``infinite entries stay, large ones hardly move`` () =
    use x = float64s [| 3L |] [| infinity; -infinity; 1e8 |]
    use p = HalfThreshold.prox 1.0 x
    assertClose 1e-11 0.0 "prox" [| infinity; -infinity; 1e8 |] (entries p)
