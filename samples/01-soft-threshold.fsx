// Shows the soft threshold, which makes exact zeros, and one xRDA step on a weight of four entries.
// Prints entries before and after the threshold, then what the adaptive weights do to large and small entries.
//
//     dotnet fsi samples/01-soft-threshold.fsx        (after ./sparse has set things up once)

#load "references.fsx"

open TorchSharp
open SparseHybrid.Optim

let column (values: float32 seq) =
    values |> Seq.map (fun value -> $"%9.4f{value}") |> String.concat ""

let entries (x: torch.Tensor) = x.data<float32>().ToArray()

let x = torch.tensor [| 3.0f; -1.0f; 0.2f; -0.05f; 0.0f |]
let shrunk = SoftThreshold.prox 0.5 x
printfn "Soft threshold: every entry moves 0.5 towards zero and stops there."
printfn $"  before  {column (entries x)}"
printfn $"  after   {column (entries shrunk)}"
printfn $"  zeros   {Sparsity.zeroCount shrunk} of {shrunk.numel ()}"

// A weight at zero feels M = 500 times the penalty of the largest one: small entries vanish, large ones hardly notice.
let regularizer = Regularizers.AdaptiveL1(1e-3, 500.0, 9.5, Grouping.Element)

let hyper: DualAveraging.Hyperparameters =
    {
        StepSize = 1.0
        MomentumTimeScale = 9.5
        Averaging = 0.0
        WeightDecay = 5e-4
    }

let weight = torch.tensor [| 0.5f; -0.25f; 0.02f; -0.001f |]
let gradient = torch.tensor [| 0.1f; -0.2f; 0.3f; -0.4f |]
let state = DualAveraging.init regularizer weight

let struct (next, nextState) =
    DualAveraging.step hyper regularizer gradient weight state

printfn ""
printfn "One xRDA step: forward along the averaged gradient, then each entry's own threshold."
printfn $"  weight     {column (entries weight)}"
printfn $"  forward    {column (entries nextState.ForwardPoint)}"
printfn $"  threshold  {column (entries nextState.BackwardStep |> Seq.map ((*) 1e-3f))}"
printfn $"  next       {column (entries next)}"
printfn $"  zeros      {Sparsity.zeroCount next} of {next.numel ()}"
