module SparseHybrid.Optim.Tests.SharedMaximumTests

open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private options: AdaptiveL1 =
    { Strength = 0.1
      MaximumFactor = 5.0
      TimeScale = 0.0
      Grouping = Grouping.Element
      WhenAllZero = WhenAllZero.ZeroWeight }

/// The weights of three tensors, two of one shape, with largest magnitudes 1, 2 and 4; an empty one is no trouble.
let private weights scope =
    let participant (shape: int64[]) (values: float[]) : SharedMaximum.Participant =
        let parameter = float64s shape values

        { Gradient = torch.zeros_like parameter
          Parameter = parameter
          State = DualAveraging.init (Regularizer.AdaptiveL1 options) parameter }

    [ participant [| 2L |] [| 1.0; 0.5 |]
      participant [| 2L |] [| -2.0; 0.0 |]
      participant [| 1L; 2L |] [| 4.0; 2.0 |]
      participant [| 0L |] [||] ]
    |> SharedMaximum.step scope (Runs.hyper 1.0 0.0 0.0) options
    |> List.map (fun struct (_, state) -> entries state.BackwardStep) // h w with h = 1

let private w a largest = 5.0 / (1.0 + 4.0 * a / largest)

[<Fact>]
let ``the weights compare with the tensor's own maximum, that of its shape, or that of all`` () =
    use _ = torch.NewDisposeScope()

    let check scope largest =
        let expected =
            List.map2 (fun m values -> values |> Array.map (fun a -> w a m)) largest [ [| 1.0; 0.5 |]; [| 2.0; 0.0 |]; [| 4.0; 2.0 |]; [||] ]

        for expected, actual in List.zip expected (weights scope) do
            assertClose 1e-14 0.0 $"{scope}" expected actual

    check MaximumScope.PerTensor [ 1.0; 2.0; 4.0; 1.0 ]
    check MaximumScope.PerShape [ 2.0; 2.0; 4.0; 1.0 ]
    check MaximumScope.Global [ 4.0; 4.0; 4.0; 1.0 ]

[<Fact>]
let ``per tensor it is dual averaging itself`` () =
    use _ = torch.NewDisposeScope()
    let regularizer = Regularizer.AdaptiveL1 options
    let parameter = float64s [| 3L |] [| 1.0; -0.5; 0.1 |]
    let gradient = float64s [| 3L |] [| 0.3; 0.1; -0.2 |]
    let state = DualAveraging.init regularizer parameter
    let hyper = Runs.hyper 0.5 2.0 0.3

    let struct (expected, _) =
        DualAveraging.step hyper regularizer gradient parameter state

    let participant: SharedMaximum.Participant =
        { Gradient = gradient
          Parameter = parameter
          State = state }

    match SharedMaximum.step MaximumScope.PerTensor hyper options [ participant ] with
    | [ struct (actual, _) ] -> Assert.True(sameBits expected actual)
    | other -> Assert.Fail $"{other.Length} results"
