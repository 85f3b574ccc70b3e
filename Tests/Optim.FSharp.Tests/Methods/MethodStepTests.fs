/// The steps in place by tensor operations, which float64 and strided tensors take as those on CUDA do, against the pure ones.
module SparseHybrid.Optim.Tests.Methods.MethodStepTests

open System
open System.Collections.Generic
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.MethodRuns
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private methods =
    [ DualAveraging.method 2.0 0.01
      ProximalSgd.method (sgd 2.0 0.01)
      ProximalSgd.method (sgd 0.0 0.0)
      Rda.method
          { PullGrowth = 0.5
            Enhancement = 0.25
            WeightDecay = 0.01 }
      Grda.method { ThresholdGrowth = 0.6 } ]

let private shape = [| 4L; 3L; 2L; 3L |]

let private byHand =
    Groupings.Indices [ [ 0L..2L..70L ]; [ 1L..4L..69L ]; [ 3L..4L..71L ] ]

let private groupings =
    [ Grouping.Element
      Grouping.Kernel
      Grouping.OutputFilter
      Groupings.InputChannel 1
      Groupings.InputChannel 2
      Grouping.Row
      Grouping.Column
      Groupings.Block(2, 6)
      Groupings.Block(3, 4)
      byHand ]

let private adaptiveBy grouping =
    Regularizers.AdaptiveL1(0.02, 500.0, 3.0, grouping)

let private regularizers =
    [ Regularizers.Zero(); Regularizers.L1 0.25 ]
    @ List.map adaptiveBy groupings
    @ [ Regularizers.AdaptiveGroupLasso(0.02, 500.0, 3.0, Grouping.Kernel)
        Regularizers.ElasticNet(0.25, 0.5)
        Regularizers.GroupLasso(0.25, Groupings.Block(3, 4))
        Regularizers.Mcp(0.25, 3.0)
        Regularizers.NonNegative() ]

/// Numbers of every size, a quarter of them zero.
let private draw (random: Random) (shape: int64[]) (transform: float -> float) =
    let number () =
        if random.Next 4 = 0 then
            0.0
        else
            transform (2.0 * random.NextDouble() - 1.0)

    float64s shape (Array.init (int (Array.fold (*) 1L shape)) (fun _ -> number ()))

/// A gradient, a parameter and a state in the middle of a run.
let private problem (method: Method) regularizer (seed: int) =
    let random = Random seed
    let tensors = Dictionary<string, torch.Tensor>()

    for name, size in method.Keeps do
        tensors[name] <-
            match size with
            | StateShape.PerEntry -> draw random shape id
            | StateShape.PerGroup -> draw random (Regularizer.groupShape regularizer shape) abs

    let parameter = draw random shape id
    draw random shape id, parameter, Method.ofTensors method regularizer parameter 3L tensors

let private point = Schedule.constant 0.5 0.3 1L

let private agrees tolerance (method: Method) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    Assert.False(FusedStep.canRun regularizer parameter (gradient :: List.ofSeq state.Tensors.Values))

    let struct (expected, expectedState) =
        Method.step method point regularizer gradient parameter state

    let actualState =
        Method.stepInPlace method point regularizer gradient parameter state

    let same what expected actual =
        assertClose tolerance tolerance $"{method.Name}, {regularizer}: {what}" (entries expected) (entries actual)

    Assert.Equal(expectedState.Steps, actualState.Steps)
    same "parameter" expected parameter

    for name, _ in method.Keeps do
        Assert.Same(state[name], actualState[name])
        same name expectedState[name] actualState[name]

[<Fact>]
let ``a step by operations equals the pure one to a few ulps, with the same zeros, from any state, for every method and regularizer`` () =
    holds (Gen.choose (0, Int32.MaxValue)) (fun seed ->
        let method = methods[seed % methods.Length]

        for regularizer in regularizers do
            use _ = torch.NewDisposeScope()
            let gradient, parameter, state = problem method regularizer seed
            agrees 2e-14 method regularizer gradient parameter state)

[<Fact>]
let ``so does one over strided float32 tensors`` () =
    let strided (tensor: torch.Tensor) =
        tensor.``to``(torch.float32).transpose(0, 1).contiguous().transpose(0, 1)

    for method in methods do
        for regularizer in regularizers do
            use _ = torch.NewDisposeScope()
            let gradient, parameter, state = problem method regularizer 5
            let tensors = Dictionary<string, torch.Tensor>()

            for entry in state.Tensors do
                tensors[entry.Key] <- entry.Value.``to`` torch.float32

            let parameter = strided parameter

            Method.ofTensors method regularizer parameter 3L tensors
            |> agrees 1e-5 method regularizer (strided gradient) parameter

[<Fact>]
let ``a long run by operations ends with the zeros of the pure run`` () =
    for method in methods do
        for regularizer in regularizers do
            use _ = torch.NewDisposeScope()
            let random = Random 7
            let gradients = [| for _ in 1..30 -> draw random shape (fun x -> x - 0.5) |]
            let parameter = draw random shape id
            let mutable pureParameter = parameter.clone ()
            let mutable pureState = Method.init method regularizer parameter
            let mutable state = Method.init method regularizer parameter

            for step in 1..30 do
                let point = Schedule.cosine 0.5 30L (int64 step)
                let gradient = gradients[step - 1]

                let struct (next, nextState) =
                    Method.step method point regularizer gradient pureParameter pureState

                pureParameter <- next
                pureState <- nextState
                state <- Method.stepInPlace method point regularizer gradient parameter state

            assertClose 1e-9 1e-12 $"{method.Name}, {regularizer}" (entries pureParameter) (entries parameter)

[<Fact>]
let ``the policies for all-zero tensors are those of the pure step`` () =
    for method in methods do
        for whenAllZero in
            [ WhenAllZero.MaximumWeight
              WhenAllZero.UnitWeight
              WhenAllZero.ZeroWeight
              WhenAllZero.NotANumber ] do
            for grouping in [ Grouping.Element; Grouping.Kernel; Groupings.Block(3, 4) ] do
                use _ = torch.NewDisposeScope()

                let regularizer =
                    Regularizer.AdaptiveL1
                        { Strength = 0.01
                          MaximumFactor = 20.0
                          TimeScale = 3.0
                          Grouping = grouping
                          WhenAllZero = whenAllZero }

                let parameter = torch.zeros (shape, dtype = torch.float64)
                let gradient = draw (Random 3) shape id
                agrees 2e-14 method regularizer gradient parameter (Method.init method regularizer parameter)

[<Fact>]
let ``NaN and infinities spread as in the pure step`` () =
    for method in methods do
        for regularizer in regularizers do
            for special in [ nan; infinity; -infinity ] do
                use _ = torch.NewDisposeScope()
                let gradient, parameter, state = problem method regularizer 1

                let poisoned (tensor: torch.Tensor) =
                    float64s shape (entries tensor |> Array.mapi (fun i x -> if i = 13 then special else x))

                agrees 2e-14 method regularizer (poisoned gradient) (parameter.clone ()) state
                agrees 2e-14 method regularizer gradient (poisoned parameter) state

[<Fact>]
let ``a parameter without entries stays one`` () =
    for method in methods do
        for regularizer in [ Regularizers.L1 0.1; adaptiveBy Grouping.Element; adaptiveBy Grouping.Row ] do
            use _ = torch.NewDisposeScope()
            let parameter = torch.zeros ([| 0L; 3L |], dtype = torch.float64)
            let state = Method.init method regularizer parameter

            let next =
                Method.stepInPlace method point regularizer (parameter.clone ()) parameter state

            Assert.Equal(1L, next.Steps)

/// What libtorch says of an operation without a meta form, in 1.13 and later.
let private lacksMetaForm =
    [ "Could not run 'aten::"; "there was no fake impl or Meta kernel registered" ]

/// Meta tensors have shapes but no numbers, so that whoever asks for one is found out; some operations have no meta form, which
/// says nothing.
[<Fact>]
let ``a step never asks the device for a number`` () =
    let runs method regularizer =
        use _ = torch.NewDisposeScope()
        let parameter = torch.empty (shape, device = torch.META)
        let state = Method.init method regularizer parameter

        try
            Method.stepInPlace method point regularizer (torch.empty (shape, device = torch.META)) parameter state
            |> ignore

            true
        with error when lacksMetaForm |> List.exists error.Message.Contains ->
            false

    let covered =
        [ for method in methods do
              for regularizer in regularizers @ [ Regularizers.L0 0.1; Regularizers.LogSum(0.1, 20.0, 1.0) ] do
                  if runs method regularizer then
                      method.Name, regularizer ]

    for method in methods do
        for regularizer in [ Regularizers.L1 0.25; Regularizers.ElasticNet(0.25, 0.5) ] do
            Assert.Contains((method.Name, regularizer), covered)

[<Fact>]
let ``a single number for a whole parameter stays in main memory`` () =
    use _ = torch.NewDisposeScope()
    let parameter = torch.empty (shape, device = torch.META)

    for method in Methods.all do
        for entry in (Method.init method (Regularizers.L1 0.1) parameter).Tensors do
            let expected =
                if entry.Value.dim () = 0L then
                    DeviceType.CPU
                else
                    DeviceType.META

            Assert.Equal(expected, entry.Value.device_type)
