// Shows why dual averaging keeps its zeros under annealing and proximal SGD loses them: gradients from batches, one schedule of
// halved step sizes, no momentum. The threshold of proximal SGD shrinks with the step size, and a zero stays only while the gradient of
// a single batch is below lambda. xRDA averages more steps as they shrink, keeps its threshold, and so compares averages with lambda.
// Prints zeros and errors before and after annealing, and plots zeros and thresholds over the steps.
//
//     dotnet fsi samples/05-rda-against-proximal-sgd.fsx [STEPS]        (8000 unless told; after ./sparse has set things up once)

#load "references.fsx"
#load "plot.fsx"

open TorchSharp
open SparseHybrid.Optim

let steps =
    match fsi.CommandLineArgs with
    | [| _; steps |] -> int64 steps
    | _ -> 8000L

torch.set_num_threads 1
let features, nonzeros, batch = 100L, 10L, 200L
let noise = 2.5 // makes gradient entries scatter by 2.5/sqrt(200) = 0.18, more than lambda
let strength = 0.1
let regularizer = Regularizers.L1 strength

/// The first 10 entries are +1 or -1, the others zero.
let truth =
    torch.manual_seed 1L |> ignore
    torch.cat [| torch.randn([| nonzeros |]).sign(); torch.zeros [| features - nonzeros |] |]

/// The gradient of ||A x - y||^2/(2 batch) over fresh rows, y = A truth + noise: right on average, noisy in each step.
let noisyGradient (x: torch.Tensor) =
    use _ = torch.NewDisposeScope()
    let a = torch.randn [| batch; features |]
    let residual = a.mv (x - truth) - torch.randn [| batch |] * noise
    (a.t().mv residual / float batch).MoveToOuterDisposeScope()

/// 0.8, halved after each of these steps.
let milestones = [ for eighth in 2L .. 7L -> steps * eighth / 8L ]
let annealed = Schedule.halving 0.8 milestones

/// What is plotted, each number averaged over some steps.
type Snapshot =
    {
        Step: int64
        ZeroFraction: float
        Threshold: float
        Error: float
    }

/// Trains x in place over some steps of the annealing.
let train (method: Method) schedule (threshold: SchedulePoint -> MethodState -> float) (first: int64) (last: int64) (x: torch.Tensor) =
    torch.manual_seed 2L |> ignore
    let mutable state = Method.init method regularizer x

    [
        for step in first..last do
            use gradient = noisyGradient x
            let point: SchedulePoint = schedule step
            state <- Method.stepInPlace method point regularizer gradient x state
            use others = x.slice (0L, nonzeros, features, 1L)
            use difference = x - truth

            {
                Step = step
                ZeroFraction = Sparsity.zeroFraction others
                Threshold = strength * threshold point state
                Error = float (difference.norm().item<float32>())
            }
    ]
    |> List.chunkBySize (max 1 (int steps / 160))
    |> List.map (fun chunk ->
        {
            Step = (List.last chunk).Step
            ZeroFraction = chunk |> List.averageBy _.ZeroFraction
            Threshold = chunk |> List.averageBy _.Threshold
            Error = chunk |> List.averageBy _.Error
        })

let start () = torch.zeros [| features |]
let xrda = DualAveraging.method 0.0 0.0

let accumulated _ (state: MethodState) =
    float (state["backwardStep"].item<float32>())

let proximalSgd =
    ProximalSgd.method
        {
            MomentumTimeScale = 0.0
            WeightDecay = 0.0
        }

let stepSize (point: SchedulePoint) _ = point.StepSize

// Xiao's method has an annealing of its own, 1/sqrt(step), so that its step size is left constant.
let averaged (point: SchedulePoint) (state: MethodState) =
    point.StepSize * sqrt (float state.Steps)

// The last run starts where xRDA is when the annealing is half over, and sees the same step sizes from there on.
let handOver = steps * 5L / 8L
let sparse = start ()
let untilHandOver = train xrda annealed accumulated 1L handOver sparse

let runs =
    [
        "xRDA", "#2e6f9e", train xrda annealed accumulated 1L steps (start ())
        "RDA, constant step size", "#5aa469", train (Rda.method Rda.published) (Schedule.constant 1.0 0.0) averaged 1L steps (start ())
        "proximal SGD", "#d1495b", train proximalSgd annealed stepSize 1L steps (start ())
        "proximal SGD from xRDA's zeros",
        "#e0a030",
        List.last untilHandOver
        :: train proximalSgd annealed stepSize (handOver + 1L) steps sparse
    ]

printfn $"Zeros among the {features - nonzeros} entries whose true value is 0, and distance to the truth, lambda = {strength}:"

let moment snapshot =
    $"step %4d{snapshot.Step}: %5.1f{100.0 * snapshot.ZeroFraction} %%, %.2f{snapshot.Error}"

for name, _, snapshots in runs do
    let before =
        snapshots
        |> List.findBack (fun snapshot -> snapshot.Step <= max milestones.Head snapshots.Head.Step)

    let after = List.last snapshots

    printfn $"  %-31s{name} {moment before}   {moment after}"

let curves select =
    List.map (fun (name, colour, snapshots) ->
        {
            Plot.Name = name
            Plot.Colour = colour
            Plot.Mark = Plot.Line
            Plot.Points = snapshots |> List.map (fun snapshot -> float snapshot.Step, select snapshot)
        })

let panel title label select shown : Plot.Panel =
    {
        Title = title
        XLabel = "step"
        YLabel = label
        IsLogarithmic = false
        Series = curves select shown
    }

Plot.save
    "rda-against-proximal-sgd.svg"
    [
        panel "Zeros of the entries that should be 0" "share" _.ZeroFraction runs
        panel "Threshold of the same steps" "threshold" _.Threshold [ runs[0]; runs[2] ]
    ]
