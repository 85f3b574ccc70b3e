/// A method of one's own, from the arithmetic of its step.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.CustomMethod

open System
open TorchSharp

/// argmin over y of s w R(y) + ||y - x||^2 / 2, of s and x: s >= 0, and w the regularizer's weights from before the step.
type Backward = float -> torch.Tensor -> torch.Tensor

/// One step: schedule point, gradient, parameter, state and backward step give the next parameter and the next tensors of the
/// state by name. Nothing given may be changed or disposed; temporaries are freed by whoever calls.
type Arithmetic = SchedulePoint -> torch.Tensor -> torch.Tensor -> MethodState -> Backward -> torch.Tensor * (string * torch.Tensor) list

let private listed names =
    if List.isEmpty names then
        "none"
    else
        String.Join(", ", List.sort names)

let private requireKept name kept given =
    if List.sort kept <> List.sort given then
        let message =
            $"{name} keeps these tensors: {listed kept}. Its step gave: {listed given}."

        raise (ArgumentException(message, "arithmetic"))

/// A step that gives back what it was given must not hand over what others own.
let private apart (given: torch.Tensor list) (result: torch.Tensor) =
    if given |> List.exists (fun tensor -> obj.ReferenceEquals(tensor, result)) then
        result.clone ()
    else
        result

let private step
    name
    kept
    (arithmetic: Arithmetic)
    (point: SchedulePoint)
    regularizer
    (gradient: torch.Tensor)
    (parameter: torch.Tensor)
    (state: MethodState)
    =
    MethodStep.run state (fun () ->
        let average, weights = MethodStep.adapt regularizer point parameter state

        let backward stepSize x =
            Regularizer.prox regularizer (weights * stepSize) x

        let next, tensors = arithmetic point gradient parameter state backward
        requireKept name kept (List.map fst tensors)
        let apart = apart (gradient :: parameter :: List.ofSeq state.Tensors.Values)

        let kept = [ for tensorName, tensor in tensors -> tensorName, apart tensor ]

        apart next, (MethodState.RunningAverage, average) :: kept)

/// <summary>A method of one's own that works with every regularizer, adaptive ones included, and is saved and resumed like the
/// others. Its state begins as zeros; the step in place copies the result of the pure one.</summary>
/// <param name="name">What people call it.</param>
/// <param name="kept">Names of the tensors of its state, each like the parameter; none of them "runningAverage", which every
/// method keeps.</param>
/// <param name="arithmetic">One step; it gives back every kept tensor.</param>
/// <exception cref="T:System.ArgumentException">A kept name is taken twice; and, when a step is taken, that step does not give
/// back the kept tensors.</exception>
[<CompiledName("Create")>]
let create (name: string) (kept: string list) (arithmetic: Arithmetic) : Method =
    let names = MethodState.RunningAverage :: kept

    if List.distinct names <> names then
        raise (ArgumentException($"Each tensor of the state needs a name of its own; found {listed names}.", nameof kept))

    let keeps =
        (MethodState.RunningAverage, StateShape.PerGroup)
        :: [ for tensorName in kept -> tensorName, StateShape.PerEntry ]

    let step = step name kept arithmetic

    { Name = name
      Keeps = keeps
      NeedsMetric = false
      Init = fun regularizer parameter -> MethodState.make 0L (MethodState.zeros keeps regularizer parameter)
      Step = step
      StepInPlace = MethodStep.copying step
      Model = MethodStep.parameterIsModel }
