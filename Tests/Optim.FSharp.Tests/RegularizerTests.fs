module SparseHybrid.Optim.Tests.RegularizerTests

open System
open SparseHybrid.Optim
open Xunit

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
