/// What the steps of all methods share: scopes, the copying form, and one more look at the parameter for its weights.
module internal SparseHybrid.Optim.MethodStep

open System
open TorchSharp

/// What the arithmetic of a step gives: the next parameter and the next tensors of the state.
type Result = torch.Tensor * (string * torch.Tensor) list

/// Zeros of the kept shapes, but for the named one, a copy of the parameter.
let initFrom (name: string) keeps regularizer (parameter: torch.Tensor) : MethodState =
    MethodState.zeros (keeps |> List.filter (fun (kept, _) -> kept <> name)) regularizer parameter
    |> List.append [ name, parameter.clone () ]
    |> MethodState.make 0L

/// Runs the arithmetic without gradients, frees its temporaries, and counts the step.
let run (state: MethodState) (arithmetic: unit -> Result) : struct (torch.Tensor * MethodState) =
    use _ = torch.no_grad ()
    use _ = torch.NewDisposeScope()
    let next, tensors = arithmetic ()

    let kept = [ for name, tensor in tensors -> name, tensor.MoveToOuterDisposeScope() ]

    struct (next.MoveToOuterDisposeScope(), MethodState.make (state.Steps + 1L) kept)

/// The step in place for tensors that no fused step covers: the pure step, copied over its arguments.
let copying step (point: SchedulePoint) (regularizer: Regularizer) (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
    use _ = torch.no_grad ()

    let struct (next: torch.Tensor, nextState: MethodState) =
        step point regularizer gradient parameter state

    use next = next
    use nextState = nextState
    MethodState.overwrite parameter next

    for entry in state.Tensors do
        MethodState.overwrite entry.Value nextState[entry.Key]

    { state with Steps = nextState.Steps }

/// The fused step where it covers the tensors; elsewhere a chain of tensor operations on the state's own tensors.
/// Both overwrite the parameter and the state.
let fusedOr
    (operations: SchedulePoint -> Regularizer -> torch.Tensor -> torch.Tensor -> MethodState -> unit)
    (fused: SchedulePoint -> Regularizer -> torch.Tensor -> torch.Tensor -> MethodState -> unit)
    (point: SchedulePoint)
    (regularizer: Regularizer)
    (gradient: torch.Tensor)
    (parameter: torch.Tensor)
    (state: MethodState)
    =
    if FusedStep.canRun regularizer parameter (gradient :: List.ofSeq state.Tensors.Values) then
        fused point regularizer gradient parameter state
    else
        use _ = torch.no_grad ()
        use _ = torch.NewDisposeScope()
        operations point regularizer gradient parameter state

    { state with Steps = state.Steps + 1L }

/// average = kept average + fresh (gradient + decay parameter), written over the average.
let addGradient (kept: float) (fresh: float) (decay: float) (gradient: torch.Tensor) (parameter: torch.Tensor) (average: torch.Tensor) =
    average.mul_(kept.ToScalar()).add_(gradient, fresh.ToScalar()) |> ignore

    if decay <> 0.0 then
        average.add_ (parameter, (fresh * decay).ToScalar()) |> ignore

/// The running averages after one more look at the parameter, and the weights that follow from them.
let adapt regularizer (point: SchedulePoint) (parameter: torch.Tensor) (state: MethodState) : torch.Tensor * torch.Tensor =
    let average =
        Regularizer.updateAverage regularizer point.StepSize state[MethodState.RunningAverage] parameter

    average, Regularizer.weights regularizer parameter.shape average

/// adapt for a chain of tensor operations: running averages and backward steps, b = kept b + fresh w, are overwritten.
let adaptInPlace regularizer (point: SchedulePoint) (parameter: torch.Tensor) (average: torch.Tensor) kept fresh backwardStep : unit =
    RegularizerWeights.updateAverageInPlace regularizer point.StepSize average parameter
    RegularizerWeights.accumulate regularizer parameter.shape average kept fresh backwardStep

/// The parameter itself is the model.
let parameterIsModel (_: Regularizer) (parameter: torch.Tensor) (_: MethodState) = parameter.alias ()
