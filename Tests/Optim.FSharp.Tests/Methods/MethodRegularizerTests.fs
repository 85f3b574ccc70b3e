/// Every method with every row of the table of regularizers.
module SparseHybrid.Optim.Tests.MethodRegularizerTests

open System
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.RegularizerTable
open Xunit

let names () =
    [ for method in Methods.all -> [| box method.Name |] ]

let private start () =
    float32s shape [| 0.3; -0.1; 0.02; 0.05; -0.2; 0.15; 0.004; -0.006; 0.0; 0.5; -0.4; 0.1 |]

let private gradient (step: int64) =
    float32s shape (Array.init length (fun i -> sin (float i + 3.0 * float step) / 4.0))

[<Theory; MemberData(nameof names)>]
let ``six steps are finite, and in place they are the pure ones`` (name: string) =
    let method = Methods.all |> List.find (fun method -> method.Name = name)

    for row in rows do
        let regularizer = row.Make 0.02

        if Regularizer.hasProxInMetric regularizer || not method.NeedsMetric then
            use _ = torch.NewDisposeScope()
            let parameter = start ()
            let mutable pureParameter = start ()
            let mutable pureState = Method.init method regularizer parameter
            let mutable state = Method.init method regularizer parameter

            for step in 1L .. 6L do
                let point = Schedule.cosine 0.5 8L step

                let struct (next, nextState) =
                    Method.step method point regularizer (gradient step) pureParameter pureState

                pureParameter <- next
                pureState <- nextState
                state <- Method.stepInPlace method point regularizer (gradient step) parameter state

            Assert.All(entries parameter, fun v -> Assert.True(Double.IsFinite v, $"{row.Name}: {v}"))
            assertClose 1e-4 1e-6 row.Name (entries pureParameter) (entries parameter)

[<Fact>]
let ``methods with a metric refuse the regularizers that have no operator in it`` () =
    let methods = Methods.all |> List.filter _.NeedsMetric
    Assert.Equal<string list>([ "RAMDA"; "proximal Adam" ], methods |> List.map _.Name)

    for method in methods do
        for row in rows do
            let regularizer = row.Make 0.02

            if not (Regularizer.hasProxInMetric regularizer) then
                use _ = torch.NewDisposeScope()
                let parameter = start ()

                let error =
                    Assert.Throws<ArgumentException>(fun () -> Method.init method regularizer parameter |> ignore)

                Assert.Equal("regularizer", error.ParamName)
