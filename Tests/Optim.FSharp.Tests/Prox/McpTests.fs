module SparseHybrid.Optim.Tests.Prox.McpTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private proxOf step strength concavity (values: float[]) =
    use x = float64s [| values.LongLength |] values
    use p = Mcp.prox step strength concavity x
    entries p

[<Fact>]
let ``dead, firm and untouched parts`` () =
    // lambda = 1, gamma = 3, s = 1: S(x, 1) / (2/3) up to 3.
    assertClose 1e-15 0.0 "prox" [| 0.0; 0.75; -1.5; 3.0; -5.0; nan |] (proxOf 1.0 1.0 3.0 [| 1.0; 1.5; -2.0; 3.0; -5.0; nan |])

[<Fact>]
let ``for steps of gamma and more it is a hard threshold at lambda sqrt(s gamma)`` () =
    assertClose 0.0 0.0 "prox" [| 0.0; 4.001; -5.0 |] (proxOf 8.0 1.0 2.0 [| 4.0; 4.001; -5.0 |])
    assertClose 0.0 0.0 "at gamma" [| 0.0; 2.001 |] (proxOf 2.0 1.0 2.0 [| 2.0; 2.001 |])

[<Fact>]
let ``the value is flat beyond gamma lambda`` () =
    let value entry =
        use x = float64s [| 1L |] [| entry |]
        Mcp.value 2.0 3.0 x

    Assert.Equal(2.0 - 1.0 / 6.0, value 1.0, 1e-14)
    Assert.Equal(6.0, value 6.0, 1e-14)
    Assert.Equal(6.0, value -100.0, 1e-14)
    Assert.Equal(1.0 / 3.0, (Mcp.facts 2.0 3.0).WeakConvexity)
    Assert.True((Mcp.facts 0.0 3.0).IsConvex)
