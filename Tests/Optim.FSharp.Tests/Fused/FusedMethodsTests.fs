/// The fused steps of the methods against their pure ones.
module SparseHybrid.Optim.Tests.Fused.FusedMethodsTests

open System
open System.Collections.Generic
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.MethodRuns
open Xunit

let private methods =
    [ DualAveraging.method 2.0 0.01
      ProximalSgd.method (sgd 2.0 0.01)
      ProximalSgd.method (sgd 0.0 0.0)
      Methods.sgd (sgd 2.0 0.01)
      Rda.method
          { PullGrowth = 0.5
            Enhancement = 0.25
            WeightDecay = 0.01 }
      Grda.method { ThresholdGrowth = 0.6 } ]

let private adaptiveBy grouping =
    Regularizers.AdaptiveL1(0.02, 500.0, 3.0, grouping)

let private regularizers =
    [ Regularizers.Zero()
      Regularizers.L1 0.25
      adaptiveBy Grouping.Element
      adaptiveBy Grouping.Kernel
      adaptiveBy Grouping.OutputFilter
      adaptiveBy (Groupings.InputChannel 1)
      adaptiveBy Grouping.Row
      adaptiveBy Grouping.Column ]

/// Multiples of 1/64, whose sums are exact in float32, with zeros among them.
let private draw (random: Random) (shape: int64[]) (transform: float -> float) =
    let length = int (Array.fold (*) 1L shape)
    float32s shape (Array.init length (fun _ -> transform (float (max 0 (random.Next(-64, 192))) / 64.0)))

/// A gradient, a parameter and a state in the middle of a run.
let private problem (method: Method) regularizer (shape: int64[]) (seed: int) =
    let random = Random seed
    let either x = if random.Next 2 = 0 then x else -x
    let tensors = Dictionary<string, torch.Tensor>()

    for name, size in method.Keeps do
        tensors[name] <-
            match size with
            | StateShape.PerEntry -> draw random shape either
            | StateShape.PerGroup -> draw random (Regularizer.groupShape regularizer shape) id

    let parameter = draw random shape either
    draw random shape either, parameter, Method.ofTensors method regularizer parameter 3L tensors

let private point = Schedule.constant 0.5 0.3 1L

/// Holds the step in place against the pure one on the same numbers, to the last bit.
let private agrees method regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) state =
    Assert.True(FusedStep.canRun regularizer parameter (gradient :: List.ofSeq state.Tensors.Values))

    let struct (expected, expectedState) =
        Method.step method point regularizer gradient parameter state

    let actualState =
        Method.stepInPlace method point regularizer gradient parameter state

    Assert.Equal(expectedState.Steps, actualState.Steps)
    Assert.True(sameNumbers expected parameter, $"{method.Name}, {regularizer}: parameter")

    for name, _ in method.Keeps do
        Assert.True(sameNumbers expectedState[name] actualState[name], $"{method.Name}, {regularizer}: {name}")

let private shapes =
    Gen.oneof
        [ Gen.choose (1, 40) |> Gen.map (fun n -> [| int64 n |])
          Gen.choose (1015, 1035) |> Gen.map (fun n -> [| int64 n |])
          Gen.elements
              [ [| 3L; 700L |]
                [| 5L; 3L; 3L; 3L |]
                [| 2L; 130L; 3L; 3L |]
                [| 40L; 2L; 1L; 1L |]
                [| 3L; 2L; 5L |] ] ]

[<Fact>]
let ``one fused step equals one pure step to the last bit, from any state, for every method and regularizer`` () =
    holds (Gen.zip shapes (Gen.choose (0, Int32.MaxValue))) (fun (shape, seed) ->
        for method in methods do
            for regularizer in regularizers do
                use _ = torch.NewDisposeScope()
                let gradient, parameter, state = problem method regularizer shape seed
                agrees method regularizer gradient parameter state)

[<Fact>]
let ``whole tiles and channels of grouped convolutions are fused as well`` () =
    for grouping, shape in
        [ Groupings.Block(2, 3), [| 4L; 600L |]
          Groupings.Block(3, 9), [| 6L; 4L; 3L; 3L |]
          Groupings.InputChannel 2, [| 6L; 4L; 3L; 3L |]
          Groupings.InputChannel 30, [| 30L; 1L; 3L; 3L |] ] do
        for method in methods do
            use _ = torch.NewDisposeScope()
            let regularizer = adaptiveBy grouping
            let gradient, parameter, state = problem method regularizer shape 11
            agrees method regularizer gradient parameter state

[<Fact>]
let ``several chunks on several threads give the bits of the pure step too`` () =
    let threads = torch.get_num_threads ()

    try
        for count, shape in [ 3, [| 300001L |]; 2, [| 180L; 180L; 3L; 3L |] ] do
            torch.set_num_threads count

            for method in methods do
                for regularizer in regularizers do
                    use _ = torch.NewDisposeScope()
                    let gradient, parameter, state = problem method regularizer shape count
                    agrees method regularizer gradient parameter state
    finally
        torch.set_num_threads threads

[<Fact>]
let ``a long run stays close to the pure run, with the same zeros`` () =
    let shape = [| 4L; 3L; 3L; 3L |]

    for method in methods do
        for regularizer in regularizers do
            use _ = torch.NewDisposeScope()
            let random = Random 7
            let gradients = [| for _ in 1..50 -> draw random shape (fun x -> x - 1.0) |]
            let parameter = draw random shape id
            let mutable pureParameter = parameter.clone ()
            let mutable pureState = Method.init method regularizer parameter
            let mutable state = Method.init method regularizer parameter

            for step in 1L .. 50L do
                let point = Schedule.cosine 0.5 50L step
                let gradient = gradients[int step - 1]

                let struct (next, nextState) =
                    Method.step method point regularizer gradient pureParameter pureState

                pureParameter <- next
                pureState <- nextState
                state <- Method.stepInPlace method point regularizer gradient parameter state

            assertClose 1e-4 1e-5 $"{method.Name}, {regularizer}" (entries pureParameter) (entries parameter)

[<Fact>]
let ``a NaN in the gradient reaches its own entry only, in the fused step as in the pure one`` () =
    for method in methods do
        for regularizer in regularizers do
            use _ = torch.NewDisposeScope()
            let shape = [| 2L; 2L; 1L; 5L |]
            let _, parameter, state = problem method regularizer shape 1

            let gradient = float32s shape (Array.init 20 (fun i -> if i = 13 then nan else 0.5))

            agrees method regularizer gradient parameter state

            Assert.Equal<int list>(
                [ 13 ],
                [ for i, x in Seq.indexed (entries parameter) do
                      if Double.IsNaN x then
                          i ]
            )
