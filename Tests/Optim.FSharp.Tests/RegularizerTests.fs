module SparseHybrid.Optim.Tests.RegularizerTests

open System
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

/// One row per regularizer, with the strength left open; the laws below hold for every row.
let private table: (string * (float -> Regularizer)) list =
    [ "Zero", (fun _ -> Regularizers.Zero())
      "L1", (fun strength -> Regularizers.L1 strength)
      "AdaptiveL1 by element", (fun strength -> Regularizers.AdaptiveL1(strength, 500.0, 9.5, Grouping.Element))
      "AdaptiveL1 by kernel", (fun strength -> Regularizers.AdaptiveL1(strength, 20.0, 0.0, Grouping.Kernel))
      "AdaptiveL1 by filter", (fun strength -> Regularizers.AdaptiveL1(strength, 1.0, 3.0, Grouping.OutputFilter)) ]

let private shape = [| 2L; 2L; 1L; 3L |]

let private entriesAndSteps = Gen.zip (arrayOf finite 12) nonNegative

let private backwardStep regularizer (step: float) =
    torch.full (Regularizer.groupShape regularizer shape, step.ToScalar(), dtype = torch.float64)

let private prox regularizer step (values: float[]) =
    use _ = torch.NewDisposeScope()

    let p =
        Regularizer.prox regularizer (backwardStep regularizer step) (float64s shape values)

    Assert.Equal<int64[]>(shape, p.shape)
    entries p

[<Fact>]
let ``the prox satisfies the three-point inequality of a convex minimiser`` () =
    for _, regularizer in table do
        holds (Gen.zip entriesAndSteps (arrayOf finite 12)) (fun ((z, step), u) ->
            let regularizer = regularizer 0.5
            let value = Array.sumBy abs >> (*) (step * Regularizer.strength regularizer)
            let square = Array.map2 (fun a b -> (a - b) * (a - b)) >> fun f b -> Array.sum (f b)
            let p = prox regularizer step z
            Assert.True(2.0 * (value p - value u) <= square u z - square u p - square p z + 1e-9))

[<Fact>]
let ``strength 0 is the identity and zero stays zero`` () =
    for name, regularizer in table do
        holds entriesAndSteps (fun (values, step) ->
            assertClose 0.0 0.0 name values (prox (regularizer 0.0) step values)
            assertClose 0.0 0.0 name (Array.zeroCreate 12) (prox (regularizer 0.5) step (Array.zeroCreate 12)))

[<Fact>]
let ``the prox never shares memory with its argument`` () =
    for name, regularizer in table do
        let regularizer = regularizer 0.0
        use x = float64s shape (Array.create 12 1.0)
        use step = backwardStep regularizer 1.0
        use p = Regularizer.prox regularizer step x
        p.mul_ (2.0.ToScalar()) |> ignore
        Assert.True(entries x |> Array.forall ((=) 1.0), name)

[<Fact>]
let ``numbers out of range are refused by name`` () =
    let refused name (make: unit -> Regularizer) =
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(fun () -> make () |> ignore).ParamName)

    refused "strength" (fun () -> Regularizers.L1 -1.0)
    refused "strength" (fun () -> Regularizers.L1 infinity)
    refused "Strength" (fun () -> Regularizers.AdaptiveL1(nan, 500.0, 9.5, Grouping.Element))
    refused "MaximumFactor" (fun () -> Regularizers.AdaptiveL1(1.0, 0.5, 9.5, Grouping.Element))
    refused "TimeScale" (fun () -> Regularizers.AdaptiveL1(1.0, 500.0, -1.0, Grouping.Element))

[<Fact>]
let ``regularizers are data: equal when their numbers are, printed with them`` () =
    let make () =
        Regularizers.AdaptiveL1(1e-6, 500.0, 9.5, Grouping.Kernel)

    Assert.Equal(make (), make ())
    Assert.NotEqual(make (), Regularizers.AdaptiveL1(2e-6, 500.0, 9.5, Grouping.Kernel))
    Assert.Contains("MaximumFactor = 500", string (make ()))
