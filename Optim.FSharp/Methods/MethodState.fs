namespace SparseHybrid.Optim

open System
open System.Collections.Generic
open TorchSharp

/// How many numbers one tensor of a method's state holds.
[<RequireQualifiedAccess>]
type StateShape =
    /// One for each entry of the parameter.
    | PerEntry
    /// One for each group of the regularizer; one in all where its weights do not adapt.
    | PerGroup

/// What a method keeps of one parameter between steps: a count, and tensors by name as a checkpoint stores them. It owns
/// its tensors, which have the parameter's dtype and device; single numbers that serve a whole parameter are in main memory.
[<ReferenceEquality>]
type MethodState =
    {
        /// Steps done since the start or restart.
        Steps: int64
        /// The tensors by name; the method says which.
        Tensors: IReadOnlyDictionary<string, torch.Tensor>
    }

    /// The tensor of this name.
    member state.Item
        with get (name: string) = state.Tensors[name]

    /// Disposes the tensors.
    member state.Dispose() =
        for tensor in state.Tensors.Values do
            tensor.Dispose()

    interface IDisposable with
        member state.Dispose() = state.Dispose()

/// States of every method alike: how they are made, checked and overwritten.
[<RequireQualifiedAccess>]
module MethodState =
    /// The name under which every method keeps the running averages of adaptive weights.
    [<Literal>]
    let RunningAverage = "runningAverage"

    let internal make (steps: int64) (tensors: (string * torch.Tensor) list) : MethodState =
        { Steps = steps
          Tensors = readOnlyDict tensors }

    let private shapeOf regularizer (parameter: torch.Tensor) shape =
        match shape with
        | StateShape.PerEntry -> parameter.shape
        | StateShape.PerGroup -> Regularizer.groupShape regularizer parameter.shape

    let private deviceOf regularizer (parameter: torch.Tensor) shape =
        match shape with
        | StateShape.PerEntry -> parameter.device
        | StateShape.PerGroup -> RegularizerWeights.groupDevice regularizer parameter

    /// Zeros of the kept shapes.
    let internal zeros (keeps: (string * StateShape) list) regularizer (parameter: torch.Tensor) : (string * torch.Tensor) list =
        [ for name, shape in keeps do
              let device = deviceOf regularizer parameter shape
              name, torch.zeros (shapeOf regularizer parameter shape, dtype = parameter.dtype, device = device) ]

    let private find (tensors: IReadOnlyDictionary<string, torch.Tensor>) (name: string) =
        match tensors.TryGetValue name with
        | false, _ -> raise (ArgumentException($"The tensor '{name}' of the state is missing.", "state"))
        | true, tensor -> tensor

    /// What a step or a checkpoint brings must be what the method keeps of this parameter.
    let internal require keeps regularizer (parameter: torch.Tensor) (tensors: IReadOnlyDictionary<string, torch.Tensor>) =
        for name: string, shape in keeps do
            let tensor = find tensors name
            Errors.requireShape "state" $"The state's '{name}'" (shapeOf regularizer parameter shape) tensor.shape
            Errors.requireKind "state" $"The state's '{name}'" parameter.dtype (deviceOf regularizer parameter shape) tensor

    /// The tensors of a checkpoint, checked, single numbers moved to main memory.
    let internal ofCheckpoint keeps regularizer parameter (steps: int64) (tensors: IReadOnlyDictionary<string, torch.Tensor>) : MethodState =
        Errors.requireNonNegative (nameof steps) "The number of steps" (float steps)

        let placed (name: string) shape =
            let tensor = find tensors name

            if
                shape = StateShape.PerGroup
                && (deviceOf regularizer parameter shape).``type`` = DeviceType.CPU
                && tensor.device_type <> DeviceType.CPU
            then
                let number = tensor.cpu ()
                tensor.Dispose()
                number
            else
                tensor

        let state = make steps [ for name, shape in keeps -> name, placed name shape ]
        require keeps regularizer parameter state.Tensors
        state

    let internal overwrite (target: torch.Tensor) (source: torch.Tensor) = target.copy_ source |> ignore // it returns target

    /// <summary>Takes every tensor out of the dispose scope it was made in, so that the state outlives the scope.</summary>
    /// <param name="state">Returned as it is.</param>
    [<CompiledName("DetachFromDisposeScope")>]
    let detachFromDisposeScope (state: MethodState) : MethodState =
        for tensor in state.Tensors.Values do
            tensor.DetachFromDisposeScope() |> ignore

        state
