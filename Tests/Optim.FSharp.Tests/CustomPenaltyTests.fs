module SparseHybrid.Optim.Tests.CustomPenaltyTests

open System
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests
open SparseHybrid.Optim.Tests.Tensors
open Xunit

/// The Huber function of one's own, as a script would write it: R = sum of strength |x| - strength/2 beyond 1, strength x^2/2 within.
let private huber strength =
    let prox (step: float) (x: torch.Tensor) =
        let t = step * strength
        let inner = x / (1.0 + t)
        torch.where (x.abs().le((1.0 + t).ToScalar()), inner, x - x.sign () * t)

    let value (x: torch.Tensor) =
        entries x
        |> Array.sumBy (fun v -> strength * (if abs v <= 1.0 then v * v / 2.0 else abs v - 0.5))

    Regularizers.Custom("huber", strength, prox, value, { WeakConvexity = 0.0; IsEven = true })

[<Fact>]
let ``a penalty of one's own trains like any other: the limit satisfies its optimality condition`` () =
    // Gradient of (x - c)^2/2 plus lambda huber'(x) is 0.
    let limit =
        Runs.limit (huber 0.5) [| 0.0; 0.0; 0.0 |] (Runs.hyper 0.2 1.0 0.5) 400 (fun x -> Array.map2 (-) x [| 3.0; 0.9; -0.6 |])

    assertClose 1e-10 0.0 "limit" [| 2.5; 0.6; -0.4 |] limit

[<Fact>]
let ``name and strength are what it is compared and printed by`` () =
    Assert.Equal(huber 0.5, huber 0.5)
    Assert.Equal(hash (huber 0.5), hash (huber 0.5))
    Assert.NotEqual(huber 0.5, huber 0.25)
    Assert.Contains("huber 0.5", string (huber 0.5))

    match huber 0.5 with
    | Regularizer.Custom penalty ->
        Assert.Equal("huber 0.5", penalty.ToString())
        Assert.False(penalty.Equals "huber")
        Assert.NotEqual(penalty, { penalty with Name = "Huber" })
    | other -> Assert.Fail $"{other}"

[<Fact>]
let ``a strength out of range is refused`` () =
    let error =
        Assert.Throws<ArgumentOutOfRangeException>(fun () -> huber -1.0 |> ignore)

    Assert.Equal("Strength", error.ParamName)
