// Shows a regularizer of one's own, written in ten lines and trained: it pulls every weight to the nearest of -c, 0 and c, and its
// proximal operator puts weights there exactly, so that LeNet-300-100 learns Fashion-MNIST with nearly all weights at these values.
// Prints accuracy and how many weights have these values exactly, with and without it, and plots the weights of a layer.
//
//     dotnet fsi samples/03-own-regularizer.fsx [FOLDER OF THE IDX FILES]        (after ./sparse has set things up once)

#load "references.fsx"
#load "plot.fsx"

open TorchSharp
open SparseHybrid.Data
open SparseHybrid.Models
open SparseHybrid.Optim

let folder =
    match fsi.CommandLineArgs with
    | [| _; folder |] -> folder
    | _ -> null

torch.set_num_threads 1

/// R(x) = strength * sum of min(|x_i|, ||x_i| - level|), the distance to the nearest of -level, 0 and level. Its operator moves each
/// entry by stepSize * strength towards the nearest of the three and stops there. What is known of it is what is known of l0: it is
/// even, and no quadratic makes it convex.
let ternary (level: float) (strength: float) : Regularizer =
    let nearest (x: torch.Tensor) =
        (x / level).clamp(-1.0.ToScalar(), 1.0.ToScalar()).round() * level

    let prox stepSize (x: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        let centre = nearest x
        (centre + SoftThreshold.prox (stepSize * strength) (x - centre)).MoveToOuterDisposeScope()

    let value (x: torch.Tensor) =
        strength * float ((x - nearest x).abs().sum().item<float32>())

    Regularizers.Custom($"ternary of level {level}", strength, prox, value, HardThreshold.facts strength)

let data = ImageDatasets.Load("fashion-mnist", folder)
let images = min 20000L data.Train.Count
let epochs, batch = 4L, 100L
let totalSteps = epochs * (images / batch)

/// Trains from a fixed start; the penalty of a weight depends on the entries that feed one unit. Biases have none.
let train (penalty: int64 -> Regularizer) =
    torch.manual_seed 1L |> ignore

    let model =
        ModelCatalog.Create("lenet-300-100", data.Train.Classes, data.Train.InputShape)

    let method = DualAveraging.method 9.5 0.0

    let parameters =
        [|
            for struct (name, parameter) in model.named_parameters () do
                let regularizer =
                    if parameter.dim () = 2L then
                        penalty parameter.shape[1]
                    else
                        Regularizer.Zero

                parameter :> torch.Tensor, regularizer
        |]

    let states =
        [|
            for parameter, regularizer in parameters -> Method.init method regularizer parameter
        |]

    use inputs = data.Train.Inputs(0L, images)
    let order = torch.randperm images

    for step in 1L .. totalSteps do
        use _ = torch.NewDisposeScope()
        let start = (step - 1L) * batch % (images / batch * batch)
        let rows = order.slice (0L, start, start + batch, 1L)
        let scores = model.call (inputs.index_select (0L, rows))

        let loss =
            torch.nn.functional.cross_entropy (scores, data.Train.Labels.index_select (0L, rows))

        model.zero_grad ()
        loss.backward ()

        for index, (parameter, regularizer) in Array.indexed parameters do
            states[index] <- Method.stepInPlace method (Schedule.cosine 1.0 totalSteps step) regularizer parameter.grad parameter states[index]

    model

let accuracy (model: torch.nn.Module<torch.Tensor, torch.Tensor>) =
    use _ = torch.no_grad ()
    use _ = torch.NewDisposeScope()

    let right =
        model.call(data.Test.Inputs(0L, data.Test.Count)).argmax(1L).eq(data.Test.Labels)

    float (right.sum().item<int64>()) / float data.Test.Count

/// The level c of a layer: weights start between -c and c, evenly.
let level (inputs: int64) = 1.0 / sqrt (float inputs)

let layers (model: torch.nn.Module<torch.Tensor, torch.Tensor>) =
    [
        for struct (name, parameter) in model.named_parameters () do
            if parameter.dim () = 2L then
                name, level parameter.shape[1], parameter.data<float32>().ToArray()
    ]

let report title model =
    printfn $"{title}: accuracy %.2f{100.0 * accuracy model} %%"

    for name, level, entries in layers model do
        let share isSo =
            100.0 * float (entries |> Seq.filter isSo |> Seq.length) / float entries.Length

        printfn $"  {name}  zero %4.1f{share (fun w -> w = 0.0f)} %%  c or -c %4.1f{share (fun w -> abs w = float32 level)} %%"

let plain = train (fun _ -> Regularizer.Zero)
report "no penalty" plain
let threeValued = train (fun inputs -> ternary (level inputs) 1e-3)
report "ternary penalty" threeValued

/// The weights of the second layer in order of size, in units of c; every sixtieth is enough for a picture.
let sorted name colour model : Plot.Series =
    let _, level, entries = layers model |> List.item 1
    let ordered = Array.sort entries

    {
        Name = name
        Colour = colour
        Mark = Plot.Line
        Points =
            [
                for rank in 30..60 .. ordered.Length - 1 -> float rank, float ordered[rank] / level
            ]
    }

Plot.save
    "own-regularizer.svg"
    [
        {
            Title = "Weights of the second layer, sorted"
            XLabel = "rank"
            YLabel = "weight / c"
            IsLogarithmic = false
            Series =
                [
                    sorted "no penalty" "#e0a030" plain
                    sorted "ternary penalty" "#2e6f9e" threeValued
                ]
        }
    ]
