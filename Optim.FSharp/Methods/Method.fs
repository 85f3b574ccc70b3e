namespace SparseHybrid.Optim

open System
open System.Collections.Generic
open TorchSharp

/// A training method for one parameter, as functions: a script swaps method, regularizer, grouping and schedule
/// independently of each other. A value of this type holds settings only; what changes is in the state.
[<NoEquality; NoComparison>]
type Method =
    {
        /// What people call it.
        Name: string
        /// The tensors of its state: name and size.
        Keeps: (string * StateShape) list
        /// Whether its proximal operator is one in a diagonal metric, which not every regularizer has.
        NeedsMetric: bool
        /// The state before the first step, for a regularizer and a parameter. Shares no memory with the parameter.
        Init: Regularizer -> torch.Tensor -> MethodState
        /// One step as a function: schedule point, regularizer, gradient, parameter and state give the next parameter and
        /// the next state. Nothing given is changed or disposed; the caller owns what comes back.
        Step: SchedulePoint -> Regularizer -> torch.Tensor -> torch.Tensor -> MethodState -> struct (torch.Tensor * MethodState)
        /// As Step, overwriting the parameter and the state's tensors, which belong to the returned state.
        StepInPlace: SchedulePoint -> Regularizer -> torch.Tensor -> torch.Tensor -> MethodState -> MethodState
        /// The parameter to evaluate and ship, from regularizer, parameter and state: a new tensor. The parameter itself,
        /// except for methods whose iterates are mixtures and become sparse only in the end.
        Model: Regularizer -> torch.Tensor -> MethodState -> torch.Tensor
    }

/// The functions of a method by name, checked; how C# calls them, and what scripts use.
[<RequireQualifiedAccess>]
module Method =
    let private requireArguments method (point: SchedulePoint) regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: MethodState) =
        Errors.requireNonNegative (nameof point.StepSize) "The step size" point.StepSize
        Errors.requireShare (nameof point.Averaging) "The averaging" point.Averaging
        Errors.requireShape (nameof gradient) "The gradient" parameter.shape gradient.shape
        Errors.requireSameKind (nameof gradient) "The gradient" parameter gradient
        MethodState.require method.Keeps regularizer parameter state.Tensors

    /// <summary>The state before the first step.</summary>
    /// <param name="method">The method.</param>
    /// <param name="regularizer">Decides the shape of what is kept per group; use the same one in every step.</param>
    /// <param name="parameter">Any shape, device and floating dtype. Neither changed nor disposed.</param>
    /// <returns>Owned by the caller; it shares no memory with the parameter.</returns>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number of the regularizer is out of its range.</exception>
    /// <exception cref="T:System.ArgumentException">The method needs a proximal operator that the regularizer has not.</exception>
    [<CompiledName("Init")>]
    let init (method: Method) (regularizer: Regularizer) (parameter: torch.Tensor) : MethodState =
        Regularizer.validate regularizer

        if method.NeedsMetric && not (Regularizer.hasProxInMetric regularizer) then
            let message =
                $"{method.Name} needs a proximal operator in a diagonal metric; {regularizer} has none here. Regularizer.hasProxInMetric tells which have."

            raise (ArgumentException(message, nameof regularizer))

        use _ = torch.no_grad ()
        use detached = parameter.detach ()
        method.Init regularizer detached

    /// <summary>One step, as a function.</summary>
    /// <param name="method">The method.</param>
    /// <param name="point">Step size and averaging; methods without averaging read the step size only.</param>
    /// <param name="regularizer">The one the state was made for.</param>
    /// <param name="gradient">Like the parameter in shape, dtype and device. Neither changed nor disposed.</param>
    /// <param name="parameter">Neither changed nor disposed.</param>
    /// <param name="state">Neither changed nor disposed.</param>
    /// <returns>The next parameter and the next state; the caller owns both.</returns>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number of the schedule point is out of its range.</exception>
    /// <exception cref="T:System.ArgumentException">The gradient differs from the parameter in shape, dtype or device, or
    /// the state was made for another parameter, regularizer or method.</exception>
    [<CompiledName("Step")>]
    let step
        (method: Method)
        (point: SchedulePoint)
        (regularizer: Regularizer)
        (gradient: torch.Tensor)
        (parameter: torch.Tensor)
        (state: MethodState)
        : struct (torch.Tensor * MethodState) =
        requireArguments method point regularizer gradient parameter state
        method.Step point regularizer gradient parameter state

    /// <summary>As <see cref="step"/>, overwriting the parameter and the state's tensors; fused where the method can.</summary>
    /// <param name="method">The method.</param>
    /// <param name="point">Step size and averaging.</param>
    /// <param name="regularizer">The one the state was made for.</param>
    /// <param name="gradient">Like the parameter in shape, dtype and device. Neither changed nor disposed.</param>
    /// <param name="parameter">Overwritten without a trace in the graph of gradients.</param>
    /// <param name="state">Its tensors are overwritten and belong to the returned state; do not use it again.</param>
    /// <returns>The next state.</returns>
    /// <exception cref="T:System.ArgumentOutOfRangeException">A number of the schedule point is out of its range.</exception>
    /// <exception cref="T:System.ArgumentException">The gradient differs from the parameter in shape, dtype or device, or
    /// the state was made for another parameter, regularizer or method.</exception>
    [<CompiledName("StepInPlace")>]
    let stepInPlace
        (method: Method)
        (point: SchedulePoint)
        (regularizer: Regularizer)
        (gradient: torch.Tensor)
        (parameter: torch.Tensor)
        (state: MethodState)
        : MethodState =
        requireArguments method point regularizer gradient parameter state
        method.StepInPlace point regularizer gradient parameter state

    /// <summary>The parameter to evaluate and ship: the one with the exact zeros.</summary>
    /// <param name="method">The method.</param>
    /// <param name="regularizer">The one the state was made for.</param>
    /// <param name="parameter">Neither changed nor disposed.</param>
    /// <param name="state">Neither changed nor disposed.</param>
    /// <returns>A tensor that the caller owns.</returns>
    [<CompiledName("Model")>]
    let model (method: Method) (regularizer: Regularizer) (parameter: torch.Tensor) (state: MethodState) : torch.Tensor =
        use _ = torch.no_grad ()
        method.Model regularizer parameter state

    /// <summary>The state of a fresh start from this parameter, which forgets all but the running averages of adaptive
    /// weights: what RMDA and RAMDA do whenever the step size is lowered.</summary>
    /// <param name="method">The method.</param>
    /// <param name="regularizer">The one the state was made for.</param>
    /// <param name="parameter">Neither changed nor disposed.</param>
    /// <param name="state">Neither changed nor disposed.</param>
    /// <returns>A state that the caller owns.</returns>
    [<CompiledName("Restart")>]
    let restart (method: Method) (regularizer: Regularizer) (parameter: torch.Tensor) (state: MethodState) : MethodState =
        let fresh = init method regularizer parameter

        match state.Tensors.TryGetValue MethodState.RunningAverage with
        | true, average -> MethodState.overwrite fresh[MethodState.RunningAverage] average
        | false, _ -> ()

        fresh

    /// <summary>A state from the tensors of a checkpoint.</summary>
    /// <param name="method">The method.</param>
    /// <param name="regularizer">The one the state was made for.</param>
    /// <param name="parameter">The parameter the state was made for. Neither changed nor disposed.</param>
    /// <param name="steps">Steps done, 0 or more.</param>
    /// <param name="tensors">By name, all that the method keeps; the state owns them from now on.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The number of steps is negative.</exception>
    /// <exception cref="T:System.ArgumentException">A tensor is missing, or differs in shape, dtype or device from what
    /// the method keeps of this parameter.</exception>
    [<CompiledName("OfTensors")>]
    let ofTensors
        (method: Method)
        (regularizer: Regularizer)
        (parameter: torch.Tensor)
        (steps: int64)
        (tensors: IReadOnlyDictionary<string, torch.Tensor>)
        : MethodState =
        MethodState.ofCheckpoint method.Keeps regularizer parameter steps tensors

    /// <summary>The same method without its penalty, whatever the regularizer: plain SGD from proximal SGD, say.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="method">The method with a penalty.</param>
    [<CompiledName("WithoutPenalty")>]
    let withoutPenalty (name: string) (method: Method) : Method =
        { method with
            Name = name
            NeedsMetric = false
            Step = fun point _ -> method.Step point Regularizer.Zero
            StepInPlace = fun point _ -> method.StepInPlace point Regularizer.Zero
            Model = fun _ -> method.Model Regularizer.Zero }
