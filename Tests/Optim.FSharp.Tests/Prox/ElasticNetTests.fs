module SparseHybrid.Optim.Tests.Prox.ElasticNetTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``it shrinks by the threshold, then by the factor 1 + q`` () =
    use x = float64s [| 4L |] [| 3.0; -2.0; 0.5; 0.0 |]
    use p = ElasticNet.prox 1.0 0.25 x
    assertClose 1e-15 0.0 "prox" [| 1.6; -0.8; 0.0; 0.0 |] (entries p)

[<Fact>]
let ``the quadratic part alone divides, and the value has both parts`` () =
    use x = float32s [| 2L |] [| 3.0; -4.0 |]
    use p = ElasticNet.prox 0.0 1.0 x
    assertClose 0.0 0.0 "prox" [| 1.5; -2.0 |] (entries p)
    Assert.Equal(7.0 * 2.0 + 25.0 / 2.0 * 0.5, ElasticNet.value 2.0 0.5 x, 1e-12)
