module SparseHybrid.Optim.Tests.Fused.FusedStepTests

open System
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.Runs
open Xunit

let private decaying =
    { hyper 0.5 2.0 0.3 with
        WeightDecay = 0.01 }

let private adaptiveBy grouping =
    Regularizers.AdaptiveL1(0.02, 500.0, 3.0, grouping)

/// Numbers drawn from a seed: multiples of 1/64, whose sums are exact in float32, with zeros among them.
let private draw (random: Random) (shape: int64[]) (transform: float -> float) =
    let length = Array.fold (*) 1L shape
    float32s shape (Array.init (int length) (fun _ -> transform (float (max 0 (random.Next(-64, 192))) / 64.0)))

let private operands regularizer (shape: int64[]) (seed: int) =
    let random = Random seed
    let either x = if random.Next 2 = 0 then x else -x
    let groupShape = Regularizer.groupShape regularizer shape
    let gradient = draw random shape either
    let parameter = draw random shape either

    let state: DualAveraging.State =
        { Steps = 3L
          Velocity = draw random shape either
          ForwardPoint = draw random shape either
          BackwardStep = draw random groupShape id
          RunningAverage = draw random groupShape id }

    gradient, parameter, state

/// Holds the fused step against the pure one on the same numbers, to the last bit.
let private agrees hyper regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: DualAveraging.State) =
    use _ = torch.NewDisposeScope()

    let struct (expected, expectedState) =
        DualAveraging.step hyper regularizer gradient parameter state

    let actualState =
        DualAveraging.stepInPlace hyper regularizer gradient parameter state

    Assert.Equal(expectedState.Steps, actualState.Steps)
    Assert.True(sameNumbers expectedState.RunningAverage actualState.RunningAverage, $"running average of {regularizer}")
    Assert.True(sameNumbers expectedState.BackwardStep actualState.BackwardStep, $"backward step of {regularizer}")
    Assert.True(sameNumbers expectedState.Velocity actualState.Velocity, $"velocity of {regularizer}")
    Assert.True(sameNumbers expectedState.ForwardPoint actualState.ForwardPoint, $"forward point of {regularizer}")
    Assert.True(sameNumbers expected parameter, $"parameter of {regularizer}")

let private isFused regularizer (gradient: torch.Tensor) parameter (state: DualAveraging.State) =
    FusedStep.canRun regularizer parameter [ gradient; yield! (DualAveraging.toTensors state).Values ]

let private regularizers =
    [ Regularizers.Zero()
      Regularizers.L1 0.25
      adaptiveBy Grouping.Element
      adaptiveBy Grouping.Kernel
      adaptiveBy Grouping.OutputFilter ]

[<Fact>]
let ``NaN and infinities spread as in the pure step`` () =
    for regularizer in regularizers do
        for special in [ nan; infinity; -infinity ] do
            for place in [ 0; 8; 26 ] do
                use _ = torch.NewDisposeScope()
                let gradient, parameter, state = operands regularizer [| 1L; 3L; 3L; 3L |] place

                let poisoned (tensor: torch.Tensor) =
                    float32s tensor.shape (entries tensor |> Array.mapi (fun i x -> if i = place then special else x))

                agrees decaying regularizer (poisoned gradient) (parameter.clone ()) state
                agrees decaying regularizer gradient (poisoned parameter) state

[<Fact>]
let ``the policies for all-zero tensors are those of the pure step`` () =
    for whenAllZero in
        [ WhenAllZero.MaximumWeight
          WhenAllZero.UnitWeight
          WhenAllZero.ZeroWeight
          WhenAllZero.NotANumber ] do
        for grouping in [ Grouping.Element; Grouping.Kernel ] do
            use _ = torch.NewDisposeScope()

            let options: AdaptiveL1 =
                { Strength = 0.01
                  MaximumFactor = 20.0
                  TimeScale = 3.0
                  Grouping = grouping
                  WhenAllZero = whenAllZero }

            let regularizer = Regularizer.AdaptiveL1 options
            let parameter = torch.zeros ([| 2L; 2L; 1L; 5L |], dtype = torch.float32)
            let gradient, _, _ = operands regularizer parameter.shape 5
            agrees decaying regularizer gradient parameter (DualAveraging.init regularizer parameter)

[<Fact>]
let ``strided tensors and float64 are not fused, with the same result`` () =
    use _ = torch.NewDisposeScope()
    let regularizer = adaptiveBy Grouping.Element
    let gradient, parameter, state = operands regularizer [| 6L; 7L |] 3
    let strided = parameter.t().contiguous().t()
    Assert.False(isFused regularizer gradient strided state)

    let struct (expected, _) =
        DualAveraging.step decaying regularizer gradient parameter state

    DualAveraging.stepInPlace decaying regularizer gradient strided state |> ignore
    assertClose 1e-6 1e-6 "parameter" (entries expected) (entries strided)
    Assert.False(isFused regularizer (gradient.``to`` torch.float64) parameter state)

[<Fact>]
let ``what is forgotten becomes exactly zero, not subnormal`` () =
    use _ = torch.NewDisposeScope()
    let regularizer = adaptiveBy Grouping.Element
    let parameter = float32s [| 9L |] (Array.create 9 0.01)
    let still = torch.zeros_like parameter
    let mutable state = DualAveraging.init regularizer parameter

    for _ in 1..5000 do
        state <- DualAveraging.stepInPlace { decaying with Averaging = 0.9 } regularizer still parameter state

    for tensor in [ parameter; state.Velocity; state.ForwardPoint; state.RunningAverage ] do
        assertClose 0.0 0.0 "forgotten" (Array.zeroCreate 9) (entries tensor)

#if DEBUG
[<Fact(Skip = "Without optimisation the bodies of the loops are closures, made for each block; run with -c Release.")>]
#else
[<Fact>]
#endif
let ``a step allocates nothing that grows with the parameters`` () =
    let allocatedBy (shape: int64[]) =
        use _ = torch.NewDisposeScope()
        let regularizer = adaptiveBy Grouping.Element
        let gradient, parameter, state = operands regularizer shape 1

        let step () =
            DualAveraging.stepInPlace decaying regularizer gradient parameter state
            |> ignore

        let allocatedByOneStep _ =
            let before = GC.GetAllocatedBytesForCurrentThread()
            step ()
            GC.GetAllocatedBytesForCurrentThread() - before

        // The least of several: a step now and then pays for what grows by itself (tables of live tensors, say)
        List.init 10 allocatedByOneStep |> List.min

    let threads = torch.get_num_threads ()

    try
        torch.set_num_threads 1
        allocatedBy [| 1000L; 100L |] |> ignore // first calls: buffers and just-in-time compilation
        Assert.Equal(allocatedBy [| 10L; 10L |], allocatedBy [| 1000L; 1000L |])
        Assert.InRange(allocatedBy [| 1000L; 1000L |], 0L, 8192L)
        torch.set_num_threads 2
        Assert.InRange(allocatedBy [| 1000L; 1000L |], 0L, 16384L)
    finally
        torch.set_num_threads threads
