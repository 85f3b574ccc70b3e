module SparseHybrid.Optim.Tests.Prox.L1BallTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private proxOf radius (values: float[]) =
    use x = float64s [| values.LongLength |] values
    use p = L1Ball.prox radius x
    entries p

[<Fact>]
let ``inside nothing moves, to the last bit`` () =
    assertClose 0.0 0.0 "inside" [| 0.5; -0.25; 0.0 |] (proxOf 0.75 [| 0.5; -0.25; 0.0 |])

[<Fact>]
let ``outside a common amount is taken off until the norm is the radius`` () =
    assertClose 1e-15 0.0 "projection" [| 1.5; -0.5; 0.0 |] (proxOf 2.0 [| 3.0; -2.0; 1.0 |])
    assertClose 0.0 0.0 "radius 0" [| 0.0; 0.0; 0.0 |] (proxOf 0.0 [| 0.1; 0.1; 0.1 |])

    holds (Gen.zip (arrayOf finite 9) nonNegative) (fun (values, radius) ->
        let before = Array.sumBy abs values
        let after = proxOf radius values |> Array.sumBy abs
        Assert.True(isClose 1e-12 1e-13 (min before radius) after))

[<Fact>]
let ``the value tells inside from outside but for rounding`` () =
    use x = float32s [| 2L |] [| 0.1; -0.2 |]
    Assert.Equal(0.0, L1Ball.value 0.3 x)
    Assert.Equal(infinity, L1Ball.value 0.2999 x)
    use exact = float64s [| 2L |] [| 0.1; -0.2 |]
    Assert.Equal(0.0, L1Ball.value 0.3 exact)
    Assert.Equal(infinity, L1Ball.value 0.29999999 exact)

[<Fact>]
let ``infinite entries have no projection and become NaN, the others 0`` () =
    assertClose 0.0 0.0 "infinite" [| nan; 0.0 |] (proxOf 1.0 [| infinity; 3.0 |])

[<Fact>]
let ``the maximum norm brings the largest entries down to one level`` () =
    use x = float64s [| 4L |] [| 3.0; -2.0; 1.0; 0.5 |]
    use p = LInfinityNorm.prox 2.0 x
    assertClose 1e-15 0.0 "prox" [| 1.5; -1.5; 1.0; 0.5 |] (entries p)
    Assert.Equal(6.0, LInfinityNorm.value 2.0 x)
    use infinite = float64s [| 2L |] [| -infinity; 3.0 |]
    use unmoved = LInfinityNorm.prox 2.0 infinite
    assertClose 0.0 0.0 "infinite" [| -infinity; 3.0 |] (entries unmoved)
    use empty = float64s [| 0L |] [||]
    Assert.Equal(0.0, LInfinityNorm.value 2.0 empty)
