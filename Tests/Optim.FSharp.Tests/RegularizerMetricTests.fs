module SparseHybrid.Optim.Tests.RegularizerMetricTests

open System
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.RegularizerTable
open Xunit

let private covered =
    rows |> List.filter (fun row -> Regularizer.hasProxInMetric (row.Make 0.5))

let private positive =
    Gen.choose (-30, 30) |> Gen.map (fun n -> exp (float n / 10.0))

let private cases =
    Gen.zip (Gen.zip (arrayOf finite length) nonNegative) (Gen.zip (arrayOf positive length) (arrayOf finite length))

let private proxIn (metric: float[]) regularizer step (values: float[]) =
    use _ = torch.NewDisposeScope()
    let b = backwardStep regularizer shape torch.float64 step

    Regularizer.proxInMetric regularizer b (float64s shape metric) (float64s shape values)
    |> entries

[<Fact>]
let ``in the metric 1 it is the plain operator`` () =
    Assert.True(covered.Length >= 12)

    for row in covered do
        holds (Gen.zip (arrayOf finite length) nonNegative) (fun (z, step) ->
            let actual = proxIn (Array.create length 1.0) (row.Make 0.5) step z
            assertClose 1e-9 1e-12 row.Name (prox (row.Make 0.5) step z) actual)

[<Fact>]
let ``it is the minimiser in the metric: three-point inequality if convex, lowest among rivals if not`` () =
    for row in covered do
        holds cases (fun ((z, step), (metric, u)) ->
            let value = operatorValue (row.Operator step 0.5)

            let square x y =
                Array.fold2 (fun sum m d -> sum + m * d * d) 0.0 metric (Array.map2 (-) x y)

            let p = proxIn metric (row.Make 0.5) step z

            if (Regularizer.facts (row.Make 0.5) shape).IsConvex then
                let right = square u z - square u p - square p z
                Assert.True(2.0 * (value p - value u) <= right + 1e-7, row.Name)
            else
                let objective x = value x + square x z / 2.0

                for i in 0 .. length - 1 do
                    for entry in [ 0.0; z[i]; u[i] ] do
                        Assert.True(objective p <= objective (Array.updateAt i entry p) + 1e-8, row.Name))

[<Fact>]
let ``what is not covered is refused and says where to ask`` () =
    for row in rows do
        let regularizer = row.Make 0.5

        if not (Regularizer.hasProxInMetric regularizer) then
            let error =
                Assert.Throws<ArgumentException>(fun () ->
                    proxIn (Array.create length 1.0) regularizer 1.0 (Array.zeroCreate length)
                    |> ignore)

            Assert.Equal("regularizer", error.ParamName)
            Assert.Contains("hasProxInMetric", error.Message)
