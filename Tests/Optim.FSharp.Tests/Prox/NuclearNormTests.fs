module SparseHybrid.Optim.Tests.Prox.NuclearNormTests

open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``singular values shrink and the rank falls`` () =
    // Singular values 5 and 1 along the axes (1, 1) and (1, -1).
    use x = float64s [| 2L; 2L |] [| 3.0; 2.0; 2.0; 3.0 |]
    use p = NuclearNorm.prox 2.0 x
    assertClose 1e-13 0.0 "prox" [| 1.5; 1.5; 1.5; 1.5 |] (entries p)
    Assert.Equal(6.0, NuclearNorm.value 1.0 x, 1e-12)

[<Fact>]
let ``all values up to the threshold: exactly zero`` () =
    use x = float32s [| 2L; 3L |] [| 0.5; -0.2; 0.1; 0.3; 0.3; -0.1 |]
    use p = NuclearNorm.prox 1.0 x
    assertClose 0.0 0.0 "prox" (Array.zeroCreate 6) (entries p)

[<Fact>]
let ``a vector is one row, so that its norm is the Euclidean one`` () =
    use x = float64s [| 2L |] [| 3.0; -4.0 |]
    use p = NuclearNorm.prox 1.0 x
    assertClose 1e-14 0.0 "prox" [| 2.4; -3.2 |] (entries p)
    Assert.Equal(5.0, NuclearNorm.value 1.0 x, 1e-12)

[<Fact>]
let ``a convolution weight is the matrix of its filters`` () =
    let values = [| for i in 0..11 -> float ((i * 7) % 5) - 1.5 |]
    use weight = float64s [| 3L; 2L; 2L |] values
    use matrix = float64s [| 3L; 4L |] values
    use p = NuclearNorm.prox 0.5 weight
    use q = NuclearNorm.prox 0.5 matrix
    assertClose 0.0 0.0 "matrix" (entries q) (entries p)

[<Fact>]
let ``NaN and infinity have no singular values: all NaN, but for threshold 0`` () =
    for bad in [ nan; infinity ] do
        use x = float64s [| 2L; 2L |] [| 1.0; bad; 0.0; 1.0 |]
        use p = NuclearNorm.prox 0.5 x
        assertClose 0.0 0.0 "prox" [| nan; nan; nan; nan |] (entries p)
        use same = NuclearNorm.prox 0.0 x
        assertClose 0.0 0.0 "identity" (entries x) (entries same)
        Assert.True(System.Double.IsNaN(NuclearNorm.value 1.0 x))
