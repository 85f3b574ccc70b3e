/// The relatives of xRDA against short traces of an independent program.
module SparseHybrid.Optim.Tests.RelativesTests

open System.Text.Json
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.MethodRuns
open Xunit

/// Runs the method on a trace's gradients and hands each recorded step, with the moment after it, to the comparison.
let private follow name (startField: string) build (compare: JsonElement -> Moment -> unit) =
    let trace = GoldenFile.relative name
    let inputs = trace.GetProperty "inputs"

    let number (field: string) =
        GoldenFile.number (inputs.GetProperty field)

    let method, regularizer, shape, stepSize = build number
    let start = GoldenFile.numbers (inputs.GetProperty startField)

    let gradients =
        GoldenFile.items (inputs.GetProperty "grads") |> Array.map GoldenFile.numbers

    let history =
        runShaped method regularizer shape start (constantly stepSize 0.0 gradients.Length) (fun i _ -> gradients[i])

    let steps = GoldenFile.items (trace.GetProperty "steps")
    Assert.Equal(gradients.Length, steps.Length)
    Array.iter2 compare steps history[1..]

let private check (recorded: JsonElement) (field: string) actual =
    let recorded = recorded.GetProperty field

    let expected =
        if recorded.ValueKind = JsonValueKind.Array then
            GoldenFile.numbers recorded
        else
            [| GoldenFile.number recorded |]

    assertClose 1e-12 1e-14 field expected actual

[<Fact>]
let ``RDA follows Xiao's l1 form`` () =
    follow
        "rda_xiao_l1"
        "w_init"
        (fun number -> Rda.method Rda.published, Regularizers.L1(number "lam"), [| 4L |], 1.0 / number "gamma")
        (fun recorded moment ->
            check recorded "g_bar" moment.State["gradientAverage"]
            check recorded "w" moment.Parameter)

[<Fact>]
let ``gRDA follows the published accumulator and threshold`` () =
    let mutable strength = 0.0

    follow
        "grda_l1"
        "w0"
        (fun number ->
            strength <- number "c"
            Grda.method { ThresholdGrowth = number "mu" }, Regularizers.L1 strength, [| 4L |], number "lr")
        (fun recorded moment ->
            check recorded "accumulator" moment.State["forwardPoint"]
            check recorded "threshold" (moment.State["backwardStep"] |> Array.map ((*) strength))
            check recorded "w" moment.Parameter)

[<Fact>]
let ``RMDA follows the l1 trace`` () =
    follow
        "rmda_l1"
        "w0"
        (fun number ->
            Rmda.method
                { Mixing = number "c"
                  WeightDecay = 0.0 },
            Regularizers.L1(number "lam"),
            [| 4L |],
            number "eta")
        (fun recorded moment ->
            check recorded "alpha" moment.State["backwardStep"]
            check recorded "V" moment.State["gradientSum"]
            check recorded "W_tilde" moment.Model
            check recorded "W" moment.Parameter)

[<Fact>]
let ``RAMDA follows the l1 trace`` () =
    follow
        "ramda_l1"
        "w0"
        (fun number ->
            Ramda.method
                { Mixing = number "c"
                  Epsilon = number "epsilon"
                  WeightDecay = 0.0 },
            Regularizers.L1(number "lam"),
            [| 4L |],
            number "eta")
        (fun recorded moment ->
            check recorded "alpha" moment.State["backwardStep"]
            check recorded "V" moment.State["gradientSum"]
            check recorded "U" moment.State["squareSum"]
            check recorded "W_tilde" moment.Model
            check recorded "W" moment.Parameter)

[<Fact>]
let ``RMDA follows the trace with the group lasso of input units`` () =
    let mutable strength = 0.0

    follow
        "rmda_group_columns"
        "w0"
        (fun number ->
            strength <- number "lam"

            Rmda.method
                { Mixing = number "c"
                  WeightDecay = 0.0 },
            Regularizers.GroupLasso(strength, Grouping.Column),
            [| 2L; 2L |],
            number "eta")
        (fun recorded moment ->
            check recorded "W_tilde" moment.Model
            check recorded "W" moment.Parameter)
