module SparseHybrid.Optim.Tests.GroupingTests

open System
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private convolution = [| 2L; 3L; 2L; 2L |]

[<Fact>]
let ``a convolution has one group per entry, per kernel or per filter`` () =
    let shapeAndSize grouping =
        let layout = Grouping.layout grouping convolution
        layout.GroupShape, layout.GroupSize, layout.IsRuns

    Assert.Equal((convolution, 1L, true), shapeAndSize Grouping.Element)
    Assert.Equal(([| 2L; 3L; 1L; 1L |], 4L, true), shapeAndSize Grouping.Kernel)
    Assert.Equal(([| 2L; 1L; 1L; 1L |], 12L, true), shapeAndSize Grouping.OutputFilter)

[<Fact>]
let ``ranks 0 to 2 are element by element in every grouping`` () =
    for grouping in [ Grouping.Element; Grouping.Kernel; Grouping.OutputFilter ] do
        for shape in [ [||]; [| 3L |]; [| 4L; 5L |] ] do
            let layout = Grouping.layout grouping shape
            Assert.Equal<int64[]>(shape, layout.GroupShape)
            Assert.Equal(1L, layout.GroupSize)

[<Fact>]
let ``groups that do not end with the last dimension are not runs`` () =
    Assert.False((Grouping.layout Grouping.Column [| 4L; 5L |]).IsRuns)
    Assert.True((Grouping.layout Grouping.Row [| 4L; 5L |]).IsRuns)

[<Fact>]
let ``the magnitude of a group is the mean over exactly its entries`` () =
    let values = Array.init 24 (fun i -> if i % 2 = 0 then float i else float -i)
    use x = float64s convolution values

    let meansOf size =
        values |> Array.map abs |> Array.chunkBySize size |> Array.map Array.average

    for grouping, size in [ Grouping.Element, 1; Grouping.Kernel, 4; Grouping.OutputFilter, 12 ] do
        let layout = Grouping.layout grouping convolution
        use means = Grouping.meanMagnitude layout x
        Assert.Equal<int64[]>(layout.GroupShape, means.shape)
        assertClose 1e-15 0.0 $"{grouping}" (meansOf size) (entries means)

[<Fact>]
let ``input channels of grouped and depthwise convolutions are told apart`` () =
    let shapeAndSize groups (shape: int64[]) =
        let layout = Grouping.layout (Groupings.InputChannel groups) shape
        layout.GroupShape, layout.GroupSize

    Assert.Equal(([| 1L; 3L; 1L; 1L |], 8L), shapeAndSize 1 convolution)
    Assert.Equal(([| 2L; 1L; 3L; 1L; 1L |], 4L), shapeAndSize 2 convolution)
    Assert.Equal(([| 8L; 1L; 1L; 1L; 1L |], 9L), shapeAndSize 8 [| 8L; 1L; 3L; 3L |])

[<Fact>]
let ``vectors and numbers are element by element unless groups are given by hand`` () =
    for grouping in
        [ Grouping.Row
          Grouping.Column
          Groupings.Block(2, 2)
          Groupings.InputChannel 2 ] do
        for shape in [ [||]; [| 3L |] ] do
            Assert.Equal(1L, (Grouping.layout grouping shape).GroupSize)

    let byHand = Groupings.Indices [ [ 0L ]; [ 1L; 2L ] ]
    Assert.Equal<int64[]>([| 1L; 2L |], (Grouping.layout byHand [| 3L |]).GroupSizes)

[<Fact>]
let ``only whole tiles and plain dimensions at the end are runs`` () =
    let isRuns grouping shape = (Grouping.layout grouping shape).IsRuns
    Assert.True(isRuns Grouping.Row convolution)
    Assert.False(isRuns (Groupings.InputChannel 1) convolution)
    Assert.False(isRuns (Groupings.Block(1, 3)) [| 2L; 4L |])
    Assert.False(isRuns (Groupings.Indices [ [ 0L; 1L ]; [ 2L; 3L ] ]) [| 4L |])

[<Fact>]
let ``groupings that do not fit are refused with both numbers`` () =
    let refused (text: string) (grouping: Grouping) (shape: int64[]) =
        let error =
            Assert.Throws<ArgumentException>(fun () -> Grouping.layout grouping shape |> ignore)

        Assert.Equal("shape", error.ParamName)
        Assert.Contains(text, error.Message)

    refused "multiple of 3; this weight has shape [2, 3, 2, 2]" (Groupings.InputChannel 3) convolution
    refused "divide 3 entries; the weight of shape [2, 2] has 4" (Groupings.Indices [ [ 0L; 1L; 2L ] ]) [| 2L; 2L |]

[<Fact>]
let ``numbers below 1 are refused by name, also in a grouping made without its factory`` () =
    let refused name (action: unit -> unit) =
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(action).ParamName)

    refused "convolutionGroups" (fun () -> Groupings.InputChannel 0 |> ignore)
    refused "rows" (fun () -> Groupings.Block(0, 1) |> ignore)
    refused "columns" (fun () -> Groupings.Block(1, -1) |> ignore)
    refused "rows" (fun () -> Grouping.layout (Grouping.Block(0, 1)) [| 2L; 2L |] |> ignore)
