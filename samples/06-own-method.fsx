// Shows a training method of one's own, written in three lines and swept beside two built-in ones: proximal SGD whose threshold does
// not shrink with the step size, so that weights go on dying to the end. The same lambda makes more zeros then; whether the method is
// better is told by the curves at equal zeros.
// Prints accuracy and zeros of LeNet-300-100 for each lambda, and plots accuracy over zeros.
//
//     dotnet fsi samples/06-own-method.fsx [FOLDER OF THE IDX FILES]        (after ./sparse has set things up once)

#load "references.fsx"
#load "plot.fsx"

open System
open TorchSharp
open SparseHybrid.Data
open SparseHybrid.Methods
open SparseHybrid.Models
open SparseHybrid.Optim
open SparseHybrid.Training

/// v = 0.9 v + 0.1 (g + decay x); x = backward step of size 1, whatever the schedule says, from x - h v.
let constantThreshold =
    CustomMethod.create "proximal SGD, constant threshold" [ "velocity" ] (fun point gradient parameter state backward ->
        let velocity = state["velocity"] * 0.9 + (gradient + parameter * 5e-4) * 0.1
        backward 1.0 (parameter - velocity * point.StepSize), [ ("velocity", velocity) ])

let methods: (MethodOptions * string) list =
    [
        XrdaOptions(), "#2e6f9e"
        ProximalSgdOptions(), "#d1495b"
        CustomMethodOptions constantThreshold, "#5aa469"
    ]

let strengths = [ 1e-6; 4e-6; 1.6e-5; 6.4e-5 ]

/// At most so many of the training images, to be quick.
let data =
    let folder = fsi.CommandLineArgs |> Array.tryItem 1 |> Option.toObj
    let all = ImageDatasets.Load("fashion-mnist", folder)
    let count = min 20000L all.Train.Count
    let first (tensor: torch.Tensor) = tensor.narrow(0L, 0L, count).clone()
    let train = all.Train
    TrainAndTest.InMemory(new LabelledImages(first train.Stored, first train.Labels, train.Classes, train.Normalisation), all.Test)

let train (method: MethodOptions) (strength: float) =
    torch.manual_seed 1L |> ignore

    use model =
        ModelCatalog.Create("lenet-300-100", data.Train.Classes, data.Train.InputShape)

    let options =
        SparseTrainerOptions(Epochs = 4, Method = method, Threads = 1, EvaluateEvery = 4).WithStrength strength

    SparseTrainer(model, options).Fit data

let fronts =
    [
        for method, colour in methods do
            printfn $"{method.Name}"

            {
                Plot.Name = method.Name
                Plot.Colour = colour
                Plot.Mark = Plot.Line
                Plot.Points =
                    [
                        for strength in strengths do
                            let report = train method strength
                            let zeros, accuracy = 100.0 * report.Sparsity, 100.0 * report.TestAccuracy
                            printfn $"  lambda %7.1e{strength}  accuracy %5.2f{accuracy} %%  zeros %5.2f{zeros} %%"
                            zeros, accuracy
                    ]
            }
    ]

Plot.save
    "own-method.svg"
    [
        {
            Title = "LeNet-300-100 on Fashion-MNIST, 4 epochs"
            XLabel = "zeros, % of the weights"
            YLabel = "accuracy, %"
            IsLogarithmic = false
            Series = fronts
        }
    ]
