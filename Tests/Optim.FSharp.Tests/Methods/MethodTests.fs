/// Laws that hold for every method of the family with every regularizer.
module SparseHybrid.Optim.Tests.MethodTests

open System
open System.Collections.Generic
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.Runs
open Xunit

let names () =
    [ for method in Methods.all -> [| box method.Name |] ]

let private named name =
    Methods.all |> List.find (fun method -> method.Name = name)

let private shape = [| 2L; 2L; 1L; 3L |]

let private regularizers =
    [ Regularizers.Zero()
      Regularizers.L1 0.02
      adaptive 1e-3 500.0 3.0
      Regularizers.AdaptiveL1(1e-3, 500.0, 3.0, Grouping.Kernel) ]

let private start () =
    float32s shape [| 0.3; -0.1; 0.02; 0.05; -0.2; 0.15; 0.004; -0.006; 0.0; 0.5; -0.4; 0.1 |]

let private gradient (step: int64) =
    float32s shape (Array.init 12 (fun i -> sin (float i + 3.0 * float step) / 4.0))

let private point = Schedule.cosine 0.5 40L

let private advance method regularizer (first, last) (parameter: torch.Tensor) state =
    let mutable state = state

    for step in first..last do
        use gradient = gradient step
        state <- Method.stepInPlace method (point step) regularizer gradient parameter state

    state

[<Fact>]
let ``the names differ`` () =
    let names = Methods.all |> List.map _.Name
    Assert.Equal(11, names.Length)
    Assert.Equal<string list>(names, List.distinct names)

[<Theory; MemberData(nameof names)>]
let ``a state holds exactly what the method keeps`` (name: string) =
    let method = named name

    for regularizer in regularizers do
        use parameter = start ()
        use state = Method.init method regularizer parameter
        Assert.Equal(0L, state.Steps)
        Assert.Equal<Set<string>>(Set(List.map fst method.Keeps), Set state.Tensors.Keys)

        for kept, size in method.Keeps do
            let expected =
                match size with
                | StateShape.PerEntry -> shape
                | StateShape.PerGroup -> Regularizer.groupShape regularizer shape

            Assert.Equal<int64[]>(expected, state[kept].shape)
            Assert.Equal(torch.float32, state[kept].dtype)

[<Theory; MemberData(nameof names)>]
let ``in place equals pure`` (name: string) =
    let method = named name

    for regularizer in regularizers do
        for dtype in [ torch.float32; torch.float64 ] do
            use _ = torch.NewDisposeScope()
            let parameter = start().``to`` dtype
            let mutable pureParameter = parameter.clone ()
            let mutable pureState = Method.init method regularizer parameter
            let mutable state = Method.init method regularizer parameter

            for step in 1L .. 30L do
                let gradient = gradient(step).``to`` dtype
                let point = point step

                let struct (next, nextState) =
                    Method.step method point regularizer gradient pureParameter pureState

                pureParameter <- next
                pureState <- nextState
                state <- Method.stepInPlace method point regularizer gradient parameter state

            Assert.Equal(pureState.Steps, state.Steps)
            assertClose 1e-4 1e-6 $"{name}, {regularizer}" (entries pureParameter) (entries parameter)

            for kept, _ in method.Keeps do
                assertClose 1e-4 1e-6 $"{name}, {regularizer}, {kept}" (entries pureState[kept]) (entries state[kept])

[<Theory; MemberData(nameof names)>]
let ``ten steps equal five, saved and restored, and five more`` (name: string) =
    let method = named name

    for regularizer in regularizers do
        use parameter = start ()

        use whole =
            Method.init method regularizer parameter
            |> advance method regularizer (1L, 10L) parameter

        use half = start ()

        use state =
            Method.init method regularizer half |> advance method regularizer (1L, 5L) half

        let saved = Dictionary<string, torch.Tensor>()

        for entry in state.Tensors do
            saved[entry.Key] <- entry.Value.clone ()

        use restored =
            Method.ofTensors method regularizer half state.Steps saved
            |> advance method regularizer (6L, 10L) half

        Assert.True(sameBits parameter half)
        Assert.Equal(whole.Steps, restored.Steps)

        for kept, _ in method.Keeps do
            Assert.True(sameBits whole[kept] restored[kept], kept)

[<Theory; MemberData(nameof names)>]
let ``the pure step leaves its arguments alone`` (name: string) =
    let method = named name

    for regularizer in regularizers do
        use parameter = start ()
        use gradient = gradient 1L

        use state =
            Method.init method regularizer parameter
            |> advance method regularizer (1L, 2L) parameter

        let all () =
            [ for tensor in parameter :: gradient :: [ for kept, _ in method.Keeps -> state[kept] ] -> entries tensor ]

        let before = all ()

        let struct (next, nextState) =
            Method.step method (point 3L) regularizer gradient parameter state

        use next = next
        use nextState = nextState
        Assert.Equal<float[] list>(before, all ())
        Assert.Equal(3L, nextState.Steps)
        // Nothing that comes back is a view of the parameter.
        let after = [ for kept, _ in method.Keeps -> entries nextState[kept] ]
        next.mul_ (0.0.ToScalar()) |> ignore
        parameter.mul_ (0.0.ToScalar()) |> ignore
        Assert.Equal<float[] list>(after, [ for kept, _ in method.Keeps -> entries nextState[kept] ])

[<Theory; MemberData(nameof names)>]
let ``steps, pure and in place, leave no tensor behind`` (name: string) =
    let method = named name

    let live () =
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount

    for regularizer in regularizers do
        use parameter = start ()
        use gradient = gradient 1L
        let before = live ()

        for _ in 1..3 do
            use state = Method.init method regularizer parameter

            use stepped =
                Method.stepInPlace method (point 1L) regularizer gradient parameter state

            let struct (next, nextState) =
                Method.step method (point 2L) regularizer gradient parameter stepped

            use model = Method.model method regularizer next nextState
            Assert.Equal<int64[]>(shape, model.shape)
            use restarted = Method.restart method regularizer next nextState
            Assert.Equal(0L, restarted.Steps)
            next.Dispose()
            nextState.Dispose()

        Assert.Equal(before, live ())

[<Theory; MemberData(nameof names)>]
let ``a detached state outlives the scope it was made in`` (name: string) =
    let method = named name
    use parameter = start ()

    let state =
        use _ = torch.NewDisposeScope()

        Method.init method regularizers.Head parameter
        |> MethodState.detachFromDisposeScope

    for kept, _ in method.Keeps do
        Assert.False(state[kept].IsInvalid)

    state.Dispose()

    for kept, _ in method.Keeps do
        Assert.True(state[kept].IsInvalid)

[<Theory; MemberData(nameof names)>]
let ``foreign gradients, foreign states and points out of range are refused by name`` (name: string) =
    let method = named name
    let kernels = List.last regularizers
    use parameter = start ()
    use gradient = gradient 1L
    use flat = gradient.reshape 12L
    use state = Method.init method kernels parameter
    let point = point 1L

    let refused name point (gradient: torch.Tensor) (state: MethodState) =
        for attempt in
            [ fun () -> Method.step method point kernels gradient parameter state |> ignore
              fun () -> Method.stepInPlace method point kernels gradient parameter state |> ignore ] do
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(attempt).ParamName)

    refused "StepSize" { point with StepSize = nan } gradient state
    refused "Averaging" { point with Averaging = -0.5 } gradient state
    refused "gradient" point flat state
    use ungrouped = Method.init method (Regularizers.L1 1.0) parameter
    refused "state" point gradient ungrouped
    let lacking = Dictionary state.Tensors
    lacking.Remove "runningAverage" |> ignore

    refused "state" point gradient { state with Tensors = lacking }

    let negative () =
        Method.ofTensors method kernels parameter -1L state.Tensors |> ignore

    Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(negative).ParamName)

[<Theory; MemberData(nameof names)>]
let ``a restart forgets all but the running averages`` (name: string) =
    let method = named name
    let regularizer = adaptive 1e-3 500.0 3.0
    use parameter = start ()

    use state =
        Method.init method regularizer parameter
        |> advance method regularizer (1L, 3L) parameter

    use fresh = Method.init method regularizer parameter
    use restarted = Method.restart method regularizer parameter state
    Assert.Equal(0L, restarted.Steps)

    for kept, _ in method.Keeps do
        let expected = if kept = "runningAverage" then state else fresh
        Assert.True(sameBits expected[kept] restarted[kept], kept)

[<Fact>]
let ``settings out of range are refused by name`` () =
    let refused name (build: unit -> Method) =
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(fun () -> build () |> ignore).ParamName)

    refused "MomentumTimeScale" (fun () -> DualAveraging.method -1.0 0.0)
    refused "WeightDecay" (fun () -> DualAveraging.method 9.5 nan)
    refused "MomentumTimeScale" (fun () -> ProximalSgd.method (MethodRuns.sgd nan 0.0))
    refused "WeightDecay" (fun () -> ProximalSgd.method (MethodRuns.sgd 0.0 -1.0))
    refused "PullGrowth" (fun () -> Rda.method { Rda.published with PullGrowth = 2.0 })

    refused "Enhancement" (fun () ->
        Rda.method
            { Rda.published with
                Enhancement = -1.0 })

    refused "ThresholdGrowth" (fun () -> Grda.method { ThresholdGrowth = 0.4 })
    refused "Mixing" (fun () -> Rmda.method { Mixing = 0.0; WeightDecay = 0.0 })

    refused "Epsilon" (fun () ->
        Ramda.method
            { Mixing = 1.0
              Epsilon = 0.0
              WeightDecay = 0.0 })

    refused "FirstMomentKept" (fun () ->
        ProximalAdam.method
            { ProximalAdam.published with
                FirstMomentKept = 1.0 })

    refused "SecondMomentKept" (fun () ->
        Methods.adam
            { ProximalAdam.published with
                SecondMomentKept = -0.1 })

    refused "MomentumTimeScale" (fun () ->
        LinearizedBregman.method
            { MomentumTimeScale = infinity
              WeightDecay = 0.0 })
