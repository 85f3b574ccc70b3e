/// xRDA whose adaptive weights compare each group with the largest running average of several tensors: of those of the same
/// shape, as the published code once did for residual networks, or of all.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.SharedMaximum

open TorchSharp

/// What one tensor brings to a step.
[<ReferenceEquality>]
type Participant =
    {
        /// g, like the parameter in shape, dtype and device.
        Gradient: torch.Tensor
        /// x.
        Parameter: torch.Tensor
        /// Made for the regularizer of the step.
        State: DualAveraging.State
    }

/// Which participants share their maximum: those with the same key.
let private keyOf (scope: MaximumScope) (index: int) (participant: Participant) : int64[] =
    match scope with
    | MaximumScope.PerTensor -> [| int64 index |]
    | MaximumScope.PerShape -> participant.Parameter.shape
    | MaximumScope.Global -> [||]

let private largestPerKey (averages: (int64[] * torch.Tensor) list) =
    averages
    |> List.filter (fun (_, average) -> average.NumberOfElements > 0L)
    |> List.groupBy fst
    |> List.map (fun (key, members) ->
        key,
        members
        |> List.map (fun (_, average) -> average.max ())
        |> List.reduce _.maximum)
    |> Map.ofList

/// <summary>One step of all tensors, as a function: <see cref="DualAveraging.step"/> but for the maximum.</summary>
/// <param name="scope">Which tensors share their maximum.</param>
/// <param name="hyper">The numbers of this step.</param>
/// <param name="options">The regularizer of every tensor.</param>
/// <param name="participants">Neither changed nor disposed. All of one dtype and on one device.</param>
/// <returns>The next parameter and state of each participant, in order; the caller owns them.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
/// <exception cref="T:System.ArgumentException">A gradient differs from its parameter in shape, dtype or device, or a state
/// was made for another parameter or grouping.</exception>
[<CompiledName("Step")>]
let step
    (scope: MaximumScope)
    (hyper: DualAveraging.Hyperparameters)
    (options: AdaptiveL1)
    (participants: Participant list)
    : struct (torch.Tensor * DualAveraging.State) list =
    let regularizer = Regularizer.AdaptiveL1 options

    for participant in participants do
        DualAveraging.requireArguments hyper regularizer participant.Gradient participant.Parameter participant.State

    use _ = torch.no_grad ()

    let averages =
        participants
        |> List.map (fun each -> AdaptiveL1.updateAverage options hyper.StepSize each.State.RunningAverage each.Parameter)

    use _ = torch.NewDisposeScope()

    let keys = participants |> List.mapi (keyOf scope)
    let largest = largestPerKey (List.zip keys averages)

    List.zip3 participants keys averages
    |> List.map (fun (each, key, average) ->
        let layout = Grouping.layout options.Grouping each.Parameter.shape

        let weights =
            match largest.TryFind key with
            | Some maximum -> AdaptiveL1.weightsBelow options layout maximum average
            | None -> average

        let state =
            { each.State with
                RunningAverage = average }

        let struct (next, nextState) =
            DualAveraging.advance hyper regularizer weights each.Gradient each.Parameter state

        struct (next.MoveToOuterDisposeScope(), DualAveraging.moveToOuterScope nextState))
