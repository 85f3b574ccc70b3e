/// Regularizers as JSON, for run records and checkpoints: a case without numbers is its name, any other an object such as
/// {"case":"L1","strength":0.001}. Numbers are read back exactly; infinite ones are words.
[<RequireQualifiedAccess>]
module SparseHybrid.Optim.RegularizerJson

open System
open System.Buffers
open System.Globalization
open System.Text
open System.Text.Json
open System.Text.Json.Nodes
open FSharp.Reflection

let private camelCase = JsonNamingPolicy.CamelCase.ConvertName

let private refuse (why: string) =
    raise (ArgumentException($"This does not describe what it should: {why}", "json"))

let private number (writer: Utf8JsonWriter) (value: float) =
    if Double.IsFinite value then
        writer.WriteNumberValue value
    else
        writer.WriteStringValue(value.ToString CultureInfo.InvariantCulture)

let private fields (writer: Utf8JsonWriter) (named: (string * (unit -> unit)) list) =
    writer.WriteStartObject()

    for name, value in named do
        writer.WritePropertyName name
        value ()

    writer.WriteEndObject()

let rec private write (writer: Utf8JsonWriter) (value: objnull) : unit =
    let named (properties: Reflection.PropertyInfo[]) (values: objnull[]) =
        [ for property, value in Array.zip properties values -> camelCase property.Name, (fun () -> write writer value) ]

    let union (unionType: Type) =
        let case, values = FSharpValue.GetUnionFields(value, unionType)

        if Array.isEmpty values then
            writer.WriteStringValue case.Name
        else
            ("case", (fun () -> writer.WriteStringValue case.Name))
            :: named (case.GetFields()) values
            |> fields writer

    match value with
    | :? float as value -> number writer value
    | :? int as value -> writer.WriteNumberValue value
    | :? IndexGroups as groups -> JsonSerializer.Serialize(writer, groups.Groups)
    | :? CustomPenalty as penalty ->
        fields
            writer
            [ "name", (fun () -> writer.WriteStringValue penalty.Name)
              "strength", (fun () -> number writer penalty.Strength) ]
    | :? AdaptiveL1 as options ->
        named (FSharpType.GetRecordFields typeof<AdaptiveL1>) (FSharpValue.GetRecordFields options)
        |> fields writer
    | :? Grouping -> union typeof<Grouping>
    | :? WhenAllZero -> union typeof<WhenAllZero>
    | _ -> union typeof<Regularizer>

let private field (node: JsonObject) (name: string) : JsonNode =
    match node[name] with
    | null -> refuse $"'{name}' is missing in {node.ToJsonString()}."
    | value -> value

let private only (names: string list) (node: JsonObject) =
    for pair in node do
        if not (List.contains pair.Key names) then
            refuse $"'{pair.Key}' is unknown in {node.ToJsonString()}."

let rec private read (custom: string -> float -> CustomPenalty) (wanted: Type) (node: JsonNode) : objnull =
    let asObject () =
        match node with
        | :? JsonObject as node -> node
        | _ -> refuse $"{node.ToJsonString()} should have fields."

    if wanted = typeof<float> then
        match node.GetValueKind() with
        | JsonValueKind.Number -> node.GetValue<float>()
        | _ -> Double.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture)
    elif wanted = typeof<int> then
        node.GetValue<int>()
    elif wanted = typeof<IndexGroups> then
        IndexGroups.Create(node.Deserialize<int64[][]>() |> Option.ofObj |> Option.defaultValue [||])
    elif wanted = typeof<CustomPenalty> then
        let node = asObject ()
        custom ((field node "name").GetValue<string>()) ((field node "strength").GetValue<float>())
    elif wanted = typeof<AdaptiveL1> then
        let node = asObject ()
        let properties = FSharpType.GetRecordFields wanted
        only [ for property in properties -> camelCase property.Name ] node

        let values =
            properties
            |> Array.map (fun property -> read custom property.PropertyType (field node (camelCase property.Name)))

        FSharpValue.MakeRecord(wanted, values)
    else
        readUnion custom wanted node

and private readUnion custom (wanted: Type) (node: JsonNode) : objnull =
    let named (name: string) =
        match FSharpType.GetUnionCases wanted |> Array.tryFind (fun case -> case.Name = name) with
        | Some case -> case
        | None -> refuse $"there is no {wanted.Name} '{name}'."

    match node with
    | :? JsonObject as node ->
        let case = named ((field node "case").GetValue<string>())
        let names = [ for property in case.GetFields() -> camelCase property.Name ]
        only ("case" :: names) node

        let values =
            case.GetFields()
            |> Array.map (fun property -> read custom property.PropertyType (field node (camelCase property.Name)))

        FSharpValue.MakeUnion(case, values)
    | _ ->
        let case = named (node.GetValue<string>())

        if Array.isEmpty (case.GetFields()) then
            FSharpValue.MakeUnion(case, [||])
        else
            refuse $"'{case.Name}' needs numbers."

let private textOf (value: obj) : string =
    let buffer = ArrayBufferWriter<byte>()
    use writer = new Utf8JsonWriter(buffer)
    write writer value
    writer.Flush()
    Encoding.UTF8.GetString buffer.WrittenSpan

let private parsed<'T> custom (json: string) : 'T =
    try
        match JsonNode.Parse json with
        | null -> refuse "it is null."
        | node -> unbox<'T>(read custom typeof<'T> node)
    with
    | :? JsonException
    | :? FormatException
    | :? InvalidOperationException as error ->
        raise (ArgumentException($"This does not describe what it should: {error.Message}", nameof json, error))

let private noCustom (name: string) (_: float) : CustomPenalty =
    refuse $"the penalty '{name}' is not of this library; ofJsonWith can be told where to find it."

/// <summary>The regularizer as JSON on one line.</summary>
/// <param name="regularizer">Any. Of a penalty of one's own only name and strength are written.</param>
[<CompiledName("ToJson")>]
let toJson (regularizer: Regularizer) : string = textOf regularizer

/// <summary>The inverse of <see cref="toJson"/>.</summary>
/// <param name="custom">Finds a penalty of one's own by its name and strength.</param>
/// <param name="json">What <see cref="toJson"/> gave.</param>
/// <exception cref="T:System.ArgumentException">It is not JSON, not a regularizer, or a number is out of its range.</exception>
[<CompiledName("OfJsonWith")>]
let ofJsonWith (custom: string -> float -> CustomPenalty) (json: string) : Regularizer =
    let regularizer = parsed<Regularizer> custom json
    Regularizer.validate regularizer
    regularizer

/// <summary>As <see cref="ofJsonWith"/>, for penalties of this library.</summary>
/// <param name="json">What <see cref="toJson"/> gave.</param>
/// <exception cref="T:System.ArgumentException">It is not JSON, not a regularizer, a penalty of one's own, or a number is out of its
/// range.</exception>
[<CompiledName("OfJson")>]
let ofJson (json: string) : Regularizer = ofJsonWith noCustom json

/// <summary>A grouping alone, in the same form: "Kernel" or {"case":"Block","rows":2,"columns":4}.</summary>
/// <param name="grouping">Any.</param>
[<CompiledName("GroupingToJson")>]
let groupingToJson (grouping: Grouping) : string = textOf grouping

/// <summary>The inverse of <see cref="groupingToJson"/>.</summary>
/// <param name="json">What <see cref="groupingToJson"/> gave.</param>
/// <exception cref="T:System.ArgumentException">It is not JSON, not a grouping, or a number is out of its range.</exception>
[<CompiledName("GroupingOfJson")>]
let groupingOfJson (json: string) : Grouping =
    let grouping = parsed<Grouping> noCustom json
    Grouping.validate grouping
    grouping
