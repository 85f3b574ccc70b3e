/// Small steps on a device, held against the processor's: no kernel works on anybody's parameters before it has shown that it
/// computes the same.
module internal SparseHybrid.Optim.CudaCheck

open System
open TorchSharp
open FusedOperands
open FusedAdvance

/// Largest difference between two results, relative to the larger of 1 and the number.
[<Literal>]
let Tolerance = 1e-5f

let private adaptive grouping : Regularizer =
    Regularizer.AdaptiveL1
        { Strength = 0.25
          MaximumFactor = 20.0
          TimeScale = 3.0
          Grouping = grouping
          WhenAllZero = WhenAllZero.ZeroWeight }

/// Every way through the kernels: one number for all entries, a weight per entry, and groups short and long, in one piece and
/// in turns.
let private problems: (Regularizer * int64[]) list =
    [ Regularizer.L1 0.25, [| 1031L |]
      adaptive Grouping.Element, [| 1031L |]
      adaptive Grouping.Kernel, [| 7L; 5L; 3L; 3L |]
      adaptive Grouping.Row, [| 3L; 1500L |]
      adaptive Grouping.Column, [| 70L; 33L |]
      adaptive (Grouping.Block(2, 8)), [| 6L; 64L |] ]

/// The same numbers on every machine, from -1 to 1, a quarter of them 0.
let private draw (random: Random) (shape: int64[]) : torch.Tensor =
    let numbers =
        Array.init (int (Array.fold (*) 1L shape)) (fun _ ->
            if random.Next 4 = 0 then
                0.0f
            else
                float32 (random.NextDouble() * 2.0 - 1.0))

    use flat = torch.tensor (numbers, dtype = torch.float32)
    flat.reshape shape

/// A step of each method in the middle of a run, and the tensors that it overwrites. Tensors are made in main memory and put
/// in their places.
let steps
    (seed: int)
    (regularizer: Regularizer)
    (shape: int64[])
    (place: torch.Tensor -> torch.Tensor)
    : (Operands * Advance * torch.Tensor list) list =
    let random = Random seed
    let perEntry () = place (draw random shape)

    let perGroup () =
        let numbers = (draw random (RegularizerWeights.groupShape regularizer shape)).abs()
        if regularizer.IsAdaptiveL1 then place numbers else numbers

    let rates =
        { Kept = 0.875f
          Fresh = 0.125f
          WeightDecay = 0.0625f
          StepSize = 0.5f
          Strength = 0.25f }

    [ for number in 0..3 do
          let gradient, parameter, first, second =
              perEntry (), perEntry (), perEntry (), perEntry ()

          let average, backwardStep = perGroup (), perGroup ()

          let advance =
              match number with
              | 0 -> Advance.DualAveraging(rates, 0.75f, 0.25f, first, second)
              | 1 -> Advance.ProximalSgd(rates, first)
              | 2 -> Advance.Rda(rates, 0.125f, first, second)
              | _ -> Advance.Grda(0.5f, 0.25f, first)

          let operands =
              { Regularizer = regularizer
                StepSize = 0.5
                Gradient = gradient
                Parameter = parameter
                RunningAverage = average
                BackwardStep =
                  (if number = 1 then
                       BackwardStep.Passing 0.5
                   else
                       BackwardStep.Stored(backwardStep, 0.75, 0.5)) }

          operands, advance, [ parameter; average; backwardStep; first; second ] ]

let private numbers (tensor: torch.Tensor) : float32[] =
    use near = tensor.cpu ()
    near.data<float32>().ToArray()

let private agrees (expected: torch.Tensor) (actual: torch.Tensor) =
    Array.forall2
        (fun (x: float32) (y: float32) -> (x = 0.0f) = (y = 0.0f) && abs (x - y) <= Tolerance * max 1.0f (abs x))
        (numbers expected)
        (numbers actual)

/// Raises where a step on the device differs from the processor's.
let require (device: CudaDevice) (place: torch.Tensor -> torch.Tensor) : unit =
    for regularizer, shape in problems do
        use _ = torch.NewDisposeScope()

        for (expectedStep, expectedAdvance, expected), (actualStep, actualAdvance, actual) in
            List.zip (steps 5 regularizer shape id) (steps 5 regularizer shape place) do
            FusedStepOnProcessor.run expectedStep expectedAdvance
            FusedStepOnCuda.run device actualStep actualAdvance

            if not (List.forall2 agrees expected actual) then
                let method = FusedStepOnCuda.name actualAdvance
                raise (CudaFault $"a trial step of {method} on a tensor of shape {Errors.shapeText shape} differs from the processor's.")
