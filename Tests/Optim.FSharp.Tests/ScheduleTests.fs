module SparseHybrid.Optim.Tests.ScheduleTests

open System
open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

/// Every recorded point of one schedule, at the file's tolerances.
let private agrees name count (point: float -> float -> int64 -> int64 -> SchedulePoint) =
    let cases = GoldenFile.schedule name
    Assert.Equal(count, cases.Length)

    for case in cases do
        let point =
            point case.InitialStepSize case.InitialAveraging case.TotalSteps case.Step

        assertClose 1e-12 1e-14 $"{name}, step size" [| case.StepSize |] [| point.StepSize |]
        assertClose 1e-12 1e-14 $"{name}, averaging" [| case.Averaging |] [| point.Averaging |]

[<Fact>]
let ``the cosine schedules agree with the golden values`` () =
    agrees "CosineSpecs" 7 (fun initial _ -> Schedule.cosine initial)
    agrees "CosineSpecs_init_av" 3 Schedule.cosineFromAveraging

[<Fact>]
let ``the exponential cosine schedule agrees with the golden values`` () =
    agrees "ExpCosineSpecs" 5 (fun initial _ -> Schedule.exponentialCosine initial)

[<Fact>]
let ``the published halving schedule ends at 2^-10, tied throughout`` () =
    let stepsPerEpoch = 391L

    let milestones =
        [ for epoch in 60L :: [ 100L..40L..420L ] -> (epoch + 1L) * stepsPerEpoch ]

    let at = Schedule.halving 1.0 milestones
    Assert.Equal({ StepSize = 1.0; Averaging = 0.0 }, at milestones.Head)
    Assert.Equal({ StepSize = 0.5; Averaging = 0.5 }, at (milestones.Head + 1L))
    let last = at (500L * stepsPerEpoch)
    Assert.Equal((1.0 / 1024.0, 1.0 - 1.0 / 1024.0), (last.StepSize, last.Averaging))

[<Fact>]
let ``stages multiply the step size after each milestone and tie the averaging`` () =
    holds (Gen.zip (Gen.choose (0, 10)) (Gen.choose (1, 40))) (fun (tenths, step) ->
        let factor = float tenths / 10.0
        let point = Schedule.stages 2.0 factor [ 30L; 10L; 20L ] (int64 step)
        let share = pown factor ((step - 1) / 10 |> min 3)
        Assert.Equal(2.0 * share, point.StepSize, 1e-14)
        Assert.Equal(1.0 - share, point.Averaging, 1e-14))

[<Fact>]
let ``warm-up scales the first step sizes and nothing else`` () =
    let schedule = Schedule.cosine 1.0 100L

    for step in 1L .. 100L do
        let point = Schedule.warmUp 10L schedule step
        let plain = schedule step
        Assert.Equal(plain.Averaging, point.Averaging)
        Assert.Equal(plain.StepSize * min 1.0 (float step / 10.0), point.StepSize, 1e-15)

    Assert.Equal(schedule 1L, Schedule.warmUp 0L schedule 1L)

[<Fact>]
let ``an averaging of its own leaves the step size`` () =
    let schedule = Schedule.cosine 1.0 100L
    let point = Schedule.withAveraging 0.25 schedule 60L
    Assert.Equal((schedule(60L).StepSize, 0.25), (point.StepSize, point.Averaging))

[<Fact>]
let ``the cosine schedule ties the step size to the averaging and falls to exactly 0`` () =
    holds (Gen.zip nonNegative (Gen.choose (1, 10000))) (fun (initial, total) ->
        let points =
            [| for step in 1L .. int64 total / 7L + 1L -> Schedule.cosine initial total step |]

        for point in points do
            Assert.Equal(initial * (1.0 - point.Averaging), point.StepSize, 1e-13)
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
    refused (fun () -> Schedule.exponentialCosine 1.0 10L 11L)
    refused (fun () -> Schedule.stages 1.0 0.5 [ 3L ] 0L)

[<Fact>]
let ``settings out of range are refused by name`` () =
    let refused name (point: unit -> SchedulePoint) =
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(fun () -> point () |> ignore).ParamName)

    refused "stepSize" (fun () -> Schedule.constant -1.0 0.0 1L)
    refused "averaging" (fun () -> Schedule.constant 1.0 1.5 1L)
    refused "initialStepSize" (fun () -> Schedule.cosine nan 10L 1L)
    refused "totalSteps" (fun () -> Schedule.cosine 1.0 0L 1L)
    refused "initialAveraging" (fun () -> Schedule.cosineFromAveraging 1.0 -0.1 10L 1L)
    refused "initialStepSize" (fun () -> Schedule.tied infinity 0.5)
    refused "averaging" (fun () -> Schedule.tied 1.0 nan)
    refused "factor" (fun () -> Schedule.stages 1.0 2.0 [] 1L)
    refused "warmUpSteps" (fun () -> Schedule.warmUp -1L (Schedule.cosine 1.0 10L) 1L)
    refused "averaging" (fun () -> Schedule.withAveraging 2.0 (Schedule.cosine 1.0 10L) 1L)
