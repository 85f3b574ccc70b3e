module SparseHybrid.Optim.Tests.Prox.RangeTests

open System
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

/// The parameter that is out of range, and how each operator is called with it.
let private calls: (string * (float -> unit)) list =
    let x = float64s [| 1L; 2L |] [| 1.0; 2.0 |]
    let row = Grouping.Row

    let operator name prox proxInPlace value =
        [ name, (fun bad -> (prox bad x: TorchSharp.torch.Tensor).Dispose())
          name, (fun bad -> proxInPlace bad x)
          name, (fun bad -> (value bad x: float) |> ignore) ]

    List.concat
        [ operator "threshold" (fun t -> ElasticNet.prox t 1.0) (fun t -> ElasticNet.proxInPlace t 1.0) (fun t -> ElasticNet.value t 1.0)
          operator "quadratic" (ElasticNet.prox 1.0) (ElasticNet.proxInPlace 1.0) (ElasticNet.value 1.0)
          operator "threshold" HardThreshold.prox HardThreshold.proxInPlace HardThreshold.value
          operator "threshold" HalfThreshold.prox HalfThreshold.proxInPlace HalfThreshold.value
          operator "threshold" (fun t -> LogSum.prox t 2.0 1.0) (fun t -> LogSum.proxInPlace t 2.0 1.0) (fun t -> LogSum.value t 2.0 1.0)
          operator "maximum" (LogSum.prox 1.0 2.0) (LogSum.proxInPlace 1.0 2.0) (LogSum.value 1.0 2.0)
          operator "maximumFactor" (fun factor -> LogSum.prox 1.0 factor 1.0) (fun factor -> LogSum.proxInPlace 1.0 factor 1.0) (fun factor ->
              LogSum.value 1.0 factor 1.0)
          operator "threshold" (fun t -> LogGroupNorm.prox t 2.0 1.0 row) (fun t -> LogGroupNorm.proxInPlace t 2.0 1.0 row) (fun t ->
              LogGroupNorm.value t 2.0 1.0 row)
          operator "strength" (fun s -> Mcp.prox 1.0 s 3.0) (fun s -> Mcp.proxInPlace 1.0 s 3.0) (fun s -> Mcp.value s 3.0)
          operator "concavity" (Mcp.prox 1.0 1.0) (Mcp.proxInPlace 1.0 1.0) (Mcp.value 1.0)
          operator "strength" (fun s -> Scad.prox 1.0 s 3.0) (fun s -> Scad.proxInPlace 1.0 s 3.0) (fun s -> Scad.value s 3.0)
          operator "concavity" (Scad.prox 1.0 1.0) (Scad.proxInPlace 1.0 1.0) (Scad.value 1.0)
          operator "radius" L1Ball.prox L1Ball.proxInPlace L1Ball.value
          operator "threshold" LInfinityNorm.prox LInfinityNorm.proxInPlace LInfinityNorm.value
          operator "threshold" NuclearNorm.prox NuclearNorm.proxInPlace NuclearNorm.value
          operator "threshold" (fun t -> GroupSoftThreshold.prox t row) (fun t -> GroupSoftThreshold.proxInPlace t row) (fun t ->
              GroupSoftThreshold.value t row)
          operator "threshold" (fun t -> SparseGroupLasso.prox t 1.0 row) (fun t -> SparseGroupLasso.proxInPlace t 1.0 row) (fun t ->
              SparseGroupLasso.value t 1.0 row)
          operator "threshold" (fun t -> MetricGroupSoftThreshold.prox t x row) (fun t -> MetricGroupSoftThreshold.proxInPlace t x row) (fun t ->
              MetricGroupSoftThreshold.value t row)
          [ "stepSize", (fun bad -> (Mcp.prox bad 1.0 3.0 x).Dispose())
            "stepSize", (fun bad -> (Scad.prox bad 1.0 3.0 x).Dispose()) ] ]

[<Fact>]
let ``numbers that are negative, infinite or NaN are refused by name, and nothing is overwritten`` () =
    for name, call in calls do
        for bad in [ -1.0; nan; infinity ] do
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(fun () -> call bad).ParamName)

[<Fact>]
let ``numbers at the open end of their range are refused`` () =
    let refused name (action: unit -> unit) =
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(action).ParamName)

    refused "maximumFactor" (fun () -> LogSum.cutoff 1.0 1.0 1.0 |> ignore)
    refused "maximum" (fun () -> LogSum.jump 1.0 2.0 0.0 |> ignore)
    refused "concavity" (fun () -> Mcp.facts 1.0 0.0 |> ignore)
    refused "concavity" (fun () -> Scad.facts 1.0 1.0 |> ignore)
    refused "kept" (fun () -> NToM.facts 5 4 |> ignore)
    refused "kept" (fun () -> NToM.facts -1 4 |> ignore)
    refused "consecutive" (fun () -> NToM.facts 0 0 |> ignore)
