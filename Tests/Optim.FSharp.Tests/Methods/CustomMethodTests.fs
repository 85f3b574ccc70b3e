/// A method written by hand equals the built-in one of the same formula, and a step that gives too little is refused.
module SparseHybrid.Optim.Tests.CustomMethodTests

open System
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private momentum, decay = 3.0, 0.01

let private byHand =
    CustomMethod.create "by hand" [ "velocity" ] (fun point gradient parameter state backward ->
        let kept = exp (-point.StepSize / momentum)

        let velocity =
            state["velocity"] * kept + (gradient + parameter * decay) * (1.0 - kept)

        backward point.StepSize (parameter - velocity * point.StepSize), [ "velocity", velocity ])

let private builtIn =
    ProximalSgd.method
        { MomentumTimeScale = momentum
          WeightDecay = decay }

let private regularizers =
    [ Regularizers.Zero()
      Regularizers.L1 0.02
      Regularizers.AdaptiveL1(1e-3, 500.0, 3.0, Grouping.Element)
      Regularizers.AdaptiveL1(1e-3, 500.0, 3.0, Grouping.Row) ]

let private start () =
    float32s [| 3L; 2L |] [| 0.3; -0.1; 0.02; 0.05; -0.2; 0.004 |]

let private gradient (step: int64) =
    float32s [| 3L; 2L |] (Array.init 6 (fun i -> sin (float i + 3.0 * float step) / 4.0))

let private train method regularizer =
    let parameter = start ()
    let mutable state = Method.init method regularizer parameter

    for step in 1L .. 20L do
        use gradient = gradient step
        state <- Method.stepInPlace method (Schedule.cosine 0.5 20L step) regularizer gradient parameter state

    parameter.data<float32>().ToArray()

[<Fact>]
let ``proximal SGD by hand is proximal SGD, with every regularizer`` () =
    for regularizer in regularizers do
        let expected, found = train builtIn regularizer, train byHand regularizer

        for a, b in Array.zip expected found do
            Assert.Equal(float a, float b, 6)
            Assert.Equal((a = 0.0f), (b = 0.0f))

[<Fact>]
let ``the step as a function changes and shares nothing, even if it gives back what it was given`` () =
    let idle =
        CustomMethod.create "idle" [ "memory" ] (fun _ _ parameter state _ -> parameter, [ "memory", state["memory"] ])

    use parameter = start ()
    use state = Method.init idle (Regularizers.L1 0.1) parameter
    use gradient = gradient 1L

    let struct (next, nextState) =
        Method.step idle { StepSize = 0.5; Averaging = 0.0 } (Regularizers.L1 0.1) gradient parameter state

    next.add_ (1.0.ToScalar()) |> ignore
    nextState["memory"].add_(1.0.ToScalar()) |> ignore
    use expected = start ()
    Assert.Equal<float32>(expected.data<float32>().ToArray(), parameter.data<float32>().ToArray())
    Assert.Equal(0.0, float (state["memory"].abs().sum().item<float32>()))
    Assert.Equal(1L, nextState.Steps)
    next.Dispose()
    nextState.Dispose()

[<Fact>]
let ``a step that does not give back what the method keeps is refused by name`` () =
    let forgetful =
        CustomMethod.create "forgetful" [ "velocity" ] (fun _ _ parameter _ _ -> parameter, [])

    let error =
        Assert.Throws<ArgumentException>(fun () -> train forgetful (Regularizers.L1 0.1) |> ignore)

    Assert.Contains("forgetful keeps these tensors: velocity. Its step gave: none.", error.Message)

[<Fact>]
let ``a name that every method keeps, or that is taken twice, is refused`` () =
    for kept in [ [ "runningAverage" ]; [ "velocity"; "velocity" ] ] do
        Assert.Throws<ArgumentException>(fun () -> CustomMethod.create "x" kept (fun _ _ parameter _ _ -> parameter, []) |> ignore)
        |> ignore
