module SparseHybrid.Optim.Tests.SparsityTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``zeros and non-zeros add up, minus zero is zero and NaN is not`` () =
    use x = float32s [| 2L; 3L |] [| 0.0; -0.0; nan; 1e-38; infinity; -1.0 |]
    Assert.Equal(2L, Sparsity.zeroCount x)
    Assert.Equal(4L, Sparsity.nonzeroCount x)
    Assert.Equal(2.0 / 6.0, Sparsity.zeroFraction x)

[<Fact>]
let ``the counts are those of the entries`` () =
    holds (Gen.choose (0, 50) |> Gen.bind (arrayOf finite)) (fun values ->
        use x = float64s [| values.LongLength |] values
        let zeros = values |> Array.filter ((=) 0.0) |> Array.length
        Assert.Equal(int64 zeros, Sparsity.zeroCount x)
        Assert.Equal(float zeros / float (max 1 values.Length), Sparsity.zeroFraction x))
