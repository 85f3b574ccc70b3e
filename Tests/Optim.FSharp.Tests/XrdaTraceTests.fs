module SparseHybrid.Optim.Tests.XrdaTraceTests

open System.Text.Json
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let names () =
    GoldenFile.traces () |> Array.map (fun trace -> [| box trace.Name |])

let private relative, absolute = 1e-12, 1e-14

let private compare (where: string) (recorded: JsonElement) (field: string) (actual: torch.Tensor) =
    let expected = GoldenFile.numbers (recorded.GetProperty field)
    assertClose relative absolute $"{where} {field}" expected (entries actual)

/// Holds everything that the file records of one tensor in one step against the parts that compute it.
let private compareParts
    where
    (trace: GoldenFile.Trace)
    (hyper: DualAveraging.Hyperparameters)
    regularizer
    (recorded: JsonElement)
    gradient
    parameter
    average
    =
    use _ = torch.NewDisposeScope()
    let spread (perGroup: torch.Tensor) = torch.zeros_like parameter + perGroup
    let layout = Grouping.layout trace.Options.Grouping parameter.shape

    let maximum =
        float64s [||] [| GoldenFile.number (recorded.GetProperty "running_max") |]

    let weights =
        match regularizer with
        | Regularizer.AdaptiveL1 options when trace.SharesMaximum -> AdaptiveL1.weightsBelow options layout maximum average
        | _ -> Regularizer.weights regularizer parameter.shape average

    let check = compare where recorded
    check "grad" gradient
    check "grad_plus_wd" (gradient + parameter * hyper.WeightDecay)
    check "magnitude" (spread (Grouping.meanMagnitude layout parameter))
    check "running_av" (spread average)
    check "weight" (spread weights)

    if not trace.SharesMaximum then
        assertClose relative absolute $"{where} running_max" (entries maximum) (entries (average.max ()))

let private compareState where regularizer (recorded: JsonElement) (parameter: torch.Tensor) (state: DualAveraging.State) =
    use _ = torch.NewDisposeScope()
    let spread (perGroup: torch.Tensor) = torch.zeros_like parameter + perGroup
    let check = compare where recorded
    check "backward_step" (spread state.BackwardStep)
    check "threshold" (spread (state.BackwardStep * Regularizer.strength regularizer))
    check "v" state.Velocity
    check "p_temp" state.ForwardPoint
    check "p" parameter

    match regularizer with
    | Regularizer.AdaptiveL1 _ -> check "running_av" (spread state.RunningAverage)
    | _ -> ()

let private pureStep (trace: GoldenFile.Trace) hyper (regularizers: Regularizer[]) gradients parameters states =
    if trace.SharesMaximum then
        match regularizers[0] with
        | Regularizer.AdaptiveL1 options ->
            Array.zip3 gradients parameters states
            |> Array.map (fun (g, p, s) ->
                { Gradient = g
                  Parameter = p
                  State = s }
                : SharedMaximum.Participant)
            |> List.ofArray
            |> SharedMaximum.step MaximumScope.PerShape hyper options
            |> List.map (fun struct (p, s) -> p, s)
            |> Array.ofList
            |> Array.unzip
        | other -> invalidOp $"{other} has no maximum to share."
    else
        Array.init gradients.Length (fun i ->
            let struct (p, s) =
                DualAveraging.step hyper regularizers[i] gradients[i] parameters[i] states[i]

            p, s)
        |> Array.unzip

[<Theory; MemberData(nameof names)>]
let ``every recorded quantity of every step is reproduced in float64`` (name: string) =
    use _ = torch.NewDisposeScope()
    let trace = GoldenFile.traces () |> Array.find (fun trace -> trace.Name = name)

    let regularizers =
        trace.Shapes
        |> Array.map (fun shape -> PublishedPolicy.regularizer trace.Policy trace.Options shape.Length)

    let mutable parameters = Array.map2 float64s trace.Shapes trace.Start
    let mutable states = Array.map2 DualAveraging.init regularizers parameters
    let layouts = trace.Shapes |> Array.map (Grouping.layout trace.Options.Grouping)

    let mutable averages =
        layouts
        |> Array.map (fun layout -> torch.zeros (layout.GroupShape, dtype = torch.float64))

    Assert.NotEmpty trace.Steps

    trace.Steps
    |> Array.iteri (fun stepIndex (hyper, recordedStep) ->
        let recorded = GoldenFile.items (recordedStep.GetProperty "tensors")

        let where i =
            $"{name}, step {stepIndex + 1}, tensor {i}:"

        let number (field: string) =
            [| GoldenFile.number (recordedStep.GetProperty field) |]

        assertClose relative absolute (where 0) (number "beta_forward") [| ExponentialAverage.kept hyper.MomentumTimeScale hyper.StepSize |]
        assertClose relative absolute (where 0) (number "beta_backward") [| ExponentialAverage.kept trace.Options.TimeScale hyper.StepSize |]

        let gradients = Array.map2 float64s trace.Shapes trace.Gradients[stepIndex]
        averages <- Array.map2 (AdaptiveL1.updateAverage trace.Options hyper.StepSize) averages parameters

        for i in 0 .. recorded.Length - 1 do
            compareParts (where i) trace hyper regularizers[i] recorded[i] gradients[i] parameters[i] averages[i]

        let nextParameters, nextStates =
            pureStep trace hyper regularizers gradients parameters states

        parameters <- nextParameters
        states <- nextStates

        for i in 0 .. recorded.Length - 1 do
            Assert.Equal(int64 stepIndex + 1L, states[i].Steps)
            compareState (where i) regularizers[i] recorded[i] parameters[i] states[i])

[<Theory; MemberData(nameof names)>]
let ``the step in place follows the traces too, tensor by tensor`` (name: string) =
    use _ = torch.NewDisposeScope()
    let trace = GoldenFile.traces () |> Array.find (fun trace -> trace.Name = name)

    if not trace.SharesMaximum then
        let regularizer =
            PublishedPolicy.regularizer trace.Policy trace.Options trace.Shapes[0].Length

        let parameter = float64s trace.Shapes[0] trace.Start[0]
        let mutable state = DualAveraging.init regularizer parameter

        trace.Steps
        |> Array.iteri (fun stepIndex (hyper, recordedStep) ->
            let recorded = GoldenFile.items (recordedStep.GetProperty "tensors")
            let gradients = Array.map2 float64s trace.Shapes trace.Gradients[stepIndex]
            state <- DualAveraging.stepInPlace hyper regularizer gradients[0] parameter state
            compareState $"{name}, step {stepIndex + 1}:" regularizer recorded[0] parameter state)

[<Fact>]
let ``all 21 traces are here, each under its own name`` () =
    let names = GoldenFile.traces () |> Array.map _.Name
    Assert.Equal(21, names.Length)
    Assert.Equal(21, (Array.distinct names).Length)
