module SparseHybrid.Optim.Tests.RegularizerStrengthTests

open System
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.RegularizerTable
open SparseHybrid.Optim.Tests.Tensors
open TorchSharp
open Xunit

let private values =
    [| for i in 1..length -> (if i % 2 = 0 then -0.3 else 0.4) * float i |]

/// Powers of two, so that every number is the same to the last bit.
[<Fact>]
let ``a regularizer of scaled strength is the one made with that strength, functions of one's own included`` () =
    use _ = torch.NewDisposeScope()
    let x = float64s shape values

    for row in rows do
        for factor in [ 0.0; 0.25; 1.0; 4.0 ] do
            let scaled = Regularizer.scaleStrength factor (row.Make 0.5)
            let expected = row.Make(factor * 0.5)
            Assert.Equal(expected, scaled)
            Assert.Equal(Regularizer.facts expected shape, Regularizer.facts scaled shape)
            Assert.Equal(Regularizer.value expected x, Regularizer.value scaled x, 1e-12)

            for expected, actual in Array.zip (prox expected 0.75 values) (prox scaled 0.75 values) do
                Assert.Equal(expected, actual, 1e-12)

[<Fact>]
let ``no multiple of a square makes an infinitely concave penalty convex, but none is needed at strength 0`` () =
    let penalty =
        Regularizers.Custom("count", 1.0, HardThreshold.prox, HardThreshold.value 1.0, HardThreshold.facts 1.0)

    let facts factor =
        Regularizer.facts (Regularizer.scaleStrength factor penalty) shape

    Assert.Equal(infinity, (facts 0.5).WeakConvexity)
    Assert.True((facts 0.0).IsConvex)

[<Fact>]
let ``a factor out of range is refused`` () =
    for factor in [ -1.0; nan; infinity ] do
        let scale () =
            Regularizer.scaleStrength factor (Regularizers.L1 1.0) |> ignore

        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(scale).ParamName)

[<Fact>]
let ``another grouping goes to every regularizer that has one`` () =
    let row = Grouping.Row

    let grouped: (Grouping -> Regularizer) list =
        [ fun grouping -> Regularizers.AdaptiveL1(1.0, 500.0, 9.5, grouping)
          fun grouping -> Regularizers.AdaptiveGroupLasso(1.0, 500.0, 9.5, grouping)
          fun grouping -> Regularizers.GroupLasso(1.0, grouping)
          fun grouping -> Regularizers.SparseGroupLasso(1.0, 2.0, grouping)
          fun grouping -> Regularizers.LogGroupNorm(1.0, 20.0, 1.5, grouping) ]

    for make in grouped do
        Assert.Equal(make row, Regularizer.withGrouping row (make Grouping.Kernel))

    Assert.Equal(Regularizers.L1 1.0, Regularizer.withGrouping row (Regularizers.L1 1.0))

[<Fact>]
let ``a strength can be read and set wherever there is one`` () =
    let withoutStrength =
        [ Regularizer.Zero
          Regularizer.NonNegative
          Regularizers.Box(0.0, 1.0)
          Regularizers.L1Ball 1.0
          Regularizers.NToM(2, 4) ]

    for row in rows do
        let regularizer = row.Make 0.5

        match regularizer with
        | Regularizer.Custom penalty ->
            Assert.Equal(Nullable penalty.Strength, Regularizer.findStrength regularizer)

            Assert.Throws<ArgumentException>(fun () -> Regularizer.withStrength 1.0 regularizer |> ignore)
            |> ignore
        | _ when (Regularizer.findStrength regularizer).HasValue ->
            Assert.Equal(row.Make 2.0, Regularizer.withStrength 2.0 regularizer)
            Assert.Equal(Nullable 2.0, Regularizer.findStrength (row.Make 2.0))
        | _ -> Assert.Contains(regularizer.GetType(), withoutStrength |> List.map _.GetType())

    for regularizer in withoutStrength do
        Assert.False((Regularizer.findStrength regularizer).HasValue)

        Assert.Throws<ArgumentException>(fun () -> Regularizer.withStrength 1.0 regularizer |> ignore)
        |> ignore
