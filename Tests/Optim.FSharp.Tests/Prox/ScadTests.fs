module SparseHybrid.Optim.Tests.Prox.ScadTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private proxOf step strength concavity (values: float[]) =
    use x = float64s [| values.LongLength |] values
    use p = Scad.prox step strength concavity x
    entries p

[<Fact>]
let ``dead, soft, relaxed and untouched parts`` () =
    // lambda = 1, a = 3, s = 1: soft up to 2, then 2 x - 3 up to 3.
    assertClose 1e-15 0.0 "prox" [| 0.0; 0.5; -1.0; 2.0; -2.5; 4.0; nan |] (proxOf 1.0 1.0 3.0 [| 1.0; 1.5; -2.0; 2.5; -2.75; 4.0; nan |])

[<Fact>]
let ``for larger steps it jumps from the soft threshold to the identity`` () =
    // a = 2, s = 2: soft threshold 2 up to (a + 1 + s)/2 = 2.5.
    assertClose 1e-15 0.0 "soft" [| 0.0; 0.4; 2.6; -2.6 |] (proxOf 2.0 1.0 2.0 [| 1.9; 2.4; 2.6; -2.6 |])
    // a = 2, s = 12: dead up to sqrt(s (a + 1)) = 6.
    assertClose 0.0 0.0 "hard" [| 0.0; 6.1 |] (proxOf 12.0 1.0 2.0 [| 5.9; 6.1 |])

[<Fact>]
let ``the value is l1, then a parabola, then flat`` () =
    let value entry =
        use x = float64s [| 1L |] [| entry |]
        Scad.value 2.0 3.0 x

    Assert.Equal(3.0, value 1.5, 1e-14)
    Assert.Equal((2.0 * 3.0 * 2.0 * 4.0 - 16.0 - 4.0) / 4.0, value -4.0, 1e-14)
    Assert.Equal(8.0, value 6.0, 1e-14)
    Assert.Equal(8.0, value 60.0, 1e-14)
    Assert.Equal(0.5, (Scad.facts 2.0 3.0).WeakConvexity)
