/// xRDA: dual averaging with momentum and (adaptively weighted) l1 regularisation, exact zeros at every step.
/// Siegel, Chen, Zhang and Xu, arXiv:2008.09661; without momentum and with alpha = 1 it is Xiao's RDA, JMLR 11 (2010).
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.DualAveraging

open System
open System.Collections.Generic
open TorchSharp

/// The numbers of one step; a schedule gives the first and the third.
[<Struct>]
type Hyperparameters =
    {
        /// h, finite, 0 or more.
        StepSize: float
        /// tau, finite, 0 or more, in the unit of the step size: a step keeps the share exp(-h / tau) of the velocity.
        /// 0 switches momentum off. h = 1 and tau = 9.5 is momentum 0.9 at a learning rate of 0.1.
        MomentumTimeScale: float
        /// alpha in [0, 1]: 0 is a proximal gradient step, 1 dual averaging.
        Averaging: float
        /// Finite, 0 or more; this multiple of the parameter is added to the gradient.
        WeightDecay: float
    }

/// One parameter's memory. It owns its tensors, which have the parameter's dtype and device, except that the numbers per group
/// are in main memory where there is only one for the whole parameter because the weights do not adapt.
[<ReferenceEquality>]
type State =
    {
        /// Steps done.
        Steps: int64
        /// v, the exponential average of the gradients. The parameter's shape.
        Velocity: torch.Tensor
        /// z, the parameter before the soft threshold. The parameter's shape.
        ForwardPoint: torch.Tensor
        /// b, step sizes times weights, accumulated; the thresholds are strength * b. One entry per group.
        BackwardStep: torch.Tensor
        /// a, the running mean magnitude. One entry per group.
        RunningAverage: torch.Tensor
    }

    /// Disposes the tensors.
    member state.Dispose() =
        state.Velocity.Dispose()
        state.ForwardPoint.Dispose()
        state.BackwardStep.Dispose()
        state.RunningAverage.Dispose()

    interface IDisposable with
        member state.Dispose() = state.Dispose()

let private requireHyperparameters (hyper: Hyperparameters) =
    Errors.requireNonNegative (nameof hyper.StepSize) "The step size" hyper.StepSize
    Errors.requireNonNegative (nameof hyper.MomentumTimeScale) "The momentum time scale" hyper.MomentumTimeScale
    Errors.requireShare (nameof hyper.Averaging) "The averaging" hyper.Averaging
    Errors.requireNonNegative (nameof hyper.WeightDecay) "The weight decay" hyper.WeightDecay

let private keeps =
    [ "velocity", StateShape.PerEntry
      "forwardPoint", StateShape.PerEntry
      "backwardStep", StateShape.PerGroup
      MethodState.RunningAverage, StateShape.PerGroup ]

/// <summary>The state's tensors by name, for checkpoints; the number of steps is kept beside them.</summary>
/// <param name="state">Keeps owning the tensors.</param>
[<CompiledName("ToTensors")>]
let toTensors (state: State) : IReadOnlyDictionary<string, torch.Tensor> =
    readOnlyDict
        [ "velocity", state.Velocity
          "forwardPoint", state.ForwardPoint
          "backwardStep", state.BackwardStep
          "runningAverage", state.RunningAverage ]

let private ofMethodState (state: MethodState) : State =
    { Steps = state.Steps
      Velocity = state["velocity"]
      ForwardPoint = state["forwardPoint"]
      BackwardStep = state["backwardStep"]
      RunningAverage = state[MethodState.RunningAverage] }

let private toMethodState (state: State) : MethodState =
    { Steps = state.Steps
      Tensors = toTensors state }

/// What every form of the step asks of its arguments. A state of other groups would otherwise be read wrongly without a word.
let internal requireArguments hyper regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: State) =
    requireHyperparameters hyper
    Errors.requireShape (nameof gradient) "The gradient" parameter.shape gradient.shape
    Errors.requireSameKind (nameof gradient) "The gradient" parameter gradient
    MethodState.require keeps regularizer parameter (toTensors state)

/// <summary>The state before the first step: z = parameter, everything else 0.</summary>
/// <param name="regularizer">Decides the shape of the state kept per group; use the same one in every step.</param>
/// <param name="parameter">Any shape, device and floating dtype. Neither changed nor disposed; the state shares no
/// memory with it.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A number of the regularizer is out of its range.</exception>
[<CompiledName("Init")>]
let init (regularizer: Regularizer) (parameter: torch.Tensor) : State =
    Regularizer.validate regularizer
    use _ = torch.no_grad ()
    use detached = parameter.detach ()
    MethodStep.initFrom "forwardPoint" keeps regularizer detached |> ofMethodState

/// Hands what a step made to the caller's dispose scope.
let internal moveToOuterScope (state: State) =
    { state with
        Velocity = state.Velocity.MoveToOuterDisposeScope()
        ForwardPoint = state.ForwardPoint.MoveToOuterDisposeScope()
        BackwardStep = state.BackwardStep.MoveToOuterDisposeScope() }

/// The step once the running averages, which the next state shares with this one, and the weights are known.
let internal advance hyper regularizer (weights: torch.Tensor) (gradient: torch.Tensor) (parameter: torch.Tensor) state =
    use _ = torch.NewDisposeScope()
    let slope = gradient + parameter * hyper.WeightDecay

    let velocity =
        ExponentialAverage.update hyper.MomentumTimeScale hyper.StepSize state.Velocity slope

    let centre =
        state.ForwardPoint * hyper.Averaging + parameter * (1.0 - hyper.Averaging)

    let next =
        { state with
            Steps = state.Steps + 1L
            Velocity = velocity
            ForwardPoint = centre - velocity * hyper.StepSize
            BackwardStep = state.BackwardStep * hyper.Averaging + weights * hyper.StepSize }

    let nextParameter = Regularizer.prox regularizer next.BackwardStep next.ForwardPoint
    struct (nextParameter.MoveToOuterDisposeScope(), moveToOuterScope next)

/// <summary>One step, as a function: with g the gradient at x, and every line reading the old x,
/// a = e^(-h/tau_b) a + (1 - e^(-h/tau_b)) mean |x|; w = w(a); b = alpha b + h w;
/// v = e^(-h/tau) v + (1 - e^(-h/tau)) (g + decay x); z = alpha z + (1 - alpha) x - h v; x = S(z, lambda b).</summary>
/// <param name="hyper">The numbers of this step.</param>
/// <param name="regularizer">The one the state was made for.</param>
/// <param name="gradient">g, like the parameter in shape, dtype and device. Neither changed nor disposed.</param>
/// <param name="parameter">x. Neither changed nor disposed.</param>
/// <param name="state">Neither changed nor disposed.</param>
/// <returns>The next parameter and the next state, which shares no memory with it; the caller owns both.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
/// <exception cref="T:System.ArgumentException">The gradient differs from the parameter in shape, dtype or device, or the
/// state was made for another parameter or grouping.</exception>
/// <remarks>A gradient entry that is NaN or infinite makes the same entry of the parameter so, and no other; in the next
/// step a NaN parameter entry reaches the largest average and with it every entry of an adaptively regularised tensor.
/// Check gradients before the step.</remarks>
[<CompiledName("Step")>]
let step
    (hyper: Hyperparameters)
    (regularizer: Regularizer)
    (gradient: torch.Tensor)
    (parameter: torch.Tensor)
    (state: State)
    : struct (torch.Tensor * State) =
    requireArguments hyper regularizer gradient parameter state
    use _ = torch.no_grad ()

    let average =
        Regularizer.updateAverage regularizer hyper.StepSize state.RunningAverage parameter

    use weights = Regularizer.weights regularizer parameter.shape average
    advance hyper regularizer weights gradient parameter { state with RunningAverage = average }

/// The fused step, of which only the caller knows that it covers the tensors.
let private stepFused hyper regularizer (gradient: torch.Tensor) (parameter: torch.Tensor) (state: State) =
    let rates: FusedAdvance.Rates =
        { Kept = float32 (ExponentialAverage.kept hyper.MomentumTimeScale hyper.StepSize)
          Fresh = float32 (ExponentialAverage.fresh hyper.MomentumTimeScale hyper.StepSize)
          WeightDecay = float32 hyper.WeightDecay
          StepSize = float32 hyper.StepSize
          Strength = float32 (Regularizer.strength regularizer) }

    let averaging, rest = float32 hyper.Averaging, float32 (1.0 - hyper.Averaging)

    FusedStep.run
        { Regularizer = regularizer
          StepSize = hyper.StepSize
          Gradient = gradient
          Parameter = parameter
          RunningAverage = state.RunningAverage
          BackwardStep = FusedOperands.BackwardStep.Stored(state.BackwardStep, hyper.Averaging, hyper.StepSize) }
        (FusedAdvance.Advance.DualAveraging(rates, averaging, rest, state.Velocity, state.ForwardPoint))

/// A chain of tensor operations on the state's own tensors, for those that the fused step does not cover.
let private stepByOperations hyper regularizer gradient (parameter: torch.Tensor) (state: State) =
    let point =
        { StepSize = hyper.StepSize
          Averaging = hyper.Averaging }

    MethodStep.adaptInPlace regularizer point parameter state.RunningAverage hyper.Averaging hyper.StepSize state.BackwardStep

    let kept = ExponentialAverage.kept hyper.MomentumTimeScale hyper.StepSize
    let fresh = ExponentialAverage.fresh hyper.MomentumTimeScale hyper.StepSize
    MethodStep.addGradient kept fresh hyper.WeightDecay gradient parameter state.Velocity

    let forwardPoint =
        state.ForwardPoint
            .mul_(hyper.Averaging.ToScalar())
            .add_(parameter, (1.0 - hyper.Averaging).ToScalar())
            .add_(state.Velocity, (-hyper.StepSize).ToScalar())

    RegularizerProx.overwrite regularizer state.BackwardStep forwardPoint parameter

/// The step in place for arguments that are checked already.
let private overwrite hyper regularizer gradient parameter (state: State) =
    let tensors =
        [ gradient
          state.Velocity
          state.ForwardPoint
          state.BackwardStep
          state.RunningAverage ]

    if FusedStep.canRun regularizer parameter tensors then
        stepFused hyper regularizer gradient parameter state
    else
        use _ = torch.no_grad ()
        use _ = torch.NewDisposeScope()
        stepByOperations hyper regularizer gradient parameter state

/// <summary>As <see cref="step"/>, overwriting the parameter and the state's tensors. Contiguous float32 tensors take two
/// passes over memory, without allocating anything that grows with the parameter: in main memory, and on CUDA devices where
/// <see cref="T:SparseHybrid.Optim.CudaKernels"/> are used. Others take a chain of tensor operations on the state's own
/// tensors. Neither waits for the device.</summary>
/// <param name="hyper">The numbers of this step.</param>
/// <param name="regularizer">The one the state was made for.</param>
/// <param name="gradient">g, like the parameter in shape, dtype and device. Neither changed nor disposed.</param>
/// <param name="parameter">Overwritten without a trace in the graph of gradients.</param>
/// <param name="state">Its tensors are overwritten and belong to the returned state; do not use it again.</param>
/// <returns>The next state.</returns>
/// <exception cref="T:System.ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
/// <exception cref="T:System.ArgumentException">The gradient differs from the parameter in shape, dtype or device, or the
/// state was made for another parameter or grouping.</exception>
/// <remarks>The same numbers as <see cref="step"/> to a few ulps, with the same zeros, except that the fused passes take
/// state entries below 1e-37 in magnitude as 0. NaN and infinity spread as they do there. Groups given by hand are sent to a
/// device once, but for their sizes where these differ; operators that iterate, such as those in a diagonal metric by groups and
/// the nuclear norm's, do wait.</remarks>
[<CompiledName("StepInPlace")>]
let stepInPlace (hyper: Hyperparameters) (regularizer: Regularizer) (gradient: torch.Tensor) (parameter: torch.Tensor) (state: State) : State =
    requireArguments hyper regularizer gradient parameter state
    overwrite hyper regularizer gradient parameter state
    { state with Steps = state.Steps + 1L }

/// <summary>The inverse of <see cref="toTensors"/>.</summary>
/// <param name="regularizer">The one the state was made for.</param>
/// <param name="parameter">The parameter the state was made for. Neither changed nor disposed.</param>
/// <param name="steps">Steps done, 0 or more.</param>
/// <param name="tensors">The four tensors by name; the state owns them from now on.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">The number of steps is negative.</exception>
/// <exception cref="T:System.ArgumentException">A tensor is missing, or differs in shape, dtype or device from what
/// the regularizer keeps for this parameter.</exception>
[<CompiledName("OfTensors")>]
let ofTensors (regularizer: Regularizer) (parameter: torch.Tensor) (steps: int64) (tensors: IReadOnlyDictionary<string, torch.Tensor>) : State =
    MethodState.ofCheckpoint keeps regularizer parameter steps tensors
    |> ofMethodState

/// <summary>xRDA as one of the family's methods: <see cref="init"/>, <see cref="step"/> and <see cref="stepInPlace"/> with
/// step size and averaging from a schedule.</summary>
/// <param name="momentumTimeScale">tau, finite, 0 or more, in the unit of the step size; 9.5 as published.</param>
/// <param name="weightDecay">Finite, 0 or more; 5e-4 as published.</param>
/// <exception cref="T:System.ArgumentOutOfRangeException">A setting is out of its range.</exception>
[<CompiledName("Method")>]
let method (momentumTimeScale: float) (weightDecay: float) : Method =
    let hyper (point: SchedulePoint) =
        { StepSize = point.StepSize
          MomentumTimeScale = momentumTimeScale
          Averaging = point.Averaging
          WeightDecay = weightDecay }

    requireHyperparameters (hyper { StepSize = 0.0; Averaging = 0.0 })

    { Name = "xRDA"
      Keeps = keeps
      NeedsMetric = false
      Init = fun regularizer parameter -> toMethodState (init regularizer parameter)
      Step =
        fun point regularizer gradient parameter state ->
            let struct (next, nextState) =
                step (hyper point) regularizer gradient parameter (ofMethodState state)

            struct (next, toMethodState nextState)
      StepInPlace =
        fun point regularizer gradient parameter state ->
            overwrite (hyper point) regularizer gradient parameter (ofMethodState state)
            { state with Steps = state.Steps + 1L } // the same tensors under the same names
      Model = MethodStep.parameterIsModel }
