/// Short float64 runs of any method.
module SparseHybrid.Optim.Tests.MethodRuns

open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors

/// A parameter, the model to read, and the state's tensors by name, all as numbers.
type Moment =
    { Parameter: float[]
      Model: float[]
      State: Map<string, float[]> }

let private moment method regularizer (parameter: torch.Tensor) (state: MethodState) =
    use model = Method.model method regularizer parameter state

    { Parameter = entries parameter
      Model = entries model
      State = Map [ for entry in state.Tensors -> entry.Key, entries entry.Value ] }

/// The start and every step of a run; the gradient may depend on the step, from 0, and on the parameter.
let runShaped (method: Method) regularizer (shape: int64[]) (start: float[]) (points: SchedulePoint[]) (gradient: int -> float[] -> float[]) =
    let mutable parameter = float64s shape start
    let mutable state = Method.init method regularizer parameter
    let history = ResizeArray [ moment method regularizer parameter state ]

    points
    |> Array.iteri (fun i point ->
        use oldParameter = parameter
        use oldState = state
        use slope = float64s shape (gradient i (entries oldParameter))

        let struct (nextParameter, nextState) =
            Method.step method point regularizer slope oldParameter oldState

        parameter <- nextParameter
        state <- nextState
        history.Add(moment method regularizer parameter state))

    parameter.Dispose()
    state.Dispose()
    history.ToArray()

let runMethod method regularizer (start: float[]) points gradient =
    runShaped method regularizer [| start.LongLength |] start points gradient

/// The same point for this many steps.
let constantly stepSize averaging (steps: int) =
    Array.replicate steps (Schedule.constant stepSize averaging 1L)

let sgd timeScale weightDecay : ProximalSgd.Settings =
    { MomentumTimeScale = timeScale
      WeightDecay = weightDecay }

/// As close, where rounding may leave a tiny number in place of a zero.
let near what (expected: float[]) (actual: float[]) =
    Xunit.Assert.Equal(expected.Length, actual.Length)

    for e, a in Array.zip expected actual do
        Xunit.Assert.True(abs (e - a) <= 1e-9 * (1.0 + abs e), $"{what}: {e:R} expected, {a:R} found")
