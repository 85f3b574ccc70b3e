module SparseHybrid.Optim.Tests.DualAveragingStateTests

open System
open System.Collections.Generic
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.Runs
open Xunit

let private shape = [| 2L; 2L; 1L; 2L |]
let private kernels = Regularizers.AdaptiveL1(1e-3, 500.0, 3.0, Grouping.Kernel)

let private start () =
    float32s shape [| 0.3; -0.1; 0.02; 0.05; -0.2; 0.15; 0.004; -0.006 |]

let private gradient step =
    float32s shape (Array.init 8 (fun i -> sin (float (i + 3 * step))))

let private advance (first, last) (parameter: torch.Tensor) state =
    let mutable state = state

    for step in first..last do
        use gradient = gradient step
        state <- DualAveraging.stepInPlace (hyper 0.5 2.0 0.5) kernels gradient parameter state

    state

[<Fact>]
let ``the first state copies the parameter and keeps one number per group`` () =
    use parameter = start ()
    use state = DualAveraging.init kernels parameter
    Assert.Equal(0L, state.Steps)
    Assert.True(sameBits parameter state.ForwardPoint)
    Assert.Equal<int64[]>([| 2L; 2L; 1L; 1L |], state.BackwardStep.shape)
    Assert.Equal<int64[]>([| 2L; 2L; 1L; 1L |], state.RunningAverage.shape)
    use plain = DualAveraging.init (Regularizers.L1 1.0) parameter
    Assert.Empty plain.BackwardStep.shape
    parameter.mul_ (2.0.ToScalar()) |> ignore
    Assert.False(sameBits parameter state.ForwardPoint)

[<Fact>]
let ``ten steps equal five, saved and restored, and five more`` () =
    use parameter = start ()

    use uninterrupted =
        DualAveraging.init kernels parameter |> advance (1, 10) parameter

    use half = start ()
    use state = DualAveraging.init kernels half |> advance (1, 5) half
    let saved = Dictionary<string, torch.Tensor>()

    for entry in DualAveraging.toTensors state do
        saved[entry.Key] <- entry.Value.clone ()

    use restored =
        DualAveraging.ofTensors kernels half state.Steps saved |> advance (6, 10) half

    Assert.True(sameBits parameter half)
    Assert.Equal(uninterrupted.Steps, restored.Steps)

    let restoredTensors = DualAveraging.toTensors restored

    for entry in DualAveraging.toTensors uninterrupted do
        Assert.True(sameBits entry.Value restoredTensors[entry.Key], entry.Key)

[<Fact>]
let ``a state with a tensor missing, of another shape or of another dtype is refused`` () =
    use parameter = start ()
    use state = DualAveraging.init kernels parameter

    let refused (fragment: string) (change: Dictionary<string, torch.Tensor> -> unit) =
        let tensors = Dictionary(DualAveraging.toTensors state)
        change tensors

        let error =
            Assert.Throws<ArgumentException>(fun () -> DualAveraging.ofTensors kernels parameter 0L tensors |> ignore)

        Assert.Contains(fragment, error.Message)

    use perElement = torch.zeros_like parameter
    use float64 = torch.zeros (shape, dtype = torch.float64)
    refused "velocity" (fun tensors -> tensors.Remove "velocity" |> ignore)
    refused "[2, 2, 1, 1]; it has [2, 2, 1, 2]" (fun tensors -> tensors["backwardStep"] <- perElement)
    refused "Float64" (fun tensors -> tensors["forwardPoint"] <- float64)

[<Fact>]
let ``the pure step leaves its arguments alone and shares no memory with them`` () =
    for regularizer in [ kernels; Regularizers.L1 0.1; Regularizers.Zero() ] do
        use parameter = start ()
        use gradient = gradient 1
        use state = DualAveraging.init regularizer parameter
        let before = snapshot parameter state

        let struct (next, nextState) =
            DualAveraging.step (hyper 0.5 2.0 0.5) regularizer gradient parameter state

        use next = next
        use nextState = nextState
        Assert.Equal(before, snapshot parameter state)
        let after = snapshot next nextState
        next.mul_ (0.0.ToScalar()) |> ignore
        parameter.mul_ (0.0.ToScalar()) |> ignore
        Assert.Equal<float[]>(after.ForwardPoint, entries nextState.ForwardPoint)

[<Fact>]
let ``hyperparameters out of range, foreign gradients and foreign states are refused by name`` () =
    use parameter = start ()
    use gradient = gradient 1
    use flat = gradient.reshape 8L
    use state = DualAveraging.init kernels parameter
    let fine = hyper 0.5 2.0 0.5

    let refused name hyper (gradient: torch.Tensor) =
        let anew =
            fun () -> DualAveraging.step hyper kernels gradient parameter state |> ignore

        let inPlace =
            fun () -> DualAveraging.stepInPlace hyper kernels gradient parameter state |> ignore

        for attempt in [ anew; inPlace ] do
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(attempt).ParamName)

    refused "StepSize" { fine with StepSize = -0.1 } gradient
    refused "MomentumTimeScale" { fine with MomentumTimeScale = nan } gradient
    refused "Averaging" { fine with Averaging = 1.1 } gradient
    refused "WeightDecay" { fine with WeightDecay = infinity } gradient
    refused "gradient" fine flat
    use float64 = gradient.``to`` torch.float64
    refused "gradient" fine float64
    use ungrouped = DualAveraging.init (Regularizers.L1 1.0) parameter

    let mixed () =
        DualAveraging.stepInPlace fine kernels gradient parameter ungrouped |> ignore

    Assert.Equal("state", Assert.Throws<ArgumentException>(mixed).ParamName)

[<Fact>]
let ``a parameter that requires a gradient is stepped without a trace in the graph`` () =
    for dtype in [ torch.float32; torch.float64 ] do
        use parameter = torch.ones ([| 3L |], dtype = dtype, requires_grad = true)
        use gradient = torch.ones_like parameter
        use state = DualAveraging.init (Regularizers.L1 0.1) parameter

        use _ =
            DualAveraging.stepInPlace (hyper 0.5 0.0 0.0) (Regularizers.L1 0.1) gradient parameter state

        Assert.True parameter.requires_grad
        Assert.True parameter.is_leaf
        assertClose 1e-6 0.0 "x" (Array.create 3 0.45) (entries parameter)

[<Fact>]
let ``steps, pure and in place, leave no tensor behind`` () =
    let live () =
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount

    for regularizer in [ kernels; Regularizers.L1 0.1; Regularizers.Zero() ] do
        for dtype in [ torch.float32; torch.float64 ] do
            use single = start ()
            use parameter = single.``to`` dtype
            use gradient = torch.ones_like parameter
            let before = live ()

            for _ in 1..10 do
                use state = DualAveraging.init regularizer parameter

                use stepped =
                    DualAveraging.stepInPlace (hyper 0.5 2.0 0.5) regularizer gradient parameter state

                let struct (next, nextState) =
                    DualAveraging.step (hyper 0.5 2.0 0.5) regularizer gradient parameter stepped

                next.Dispose()
                nextState.Dispose()

            Assert.Equal(before, live ())
