module SparseHybrid.Optim.Tests.Prox.BoxTests

open System
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``entries outside move to the nearest bound`` () =
    use x = float64s [| 6L |] [| -3.0; -0.5; 0.0; 2.0; infinity; nan |]
    use p = Box.prox -1.0 1.0 x
    assertClose 0.0 0.0 "box" [| -1.0; -0.5; 0.0; 1.0; 1.0; nan |] (entries p)
    use below = Box.prox -infinity 0.25 x
    assertClose 0.0 0.0 "one side" [| -3.0; -0.5; 0.0; 0.25; 0.25; nan |] (entries below)
    use up = NonNegative.prox x
    assertClose 0.0 0.0 "non-negative" [| 0.0; 0.0; 0.0; 2.0; infinity; nan |] (entries up)

[<Fact>]
let ``the value is 0 inside, bounds included, and infinite outside and for NaN`` () =
    let value entry =
        use x = float64s [| 2L |] [| 0.0; entry |]
        Box.value -1.0 1.0 x, NonNegative.value x

    Assert.Equal((0.0, 0.0), value 1.0)
    Assert.Equal((0.0, infinity), value -1.0)
    Assert.Equal((infinity, 0.0), value 1.001)
    Assert.Equal((infinity, infinity), value nan)

[<Fact>]
let ``only a box around 0 with equal sides is even`` () =
    Assert.True((Box.facts -2.0 2.0).IsEven)
    Assert.False((Box.facts -2.0 1.0).IsEven)

[<Theory; InlineData(1.0, 0.0); InlineData(Double.NaN, 0.0); InlineData(0.0, Double.NaN); InlineData(Double.PositiveInfinity, Double.PositiveInfinity)>]
let ``bounds that leave nothing are refused`` (lower: float) (upper: float) =
    use x = float64s [| 1L |] [| 0.0 |]

    for action in
        [ fun () -> (Box.prox lower upper x).Dispose()
          fun () -> Box.proxInPlace lower upper x
          fun () -> Regularizers.Box(lower, upper) |> ignore ] do
        Assert.Equal("lower", Assert.Throws<ArgumentOutOfRangeException>(action).ParamName)
