module SparseHybrid.Optim.Tests.Prox.NToMTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private proxOf kept consecutive shape (values: float[]) =
    use x = float64s shape values
    use p = NToM.prox kept consecutive x
    entries p

[<Fact>]
let ``of every four entries of a row the two largest stay; of equal ones the first`` () =
    let x = [| 1.0; -3.0; 2.0; 0.5; 1.0; -1.0; 1.0; 1.0 |]
    assertClose 0.0 0.0 "2:4" [| 0.0; -3.0; 2.0; 0.0; 1.0; -1.0; 0.0; 0.0 |] (proxOf 2 4 [| 1L; 8L |] x)
    assertClose 0.0 0.0 "1:4" [| 0.0; -3.0; 0.0; 0.0; 1.0; 0.0; 0.0; 0.0 |] (proxOf 1 4 [| 8L |] x)
    assertClose 0.0 0.0 "0:4" (Array.zeroCreate 8) (proxOf 0 4 [| 8L |] x)
    assertClose 0.0 0.0 "4:4" x (proxOf 4 4 [| 8L |] x)

[<Fact>]
let ``runs do not cross rows, and the rest of a row keeps as many`` () =
    let x = [| for i in 1..12 -> float i |]
    assertClose 0.0 0.0 "2:4 in rows of six" [| 0.0; 0.0; 3.0; 4.0; 5.0; 6.0; 0.0; 0.0; 9.0; 10.0; 11.0; 12.0 |] (proxOf 2 4 [| 2L; 6L |] x)
    // A rest of one entry, smaller than the padding is many.
    assertClose 0.0 0.0 "1:2 in rows of three" [| 0.0; 2.0; 3.0; 0.0; 5.0; 6.0 |] (proxOf 1 2 [| 2L; 3L; 1L |] x[..5])

[<Fact>]
let ``NaN stays and the value counts per run`` () =
    assertClose 0.0 0.0 "NaN" [| nan; 3.0; 0.0; 0.0 |] (proxOf 1 4 [| 4L |] [| nan; 3.0; 2.0; 1.0 |])
    use good = float32s [| 1L; 4L |] [| 0.0; 1.0; 2.0; 0.0 |]
    use bad = float32s [| 1L; 4L |] [| 0.5; 1.0; 2.0; 0.0 |]
    Assert.Equal((0.0, infinity), (NToM.value 2 4 good, NToM.value 2 4 bad))

[<Fact>]
let ``it is convex only where everything or nothing is kept`` () =
    Assert.True((NToM.facts 4 4).IsConvex)
    Assert.True((NToM.facts 0 4).IsConvex)
    Assert.False((NToM.facts 2 4).IsConvex)
