/// Short float64 runs of the pure step.
module SparseHybrid.Optim.Tests.Runs

open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors

let hyper stepSize timeScale averaging : DualAveraging.Hyperparameters =
    { StepSize = stepSize
      MomentumTimeScale = timeScale
      Averaging = averaging
      WeightDecay = 0.0 }

/// Whose weights are never below 1, in an all-zero tensor either: the identities hold for every start.
let adaptive strength factor timeScale : Regularizer =
    Regularizer.AdaptiveL1
        { Strength = strength
          MaximumFactor = factor
          TimeScale = timeScale
          Grouping = Grouping.Element
          WhenAllZero = WhenAllZero.MaximumWeight }

/// The parameter and the state's z, v, b and a, all as numbers.
type Snapshot =
    { Parameter: float[]
      ForwardPoint: float[]
      Velocity: float[]
      BackwardStep: float[]
      RunningAverage: float[] }

let snapshot (parameter: torch.Tensor) (state: DualAveraging.State) =
    { Parameter = entries parameter
      ForwardPoint = entries state.ForwardPoint
      Velocity = entries state.Velocity
      BackwardStep = entries state.BackwardStep
      RunningAverage = entries state.RunningAverage }

/// The start and every step of a run, whose gradient may depend on the step and on the parameter.
let run (regularizer: Regularizer) (start: float[]) (hypers: DualAveraging.Hyperparameters[]) (gradient: int -> float[] -> float[]) =
    let shape = [| start.LongLength |]
    let mutable parameter = float64s shape start
    let mutable state = DualAveraging.init regularizer parameter
    let history = ResizeArray [ snapshot parameter state ]

    hypers
    |> Array.iteri (fun i hyper ->
        use oldParameter = parameter
        use oldState = state
        use slope = float64s shape (gradient i (entries oldParameter))

        let struct (nextParameter, nextState) =
            DualAveraging.step hyper regularizer slope oldParameter oldState

        parameter <- nextParameter
        state <- nextState
        history.Add(snapshot parameter state))

    parameter.Dispose()
    state.Dispose()
    history.ToArray()

/// Where a run ends after this many equal steps.
let limit regularizer start hyper steps gradient =
    let history =
        run regularizer start (Array.replicate steps hyper) (fun _ x -> gradient x)

    (Array.last history).Parameter

let softThreshold (t: float) (z: float) = z - min (max z -t) t
