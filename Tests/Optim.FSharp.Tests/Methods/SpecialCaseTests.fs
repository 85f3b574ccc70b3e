/// Where two methods of the family are the same method.
module SparseHybrid.Optim.Tests.SpecialCaseTests

open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.MethodRuns
open Xunit

/// A start and six gradients for five entries.
let private problems =
    gen {
        let! start = arrayOf finite 5
        let! gradients = Gen.arrayOfLength 6 (arrayOf finite 5)
        return start, gradients
    }

let private penalties =
    [ Regularizers.Zero(); Regularizers.L1 0.5; Runs.adaptive 0.02 50.0 3.0 ]

let private same what (expected: Moment[]) (actual: Moment[]) =
    Array.iter2 (fun expected actual -> near what expected.Parameter actual.Parameter) expected actual

let private everyStep problem method regularizer points =
    let start, (gradients: float[][]) = problem
    runMethod method regularizer start points (fun i _ -> gradients[i])

[<Fact>]
let ``SGD without momentum is gradient descent, and so is every special case of it`` () =
    holds problems (fun (start, gradients) ->
        let mutable x = start

        let expected =
            [| yield x

               for g in gradients do
                   x <- Array.map2 (fun x g -> x - 0.25 * g) x g
                   yield x |]

        for method in
            [ Methods.sgd (sgd 0.0 0.0)
              ProximalSgd.method (sgd 0.0 0.0)
              DualAveraging.method 0.0 0.0
              Rda.method { Rda.published with PullGrowth = 0.0 }
              Grda.method { ThresholdGrowth = 0.7 }
              LinearizedBregman.method
                  { MomentumTimeScale = 0.0
                    WeightDecay = 0.0 } ] do
            let history =
                everyStep (start, gradients) method (Regularizers.Zero()) (constantly 0.25 0.0 6)

            Array.iter2 (fun expected moment -> near method.Name expected moment.Parameter) expected history)

[<Fact>]
let ``xRDA with averaging 0 is proximal SGD with momentum, adaptive weights and weight decay included`` () =
    holds problems (fun problem ->
        for regularizer in penalties do
            let points = constantly 0.25 0.0 6
            let xrda = everyStep problem (DualAveraging.method 2.0 0.01) regularizer points
            let sgd = everyStep problem (ProximalSgd.method (sgd 2.0 0.01)) regularizer points
            same $"{regularizer}" xrda sgd)

[<Fact>]
let ``RDA with a constant pull is xRDA with averaging 1 and no momentum`` () =
    holds problems (fun problem ->
        let rda =
            Rda.method
                { Rda.published with
                    PullGrowth = 0.0
                    WeightDecay = 0.01 }

        for regularizer in penalties do
            let points = constantly 0.25 1.0 6
            let xrda = everyStep problem (DualAveraging.method 0.0 0.01) regularizer points
            same $"{regularizer}" xrda (everyStep problem rda regularizer points))

[<Fact>]
let ``gRDA with mu = 1 is RDA whose strength is c times the root of the step size`` () =
    holds problems (fun problem ->
        let rda = Rda.method { Rda.published with PullGrowth = 0.0 }
        let stepSize, c = 0.25, 0.3
        let points = constantly stepSize 0.0 6

        let grda =
            everyStep problem (Grda.method { ThresholdGrowth = 1.0 }) (Regularizers.L1 c) points

        same "gRDA" (everyStep problem rda (Regularizers.L1(c * sqrt stepSize)) points) grda)

[<Fact>]
let ``RDA without a penalty moves sqrt t times the mean gradient from its start`` () =
    holds problems (fun (start, gradients) ->
        let history =
            everyStep (start, gradients) (Rda.method Rda.published) (Regularizers.Zero()) (constantly 0.25 0.0 6)

        for t in 1..6 do
            let mean =
                Array.init 5 (fun j -> gradients[.. t - 1] |> Array.averageBy (Array.item j))

            near $"step {t}" (Array.map2 (fun x g -> x - 0.25 * sqrt (float t) * g) start mean) history[t].Parameter)

[<Fact>]
let ``the enhancement raises every threshold by rho times the strength`` () =
    holds problems (fun problem ->
        let points = constantly 0.25 0.0 6
        let strength, rho = 0.5, 0.125
        let regularizer = Regularizers.L1 strength

        let enhanced =
            everyStep problem (Rda.method { Rda.published with Enhancement = rho }) regularizer points

        let start, _ = problem

        for t in 1..6 do
            let reach = 0.25 * sqrt (float t)

            let threshold =
                strength * reach * enhanced[t].State["weightAverage"][0] + rho * strength

            let expected =
                Array.map2 (fun x g -> Runs.softThreshold threshold (x - reach * g)) start (enhanced[t].State["gradientAverage"])

            near "enhanced" expected enhanced[t].Parameter)

[<Fact>]
let ``RMDA mixed in whole is its own model, and without averaging of weights it restarts as RDA`` () =
    holds problems (fun problem ->
        for regularizer in penalties do
            let method = Rmda.method { Mixing = 1.0; WeightDecay = 0.0 }
            let history = everyStep problem method regularizer (constantly 0.25 0.0 6)

            for moment in history[1..] do
                near "model" moment.Model moment.Parameter

            // The first step after a start knows one gradient only: a proximal gradient step.
            let first =
                everyStep problem (ProximalSgd.method (sgd 0.0 0.0)) regularizer (constantly 0.25 0.0 6)

            near "first step" first[1].Parameter history[1].Parameter)

[<Fact>]
let ``RAMDA's mixing moves the parameter this share of the way to its model`` () =
    holds problems (fun problem ->
        let method =
            Ramda.method
                { Mixing = 0.25
                  Epsilon = 1e-3
                  WeightDecay = 0.01 }

        for regularizer in penalties do
            let history = everyStep problem method regularizer (constantly 0.25 0.0 6)
            near "untouched" history[0].Parameter history[0].Model

            for before, after in Array.pairwise history do
                let expected =
                    Array.map2 (fun x m -> 0.75 * x + 0.25 * m) before.Parameter after.Model

                near "mixed" expected after.Parameter)

[<Fact>]
let ``linearised Bregman without a penalty is SGD with the same momentum`` () =
    holds problems (fun problem ->
        let points = constantly 0.25 0.0 6

        let bregman =
            LinearizedBregman.method
                { MomentumTimeScale = 2.0
                  WeightDecay = 0.01 }

        same
            "SGD"
            (everyStep problem (Methods.sgd (sgd 2.0 0.01)) (Regularizers.L1 1.0) points)
            (everyStep problem bregman (Regularizers.Zero()) points))

[<Fact>]
let ``linearised Bregman's entries are zero exactly while their forward point stays below the strength`` () =
    holds problems (fun problem ->
        let bregman =
            LinearizedBregman.method
                { MomentumTimeScale = 0.0
                  WeightDecay = 0.0 }

        for moment in (everyStep problem bregman (Regularizers.L1 2.0) (constantly 0.25 0.0 6))[1..] do
            for x, z in Array.zip moment.Parameter moment.State["forwardPoint"] do
                Assert.Equal(abs z <= 2.0, (x = 0.0)))

[<Fact>]
let ``in a metric of equal entries the proximal operator is the plain one for a smaller step`` () =
    holds (Gen.zip (arrayOf finite 6) (Gen.choose (1, 20))) (fun (numbers, tenths) ->
        use _ = torch.NewDisposeScope()
        let d = float tenths / 10.0
        let x = float64s [| 1L; 2L; 1L; 3L |] numbers
        let metric = torch.full_like (x, d.ToScalar())

        for regularizer in Regularizers.AdaptiveL1(0.5, 20.0, 1.0, Grouping.Kernel) :: penalties do
            let groupShape = Regularizer.groupShape regularizer x.shape
            let b = torch.ones (groupShape, dtype = torch.float64)
            let expected = Regularizer.prox regularizer (b / d) x
            near $"{regularizer}" (entries expected) (entries (Regularizer.proxInMetric regularizer b metric x)))
