// Shows that adaptive weights remember: an entry whose target rises wakes late, at mu M, and one whose target falls dies late, at
// the fold F, while the exact proximal operator of the log-sum penalty, which has the same fixed points, switches at T between them.
// Prints where each happens beside the formula, and plots both branches.
//
//     dotnet fsi samples/04-hysteresis.fsx [STEP OF THE TARGET]        (0.001 unless told; after ./sparse has set things up once)

#load "references.fsx"
#load "plot.fsx"

open TorchSharp
open SparseHybrid.Optim

let targetStep =
    match fsi.CommandLineArgs with
    | [| _; step |] -> float step
    | _ -> 0.001

let mu, maximumFactor = 1e-3, 500.0
let fold = LogSum.lowerFold mu maximumFactor 1.0
let cutoff = LogSum.cutoff mu maximumFactor 1.0
let wake = mu * maximumFactor

// Step size 1 for the loss ||x - target||^2/2: x becomes the soft-thresholded target. Weights follow within some steps.
let method = DualAveraging.method 0.0 0.0
let point = Schedule.constant 1.0 0.0 1L
let regularizer = Regularizers.AdaptiveL1(mu, maximumFactor, 1.0, Grouping.Element)

/// x = (anchor, entry). The anchor has the target 1 + mu, so it stays at 1 and the maximum m of the weights with it.
let x = torch.tensor [| 1.0; 0.0 |]
let mutable state = Method.init method regularizer x

/// The entry after so many steps towards a target that it stays where it is.
let rec settle (target: float) (stepsLeft: int) : float =
    let before = x[1].item<float>()
    use goal = torch.tensor [| 1.0 + mu; target |]
    use gradient = x - goal
    state <- Method.stepInPlace method point regularizer gradient x state
    let entry = x[1].item<float>()

    if stepsLeft = 0 || (stepsLeft < 480 && abs (entry - before) < 1e-9) then
        entry
    else
        settle target (stepsLeft - 1)

let targets = [ 0.0 .. targetStep .. 0.6 ]
let rising = [ for target in targets -> target, settle target 500 ]
let falling = [ for target in List.rev targets -> target, settle target 500 ]

let exact =
    let entries =
        (LogSum.prox mu maximumFactor 1.0 (torch.tensor (Array.ofList targets))).data<float>().ToArray()

    List.zip targets (List.ofArray entries)

let smallestAlive branch =
    branch
    |> List.filter (fun (_, entry) -> entry > 0.0)
    |> List.map fst
    |> List.min

printfn $"An entry whose target moves, mu = {mu}, M = {maximumFactor}, largest entry 1; alive from (measured, formula):"
printfn $"  target rising    %.3f{smallestAlive rising}  mu M = %.4f{wake}"
printfn $"  exact log prox   %.3f{smallestAlive exact}  T    = %.4f{cutoff}"
printfn $"  target falling   %.3f{smallestAlive falling}  F    = %.4f{fold}"

let both =
    List.zip rising (List.rev falling)
    |> List.filter (fun ((_, up), (_, down)) -> up = 0.0 && down > 0.0)

printfn $"At {both.Length} of {targets.Length} targets both zero and a value above it are stable: the history decides."

let curve name colour mark points : Plot.Series =
    {
        Name = name
        Colour = colour
        Mark = mark
        Points = points
    }

let panel title upTo : Plot.Panel =
    let shown = List.filter (fun (target, _) -> target <= upTo)

    {
        Title = title
        XLabel = "target z"
        YLabel = "stationary x"
        IsLogarithmic = false
        Series =
            [
                curve "adaptive weights, target rising" "#d1495b" Plot.Line (shown rising)
                curve "adaptive weights, target falling" "#2e6f9e" Plot.Line (shown falling)
                curve "exact log prox" "#222222" Plot.Dashes (shown exact)
            ]
    }

Plot.save "hysteresis.svg" [ panel "Wakes at mu M, dies at F" 0.6; panel "Close to F and T" 0.15 ]
