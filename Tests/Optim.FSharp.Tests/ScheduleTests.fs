module SparseHybrid.Optim.Tests.ScheduleTests

open System
open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``the cosine schedule agrees with the golden values`` () =
    let cases = GoldenFile.cosineSchedule ()
    Assert.Equal(7, cases.Length)

    for case in cases do
        let point = Schedule.cosine case.InitialStepSize case.TotalSteps case.Step
        assertClose 1e-12 1e-14 "step size" [| case.StepSize |] [| point.StepSize |]
        assertClose 1e-12 1e-14 "averaging" [| case.Averaging |] [| point.Averaging |]

[<Fact>]
let ``the cosine schedule ties the step size to the averaging and falls to exactly 0`` () =
    holds (Gen.zip nonNegative (Gen.choose (1, 10000))) (fun (initial, total) ->
        let points =
            [| for step in 1L .. int64 total / 7L + 1L -> Schedule.cosine initial total step |]

        for point in points do
            Assert.Equal(initial * (1.0 - point.Averaging), point.StepSize, 13)
            Assert.InRange(point.Averaging, 0.0, 1.0)

        Assert.True(
            points
            |> Array.pairwise
            |> Array.forall (fun (a, b) -> b.StepSize <= a.StepSize)
        )

        let last = Schedule.cosine initial total total
        Assert.Equal((0.0, 1.0), (last.StepSize, last.Averaging)))

[<Fact>]
let ``the constant schedule is constant`` () =
    for step in [ 1L; 2L; Int64.MaxValue ] do
        Assert.Equal({ StepSize = 0.5; Averaging = 0.25 }, Schedule.constant 0.5 0.25 step)

[<Fact>]
let ``steps before the first and after the last are refused`` () =
    let refused (point: unit -> SchedulePoint) =
        Assert.Equal("step", Assert.Throws<ArgumentOutOfRangeException>(fun () -> point () |> ignore).ParamName)

    refused (fun () -> Schedule.cosine 1.0 10L 0L)
    refused (fun () -> Schedule.cosine 1.0 10L 11L)
    refused (fun () -> Schedule.constant 1.0 0.0 0L)

[<Fact>]
let ``settings out of range are refused by name`` () =
    let refused name (point: unit -> SchedulePoint) =
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(fun () -> point () |> ignore).ParamName)

    refused "stepSize" (fun () -> Schedule.constant -1.0 0.0 1L)
    refused "averaging" (fun () -> Schedule.constant 1.0 1.5 1L)
    refused "initialStepSize" (fun () -> Schedule.cosine nan 10L 1L)
    refused "totalSteps" (fun () -> Schedule.cosine 1.0 0L 1L)
