module SparseHybrid.Optim.Tests.Prox.HardThresholdTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``entries above sqrt(2 t) stay as they are, the others become zero, the tie included`` () =
    use x = float64s [| 6L |] [| 2.0; -2.0; 2.001; -3.0; 0.5; nan |]
    use p = HardThreshold.prox 2.0 x
    Assert.Equal(2.0, HardThreshold.cutoff 2.0)
    assertClose 0.0 0.0 "prox" [| 0.0; 0.0; 2.001; -3.0; 0.0; nan |] (entries p)

[<Fact>]
let ``the value counts the entries that are not zero`` () =
    use x = float32s [| 2L; 2L |] [| 0.0; -0.0; 1e-30; 7.0 |]
    Assert.Equal(1.0, HardThreshold.value 0.5 x)
    Assert.Equal(infinity, (HardThreshold.facts 0.5).WeakConvexity)
    Assert.True((HardThreshold.facts 0.0).IsConvex)
