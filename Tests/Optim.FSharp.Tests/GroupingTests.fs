module SparseHybrid.Optim.Tests.GroupingTests

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
    Assert.False(
        { ViewShape = [| 4L; 5L |]
          ReducedDimensions = [| 0L |] }
            .IsRuns
    )

    Assert.True(
        { ViewShape = [| 4L; 5L |]
          ReducedDimensions = [| 0L; 1L |] }
            .IsRuns
    )

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
