/// The golden numbers, golden/xrda_traces.json: computed in float64 by an independent program.
module SparseHybrid.Optim.Tests.GoldenFile

open System
open System.IO
open System.Text.Json
open SparseHybrid.Optim

let private root =
    let path = Path.Combine(AppContext.BaseDirectory, "golden", "xrda_traces.json")
    lazy (JsonDocument.Parse(File.ReadAllText path).RootElement)

/// NaN is written as a string.
let number (element: JsonElement) =
    if element.ValueKind = JsonValueKind.String && element.GetString() = "NaN" then
        nan
    else
        element.GetDouble()

let items (element: JsonElement) =
    [| for item in element.EnumerateArray() -> item |]

let numbers (element: JsonElement) = items element |> Array.map number

let field (name: string) (element: JsonElement) = element.GetProperty name

/// One recorded run of the method, on one tensor or on several that share their maximum.
type Trace(element: JsonElement) =
    let inputs = field "inputs" element
    let real name = field name inputs |> number

    member _.Name = (field "name" element).GetString()

    member _.Shapes =
        field "shapes" inputs |> items |> Array.map (items >> Array.map _.GetInt64())

    member _.Start = field "p0" inputs |> items |> Array.map numbers

    member _.Gradients =
        field "grads" inputs |> items |> Array.map (items >> Array.map numbers)

    member _.SharesMaximum = (field "shared_maximum" inputs).GetBoolean()

    member _.Policy =
        match (field "policy" inputs).GetString() with
        | "first" -> PublishedPolicy.First
        | "mid" -> PublishedPolicy.Mid
        | "head" -> PublishedPolicy.Head
        | other -> invalidOp $"The golden file names the policy '{other}'."

    member _.Options: AdaptiveL1 =
        { Strength = real "lam"
          MaximumFactor = real "maximum_factor"
          TimeScale = real "b_mom_ts"
          Grouping =
            match (field "mode" inputs).GetString() with
            | "normal" -> Grouping.Element
            | "kernel" -> Grouping.Kernel
            | "channel" -> Grouping.OutputFilter
            | other -> invalidOp $"The golden file names the mode '{other}'."
          WhenAllZero = WhenAllZero.MaximumWeight }

    /// The numbers of each step, and what the file records about it.
    member _.Steps: (DualAveraging.Hyperparameters * JsonElement)[] =
        [| for step in items (field "steps" element) ->
               { StepSize = field "step_size" step |> number
                 MomentumTimeScale = real "mom_ts"
                 Averaging = field "av_param" step |> number
                 WeightDecay = real "weight_decay" },
               step |]

let traces () =
    field "traces" root.Value |> items |> Array.map Trace

let analyticCase (name: string) =
    root.Value |> field "analytic_cases" |> field name

let relative (name: string) =
    root.Value |> field "relatives" |> field name

/// The recorded values of one published schedule.
let schedule (name: string) =
    [| for case in root.Value |> field "schedules" |> field name |> items ->
           {| TotalSteps = (field "max_iter" case).GetInt64()
              InitialStepSize = field "init_step_size" case |> number
              InitialAveraging =
               match case.TryGetProperty "init_av_param" with
               | true, value -> number value
               | false, _ -> 0.0
              Step = (field "it" case).GetInt64()
              StepSize = field "step_size" case |> number
              Averaging = field "av_param" case |> number |} |]

/// The exact prox of the log penalty, with its jump and cut-off, for four sets of numbers.
let logPenalties () =
    field "log_penalty_prox" root.Value |> items
