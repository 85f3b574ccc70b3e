/// SGD and Adam of the family against torch's own, number by number.
module SparseHybrid.Optim.Tests.TorchOptimizerTests

open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.MethodRuns
open Xunit

let private start = [| 0.5; -0.25; 0.02; -0.001 |]

let private gradients =
    [| for step in 1..12 -> Array.init 4 (fun i -> sin (float (i + 3 * step))) |]

/// The parameter after each step of one of torch's optimizers.
let private torchRun (gradients: float[][]) (optimizer: Modules.Parameter -> torch.optim.Optimizer) =
    use parameter = new Modules.Parameter(float64s [| 4L |] start)
    use optimizer = optimizer parameter

    gradients
    |> Array.map (fun gradient ->
        optimizer.zero_grad ()
        use scaled = parameter * float64s [| 4L |] gradient
        use loss = scaled.sum ()
        loss.backward ()
        use _ = optimizer.step ()
        entries parameter)

let private equal what (expected: float[][]) method regularizer stepSize =
    let history =
        runMethod method regularizer start (constantly stepSize 0.0 gradients.Length) (fun i _ -> gradients[i])

    Array.iter2 (fun expected moment -> assertClose 1e-12 1e-14 what expected moment.Parameter) expected history[1..]

[<Fact>]
let ``plain SGD with weight decay is torch's SGD`` () =
    let expected =
        torchRun gradients (fun parameter -> new Modules.SGD([ parameter ], 0.25, weight_decay = 0.1))

    equal "SGD" expected (Methods.sgd (sgd 0.0 0.1)) (Regularizers.L1 1.0) 0.25

[<Fact>]
let ``without a penalty proximal SGD and xRDA are torch's SGD with as much dampening as momentum`` () =
    let stepSize, timeScale = 0.25, 2.0
    let beta = exp (-stepSize / timeScale)
    // torch does not dampen its first step: a step with gradient 0 before the others makes it start as ours does.
    let expected =
        torchRun (Array.append [| Array.zeroCreate 4 |] gradients) (fun parameter ->
            new Modules.SGD([ parameter ], stepSize, momentum = beta, dampening = beta))

    equal "proximal SGD" expected[1..] (ProximalSgd.method (sgd timeScale 0.0)) (Regularizers.Zero()) stepSize

    for regularizer in [ Regularizers.Zero(); Regularizers.L1 0.0; Runs.adaptive 0.0 500.0 3.0 ] do
        equal "xRDA" expected[1..] (DualAveraging.method timeScale 0.0) regularizer stepSize

[<Fact>]
let ``without a penalty proximal Adam is torch's Adam`` () =
    let settings: ProximalAdam.Settings =
        { FirstMomentKept = 0.8
          SecondMomentKept = 0.95
          Epsilon = 1e-6
          WeightDecay = 0.1 }

    let expected =
        torchRun gradients (fun parameter -> new Modules.Adam([ parameter ], 0.05, 0.8, 0.95, 1e-6, 0.1))

    equal "Adam" expected (Methods.adam settings) (Regularizers.L1 1.0) 0.05
    equal "proximal Adam" expected (ProximalAdam.method settings) (Regularizers.Zero()) 0.05
    equal "proximal Adam" expected (ProximalAdam.method settings) (Regularizers.L1 0.0) 0.05
