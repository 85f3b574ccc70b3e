module SparseHybrid.Optim.Tests.DocumentationTests

open System
open System.IO
open System.Reflection
open System.Runtime.CompilerServices
open System.Xml.Linq
open SparseHybrid.Optim
open FSharp.Reflection
open Xunit

let private name (text: string) = XName.Get text

/// The documented members by their identifier, such as "M:Namespace.Module.Function(System.Double)".
let private documented =
    let file = Path.Combine(AppContext.BaseDirectory, "SparseHybrid.Optim.xml")

    lazy
        (XDocument.Load(file).Descendants(name "member")
         |> Seq.map (fun element ->
             match element.Attribute(name "name") with
             | null -> "", element
             | attribute -> attribute.Value, element)
         |> Map.ofSeq)

let private publicTypes =
    typeof<Regularizer>.Assembly.GetExportedTypes()
    |> Array.filter (fun each ->
        each.GetCustomAttribute<CompilerGeneratedAttribute>() |> isNull
        && each.Name <> "Tags")

let private identifier (each: Type) =
    (string each.FullName).Replace('+', '.')

/// Functions of modules and static members; what the compiler adds to unions and records is not ours to describe.
let private functions =
    [ for each in publicTypes do
          if each.IsAbstract && each.IsSealed then
              for method in each.GetMethods(BindingFlags.Public ||| BindingFlags.Static ||| BindingFlags.DeclaredOnly) do
                  if not method.IsSpecialName then
                      each, method ]

let private textOf (element: XElement) = element.Value.Trim()

[<Fact>]
let ``every public type says what it is`` () =
    Assert.True(publicTypes.Length > 10)

    for each in publicTypes do
        match documented.Value.TryFind $"T:{identifier each}" with
        | Some element -> Assert.NotEmpty(textOf element)
        | None -> Assert.Fail $"{each.FullName} has no doc comment"

[<Fact>]
let ``every public function has a summary and describes each of its parameters`` () =
    Assert.True(functions.Length > 20)

    for owner, method in functions do
        let start = $"M:{identifier owner}.{method.Name}"

        let element =
            documented.Value
            |> Map.tryPick (fun key element ->
                if key = start || key.StartsWith(start + "(") || key.StartsWith(start + "``") then
                    Some element
                else
                    None)

        match element with
        | None -> Assert.Fail $"{start} has no doc comment"
        | Some element ->
            let described =
                [ for parameter in element.Elements(name "param") -> parameter |> textOf, parameter ]

            let names =
                described
                |> List.choose (fun (_, parameter) -> parameter.Attribute(name "name") |> Option.ofObj)
                |> List.map _.Value

            Assert.NotEmpty(textOf element)
            Assert.All(described, fun (text, _) -> Assert.NotEmpty text)
            Assert.Equal<string list>([ for parameter in method.GetParameters() -> string parameter.Name ], names)

[<Fact>]
let ``every public field of a record says what it holds`` () =
    for each in publicTypes do
        if FSharpType.IsRecord each then
            for field in FSharpType.GetRecordFields each do
                Assert.True(documented.Value.ContainsKey $"P:{identifier each}.{field.Name}", $"{each.FullName}.{field.Name}")
