/// Where each method ends on a quadratic with an l1 penalty.
module SparseHybrid.Optim.Tests.MethodLimitTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.MethodRuns
open Xunit

let private case = GoldenFile.analyticCase "l1_quadratic"

let private numbers (field: string) =
    GoldenFile.numbers (case.GetProperty field)

let private curvature, private centre, private solution =
    numbers "q", numbers "c", numbers "solution"

let private strength = GoldenFile.number (case.GetProperty "lam")

/// The model after this many steps from the centre of the quadratic.
let private limit method regularizer (points: SchedulePoint[]) =
    let history =
        runMethod method regularizer centre points (fun _ x -> Array.map3 (fun q c x -> q * (x - c)) curvature centre x)

    (Array.last history).Model

let private furthest (expected: float[]) (actual: float[]) =
    Array.map2 (fun e a -> abs (e - a)) expected actual |> Array.max

let private zeros (x: float[]) = x |> Array.map ((=) 0.0)

[<Fact>]
let ``xRDA, proximal SGD, RDA with a constant pull and proximal Adam reach the solution, support exact`` () =
    let annealed =
        [| for step in 1L .. 4000L -> Schedule.stages 0.02 0.99 [ 100L..10L..4000L ] step |]

    for method, points in
        [ DualAveraging.method 0.5 0.0, constantly 0.2 0.9 1500
          ProximalSgd.method (sgd 0.5 0.0), constantly 0.2 0.0 1500
          Rda.method { Rda.published with PullGrowth = 0.0 }, constantly 0.2 0.0 1500
          ProximalAdam.method ProximalAdam.published, annealed ] do
        assertClose 1e-9 1e-12 method.Name solution (limit method (Regularizers.L1 strength) points)

[<Fact>]
let ``RDA, RMDA and RAMDA approach the solution as their pull to the start fades, support exact`` () =
    for method, stepSize in
        [ Rda.method Rda.published, 1.0
          Rmda.method { Mixing = 0.1; WeightDecay = 0.0 }, 0.1
          Ramda.method
              { Mixing = 0.1
                Epsilon = 1e-6
                WeightDecay = 0.0 },
          0.1 ] do
        let after steps =
            limit method (Regularizers.L1 strength) (constantly stepSize 0.0 steps)

        let early, late = after 300, after 3000
        Assert.True(furthest solution late < furthest solution early / 2.0, $"{method.Name}: {furthest solution early}, {furthest solution late}")
        Assert.InRange(furthest solution late, 0.0, 0.02)
        Assert.Equal<bool[]>(zeros solution, zeros late)

[<Fact>]
let ``linearised Bregman ends without the bias of the penalty`` () =
    let bregman =
        LinearizedBregman.method
            { MomentumTimeScale = 0.5
              WeightDecay = 0.0 }

    let x = limit bregman (Regularizers.L1 strength) (constantly 0.2 0.0 3000)
    Assert.InRange(furthest centre x, 0.0, 1e-9)

[<Fact>]
let ``gRDA's bias fades, for its thresholds grow more slowly than the steps`` () =
    let after steps =
        limit (Grda.method { ThresholdGrowth = 0.51 }) (Regularizers.L1 strength) (constantly 0.2 0.0 steps)

    let early, late = furthest centre (after 300), furthest centre (after 3000)
    Assert.True(late < early / 2.0, $"{early}, {late}")
