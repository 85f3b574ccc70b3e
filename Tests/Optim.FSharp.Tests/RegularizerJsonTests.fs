module SparseHybrid.Optim.Tests.RegularizerJsonTests

open System
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.RegularizerTable
open Xunit

let private findCustom =
    fun name strength ->
        match (List.last rows).Make strength with
        | Regularizer.Custom penalty when penalty.Name = name -> penalty
        | other -> invalidOp $"The table's last row is {other}."

[<Fact>]
let ``every regularizer comes back equal, whatever the digits of its numbers`` () =
    for row in rows do
        for strength in [ 0.0; 1.0 / 3.0; 1e-6; 5e-324 ] do
            let regularizer = row.Make strength
            let json = RegularizerJson.toJson regularizer
            Assert.DoesNotContain("\n", json)
            Assert.Equal(regularizer, RegularizerJson.ofJsonWith findCustom json)

[<Fact>]
let ``every grouping comes back equal, and so do infinite bounds and policies`` () =
    let groupings =
        [ Grouping.Element
          Grouping.Kernel
          Grouping.OutputFilter
          Groupings.InputChannel 3
          Grouping.Row
          Grouping.Column
          Groupings.Block(4, 16)
          Groupings.Indices [ [ 2L; 0L ]; [ 1L ] ] ]

    let policies =
        [ WhenAllZero.MaximumWeight
          WhenAllZero.UnitWeight
          WhenAllZero.ZeroWeight
          WhenAllZero.NotANumber ]

    let regularizers =
        [ Regularizers.Box(-infinity, 1.0)
          Regularizers.Box(0.0, infinity)
          for grouping in groupings do
              Regularizers.GroupLasso(0.1, grouping)

              for policy in policies do
                  match Regularizers.AdaptiveL1(0.1, 500.0, 9.5, grouping) with
                  | Regularizer.AdaptiveL1 options -> Regularizer.AdaptiveL1 { options with WhenAllZero = policy }
                  | other -> other ]

    for regularizer in regularizers do
        Assert.Equal(regularizer, regularizer |> RegularizerJson.toJson |> RegularizerJson.ofJson)

[<Fact>]
let ``the text is what the documentation says`` () =
    let json (regularizer: Regularizer) = RegularizerJson.toJson regularizer
    Assert.Equal("\"Zero\"", json (Regularizers.Zero()))
    Assert.Equal("""{"case":"L1","strength":0.001}""", json (Regularizers.L1 0.001))
    let block = Regularizers.GroupLasso(0.5, Groupings.Block(2, 4))
    Assert.Equal("""{"case":"GroupLasso","strength":0.5,"grouping":{"case":"Block","rows":2,"columns":4}}""", json block)

[<Fact>]
let ``a grouping alone comes back equal, and is refused with a reason`` () =
    for grouping in [ Grouping.Kernel; Groupings.Block(2, 4); Groupings.Indices [ [ 1L; 0L ] ] ] do
        Assert.Equal(grouping, grouping |> RegularizerJson.groupingToJson |> RegularizerJson.groupingOfJson)

    let refused (reason: string) json =
        let error =
            Assert.ThrowsAny<ArgumentException>(fun () -> RegularizerJson.groupingOfJson json |> ignore)

        Assert.Contains(reason, error.Message)

    refused "no Grouping 'Tile'" "\"Tile\""
    refused "1 or more" """{"case":"Block","rows":0,"columns":4}"""
    refused "once" """{"case":"Indices","groups":[[0,0]]}"""

[<Theory;
  InlineData("", "JSON");
  InlineData("null", "null");
  InlineData("[]", "");
  InlineData("\"L2\"", "no Regularizer 'L2'");
  InlineData("\"L1\"", "needs numbers");
  InlineData("{\"case\":\"L1\"}", "'strength' is missing");
  InlineData("{\"strength\":1}", "'case' is missing");
  InlineData("{\"case\":\"L1\",\"strength\":1,\"lambda\":1}", "'lambda' is unknown");
  InlineData("{\"case\":\"L1\",\"strength\":\"big\"}", "big");
  InlineData("{\"case\":\"L1\",\"strength\":-1}", "0 or more");
  InlineData("{\"case\":\"AdaptiveL1\",\"options\":{\"strength\":1}}", "'maximumFactor' is missing");
  InlineData("{\"case\":\"AdaptiveL1\",\"options\":3}", "should have fields");
  InlineData("{\"case\":\"NToM\",\"kept\":2.5,\"consecutive\":4}", "");
  InlineData("{\"case\":\"Custom\",\"penalty\":{\"name\":\"ridge\",\"strength\":1}}", "'ridge' is not of this library")>]
let ``what is not a regularizer is refused with a reason`` (json: string) (reason: string) =
    let error =
        Assert.ThrowsAny<ArgumentException>(fun () -> RegularizerJson.ofJson json |> ignore)

    Assert.Contains(reason, error.Message)
