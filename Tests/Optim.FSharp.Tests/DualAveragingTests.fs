module SparseHybrid.Optim.Tests.DualAveragingTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.Runs
open Xunit

/// A start and six gradients for five entries.
let private problems =
    gen {
        let! start = arrayOf finite 5
        let! gradients = Gen.arrayOfLength 6 (arrayOf finite 5)
        return start, gradients
    }

let private shares = Gen.choose (0, 10) |> Gen.map (fun n -> float n / 10.0)

let private close = assertClose 1e-9 1e-12

/// As close, where rounding may leave a tiny number in place of a zero.
let private near what (expected: float[]) (actual: float[]) =
    for e, a in Array.zip expected actual do
        Assert.True(abs (e - a) <= 1e-9 * (1.0 + abs e), $"{what}: {e:R} expected, {a:R} found")

[<Fact>]
let ``averaging 0, no momentum, M = 1: each step is a proximal gradient step`` () =
    holds problems (fun (start, gradients) ->
        let stepSize, strength = 0.25, 0.5

        let history =
            run (adaptive strength 1.0 3.0) start (Array.replicate 6 (hyper stepSize 0.0 0.0)) (fun i _ -> gradients[i])

        for i in 0..5 do
            let ista =
                Array.map2 (fun x g -> softThreshold (stepSize * strength) (x - stepSize * g)) history[i].Parameter gradients[i]

            near "ISTA" ista history[i + 1].Parameter)

[<Fact>]
let ``averaging 1: the forward point and the backward step are sums over all steps`` () =
    holds problems (fun (start, gradients) ->
        let stepSize = 0.25

        let history =
            run (Regularizers.L1 0.5) start (Array.replicate 6 (hyper stepSize 2.0 1.0)) (fun i _ -> gradients[i])

        let sumOfVelocities =
            [| for j in 0..4 -> history[1..] |> Array.sumBy (fun moment -> moment.Velocity[j]) |]

        let forwardPoint = Array.map2 (fun x v -> x - stepSize * v) start sumOfVelocities
        near "z" forwardPoint history[6].ForwardPoint
        near "b" [| 6.0 * stepSize |] history[6].BackwardStep
        near "x" (Array.map (softThreshold (0.5 * 6.0 * stepSize)) forwardPoint) history[6].Parameter)

[<Fact>]
let ``strength 0: averaging does not matter, and the method is SGD with damped momentum`` () =
    holds (Gen.zip problems shares) (fun ((start, gradients), averaging) ->
        let stepSize, timeScale = 0.25, 2.0
        let beta = exp (-stepSize / timeScale)
        let mutable x, v = start, Array.zeroCreate 5

        for g in gradients do
            v <- Array.map2 (fun v g -> beta * v + (1.0 - beta) * g) v g
            x <- Array.map2 (fun x v -> x - stepSize * v) x v

        for regularizer in [ Regularizers.Zero(); Regularizers.L1 0.0; adaptive 0.0 500.0 3.0 ] do
            let history =
                run regularizer start (Array.replicate 6 (hyper stepSize timeScale averaging)) (fun i _ -> gradients[i])

            near $"{regularizer}" x history[6].Parameter)

[<Fact>]
let ``under a constant gradient the velocity depends only on the time elapsed`` () =
    for case in GoldenFile.items (GoldenFile.analyticCase "momentum_constant_gradient") do
        let number (field: string) =
            GoldenFile.number (case.GetProperty field)

        let hypers =
            GoldenFile.numbers (case.GetProperty "step_sizes")
            |> Array.map (fun h -> hyper h (number "mom_ts") 0.5)

        let history =
            run (Regularizers.Zero()) [| 1.0 |] hypers (fun _ _ -> [| number "gradient" |])

        assertClose 1e-12 1e-14 "v" [| number "v" |] (Array.last history).Velocity

[<Fact>]
let ``with h = h0 (1 - alpha) the forward point averages x - h0 v and the backward step h0 w`` () =
    holds problems (fun (start, gradients) ->
        let initial = 0.5
        let points = [| for step in 1L .. 6L -> Schedule.cosine initial 8L step |]

        let hypers =
            points |> Array.map (fun point -> hyper point.StepSize 2.0 point.Averaging)

        let factor = 20.0
        let history = run (adaptive 0.1 factor 3.0) start hypers (fun i _ -> gradients[i])

        for i in 0..5 do
            let alpha, before, after = points[i].Averaging, history[i], history[i + 1]
            let average = Array.map2 (fun old fresh -> alpha * old + (1.0 - alpha) * fresh)
            let moved = Array.map2 (fun x v -> x - initial * v) before.Parameter after.Velocity
            near "z" (average before.ForwardPoint moved) after.ForwardPoint
            let largest = Array.max after.RunningAverage

            let weight a =
                if largest = 0.0 then
                    factor
                else
                    factor / (1.0 + (factor - 1.0) * a / largest)

            near "b" (average before.BackwardStep (after.RunningAverage |> Array.map (weight >> (*) initial))) after.BackwardStep)

[<Fact>]
let ``each step is stationary for its Bregman proximal problem`` () =
    holds (Gen.zip problems shares) (fun ((start, gradients), alpha) ->
        let stepSize, strength, factor = 0.25, 0.5, 20.0

        let history =
            run (adaptive strength factor 3.0) start (Array.replicate 6 (hyper stepSize 2.0 alpha)) (fun i _ -> gradients[i])

        let subgradient moment j =
            if moment.BackwardStep[j] = 0.0 then
                0.0
            else
                (moment.ForwardPoint[j] - moment.Parameter[j])
                / (strength * moment.BackwardStep[j])

        for i in 0..5 do
            for j in 0..4 do
                let before, after = history[i], history[i + 1]
                let x, next = before.Parameter[j], after.Parameter[j]
                let xi, nextXi = subgradient before j, subgradient after j
                let weight = (after.BackwardStep[j] - alpha * before.BackwardStep[j]) / stepSize
                Assert.InRange(weight, 1.0 - 1e-9, factor + 1e-9)

                Assert.True(
                    abs nextXi <= 1.0 + 1e-9
                    && (next = 0.0 || abs (nextXi - float (sign next)) <= 1e-9)
                )

                let inertia = alpha * strength * before.BackwardStep[j] * (nextXi - xi)

                let residual =
                    stepSize * after.Velocity[j] + strength * stepSize * weight * nextXi + next - x
                    + inertia

                Assert.True(abs residual <= 1e-9, $"residual {residual:R}"))

[<Fact>]
let ``the last step of the cosine schedule changes nothing`` () =
    holds problems (fun (start, gradients) ->
        let hypers =
            [| for step in 1L .. 6L -> let p = Schedule.cosine 1.0 6L step in hyper p.StepSize 9.5 p.Averaging |]

        let history = run (adaptive 0.01 500.0 9.5) start hypers (fun i _ -> gradients[i])
        assertClose 0.0 0.0 "x" history[5].Parameter history[6].Parameter
        assertClose 0.0 0.0 "z" history[5].ForwardPoint history[6].ForwardPoint
        assertClose 0.0 0.0 "b" history[5].BackwardStep history[6].BackwardStep)

/// Runs a problem and the same problem transformed, and holds the transformed ends together.
let private equivariant strengthFactor (transform: float[] -> float[]) =
    holds problems (fun (start, gradients) ->
        let hypers =
            Array.replicate
                6
                { hyper 0.5 2.0 0.5 with
                    WeightDecay = 0.01 }

        let ends strength start gradients =
            let history =
                run (adaptive strength 20.0 3.0) start hypers (fun i _ -> Array.item i gradients)

            history[6].Parameter

        let expected = transform (ends 0.25 start gradients)

        let actual =
            ends (0.25 * strengthFactor) (transform start) (Array.map transform gradients)

        assertClose 0.0 0.0 "transformed" expected actual)

[<Fact>]
let ``flipping signs flips the run`` () =
    equivariant 1.0 (Array.mapi (fun i x -> if i % 2 = 0 then -x else x))

[<Fact>]
let ``permuting entries permutes the run`` () =
    equivariant 1.0 (Array.permute (fun i -> (i * 2 + 1) % 5))

[<Fact>]
let ``scaling parameter, gradient and strength by 8 scales the run by 8`` () = equivariant 8.0 (Array.map ((*) 8.0))

[<Fact>]
let ``without gradient, weight decay and averaging, entries and support only shrink`` () =
    holds (arrayOf finite 5) (fun start ->
        let history =
            run (adaptive 0.05 20.0 3.0) start (Array.replicate 8 (hyper 0.5 2.0 0.0)) (fun _ x -> Array.map ((*) 0.0) x)

        for before, after in Array.pairwise history do
            for x, next in Array.zip before.Parameter after.Parameter do
                Assert.True(abs next <= abs x && (x <> 0.0 || next = 0.0)))

[<Fact>]
let ``weight decay pulls by this multiple of the parameter`` () =
    let decaying =
        { hyper 0.5 0.0 0.0 with
            WeightDecay = 0.1 }

    let history =
        run (Regularizers.Zero()) [| 2.0 |] [| decaying |] (fun _ _ -> [| 1.0 |])

    close "x" [| 2.0 - 0.5 * (1.0 + 0.1 * 2.0) |] history[1].Parameter
