// Shows that the adaptive weights find a sparse vector exactly where plain l1 cannot: 200 measurements, with noise, of 1000
// unknowns, of which 20 are not zero. Prints in how many seeds each finds exactly these 20, and plots one seed and the counts.
//
//     dotnet fsi samples/02-sparse-regression.fsx [SEEDS]        (20 seeds unless told; after ./sparse has set things up once)

#load "references.fsx"
#load "plot.fsx"

open TorchSharp
open SparseHybrid.Optim

let seeds =
    match fsi.CommandLineArgs with
    | [| _; seeds |] -> int seeds
    | _ -> 20

let rows, columns, nonzeros = 200L, 1000L, 20L
torch.set_num_threads 1

/// The measurements A and y of one seed, and the vector behind them.
let problem (seed: int) =
    torch.manual_seed (int64 seed) |> ignore
    let a = torch.randn ([| rows; columns |]) / sqrt (float rows)
    let positions = (torch.randperm columns).slice(0L, 0L, nonzeros, 1L)
    let signs = torch.randn([| nonzeros |]).sign()
    let truth = torch.zeros [| columns |]

    truth.scatter_ (0L, positions, signs * (torch.rand [| nonzeros |] + 0.5))
    |> ignore

    let noise = torch.randn [| rows |] * (0.1 / sqrt (float rows))
    a, a.mv truth + noise, truth

// The largest singular value of A is near 1 + sqrt(1000/200) = 3.2, so gradient steps below 2/3.2^2 = 0.19 are stable. Without
// gradient noise there is nothing for momentum to average. The cosine schedule ties averaging to the step size.
let method = DualAveraging.method 0.0 0.0
let schedule steps = Schedule.cosine 0.15 steps

/// Minimises ||A x - y||^2/2 + R(x) from x = 0.
let solve (steps: int64) regularizer (a: torch.Tensor) (y: torch.Tensor) =
    let x = torch.zeros [| columns |]
    let mutable state = Method.init method regularizer x
    let transposed = a.t().contiguous()

    for step in 1L .. steps do
        use residual = a.mv x - y
        use gradient = transposed.mv residual
        state <- Method.stepInPlace method (schedule steps step) regularizer gradient x state

    x

let findsSupport (truth: torch.Tensor) (x: torch.Tensor) =
    (x.ne(0.0.ToScalar()).ne(truth.ne (0.0.ToScalar()))).sum().item<int64>() = 0L

let problems = [ for seed in 1..seeds -> problem seed ]

/// In how many seeds the exact support is found.
let recoveries regularizer =
    problems
    |> List.filter (fun (a, y, truth) ->
        use x = solve 1000L regularizer a y
        findsSupport truth x)
    |> List.length

// A zero must not wake from the noise, and A' noise has entries near 0.1/sqrt(200) = 0.007, interference of wrong columns above that;
// a zero feels lambda M = 0.1 here. The smallest true entry, 0.5 of at most 1.5, feels lambda M / (1 + (M - 1)/3) = 0.006: hardly
// a bias. Plain l1 has to take one threshold for both.
let adaptive strength =
    Regularizers.AdaptiveL1(strength, 50.0, 0.5, Grouping.Element)

let chosen = 2e-3

let count name make strengths =
    printfn $"{name}"

    [
        for strength: float in strengths do
            let found = recoveries (make strength)
            printfn $"  lambda %-7g{strength} exact support in {found} of {seeds} seeds"
            strength, found
    ]

let adaptiveCounts =
    count "adaptive xRDA, M = 50" adaptive [ 5e-4; 1e-3; chosen; 4e-3; 8e-3; 1.6e-2 ]

let plainCounts =
    count "plain l1, M = 1" Regularizers.L1 [ 0.02; 0.05; 0.1; 0.15; 0.2; 0.25; 0.3; 0.35; 0.4; 0.5 ]

let best, bestFound = List.maxBy snd plainCounts

let chosenFound =
    adaptiveCounts |> List.find (fun (strength, _) -> strength = chosen) |> snd

printfn $"Found exactly: adaptive xRDA {chosenFound} of {seeds}, plain l1 at its best lambda {best}: {bestFound} of {seeds}."

let curve name colour counts : Plot.Series =
    {
        Name = name
        Colour = colour
        Mark = Plot.Line
        Points = counts |> List.map (fun (strength, found) -> strength, float found)
    }

let stems name colour mark (x: torch.Tensor) : Plot.Series =
    {
        Name = name
        Colour = colour
        Mark = mark
        Points =
            [
                for index, entry in Seq.indexed (x.data<float32>()) do
                    if entry <> 0.0f then
                        float index, float entry
            ]
    }

let a, y, truth = problems.Head

Plot.save
    "sparse-regression.svg"
    [
        {
            Title = "Seed 1: entries that are not zero"
            XLabel = "index"
            YLabel = "entry"
            IsLogarithmic = false
            Series =
                [
                    stems "plain l1" "#e0a030" Plot.Dots (solve 1000L (Regularizers.L1 best) a y)
                    stems "adaptive xRDA" "#2e6f9e" Plot.Dots (solve 1000L (adaptive chosen) a y)
                    stems "truth" "#222222" Plot.Rings truth
                ]
        }
        {
            Title = "Seeds whose support is found exactly"
            XLabel = "lambda"
            YLabel = $"seeds of {seeds}"
            IsLogarithmic = true
            Series =
                [
                    curve "adaptive xRDA" "#2e6f9e" adaptiveCounts
                    curve "plain l1" "#e0a030" plainCounts
                ]
        }
    ]
