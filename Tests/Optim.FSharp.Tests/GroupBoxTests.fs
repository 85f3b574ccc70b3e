module SparseHybrid.Optim.Tests.GroupBoxTests

open System
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

/// Groupings with shapes that they divide, and for each entry, row-major, the number of its group.
let private cases: (Grouping * int64[] * int[]) list =
    let byIndex (shape: int64[]) (group: int[] -> int) =
        let sizes = shape |> Array.map int

        [| for flat in 0 .. Array.fold (*) 1 sizes - 1 do
               let index = Array.zeroCreate sizes.Length
               let mutable rest = flat

               for dimension in sizes.Length - 1 .. -1 .. 0 do
                   index[dimension] <- rest % sizes[dimension]
                   rest <- rest / sizes[dimension]

               group index |]

    let case grouping shape group = grouping, shape, byIndex shape group

    [ case Grouping.Element [| 2L; 3L |] (fun i -> 3 * i[0] + i[1])
      case Grouping.Kernel [| 2L; 3L; 2L; 2L |] (fun i -> 3 * i[0] + i[1])
      case Grouping.OutputFilter [| 2L; 3L; 2L |] (fun i -> i[0])
      case (Groupings.InputChannel 1) [| 2L; 3L; 2L; 2L |] (fun i -> i[1])
      // In two groups of filters, input channel 1 of the second is channel 4 of the convolution.
      case (Groupings.InputChannel 2) [| 4L; 3L; 1L; 2L |] (fun i -> 3 * (i[0] / 2) + i[1])
      case (Groupings.InputChannel 5) [| 5L; 1L; 2L; 2L |] (fun i -> i[0])
      case Grouping.Row [| 3L; 4L |] (fun i -> i[0])
      case Grouping.Row [| 3L; 2L; 2L; 1L |] (fun i -> i[0])
      case Grouping.Column [| 3L; 4L |] (fun i -> i[1])
      case Grouping.Column [| 3L; 2L; 2L |] (fun i -> 2 * i[1] + i[2])
      case (Groupings.Block(2, 3)) [| 4L; 6L |] (fun i -> 2 * (i[0] / 2) + i[1] / 3)
      case (Groupings.Block(2, 4)) [| 2L; 2L; 2L; 2L |] (fun i -> i[1])
      case (Groupings.Block(2, 3)) [| 5L; 7L |] (fun i -> 3 * (i[0] / 2) + i[1] / 3)
      case (Groupings.Block(9, 9)) [| 2L; 3L |] (fun _ -> 0)
      Groupings.Indices [ [ 5L; 0L ]; [ 1L; 2L; 4L ]; [ 3L ] ], [| 2L; 3L |], [| 0; 1; 1; 2; 1; 0 |]
      Groupings.Indices [ [ 3L; 0L ]; [ 1L; 2L ] ], [| 4L |], [| 0; 1; 1; 0 |] ]

let private members (groups: int[]) =
    groups
    |> Array.indexed
    |> Array.groupBy snd
    |> Array.sortBy fst
    |> Array.map (fun (_, entries) -> Array.map fst entries)

[<Fact>]
let ``view and unview are inverse, and padding is zero`` () =
    for grouping, shape, groups in cases do
        holds (arrayOf finite groups.Length) (fun values ->
            use x = float64s shape values
            let layout = Grouping.layout grouping shape
            use box = GroupBox.view layout x
            use back = GroupBox.unview layout box
            Assert.Equal<int64[]>(layout.ViewShape, box.shape)
            Assert.True(sameBits x back, $"{grouping}")
            let sum = Array.sumBy abs
            assertClose 1e-12 0.0 $"{grouping}" [| sum values |] [| sum (entries box) |])

[<Fact>]
let ``sizes, means and norms are those of exactly the entries of each group`` () =
    for grouping, shape, groups in cases do
        let members = members groups
        let layout = Grouping.layout grouping shape
        let lengths = members |> Array.map _.LongLength
        Assert.Equal<int64[]>(lengths, layout.GroupSizes)
        Assert.Equal(Array.max lengths, layout.GroupSize)
        Assert.Equal((Array.distinct lengths).Length = 1, layout.IsUniform)

        holds (arrayOf finite groups.Length) (fun values ->
            use x = float64s shape values
            use box = GroupBox.view layout x
            use norms = GroupBox.norms layout box
            use means = Grouping.meanMagnitude layout x
            use roots = GroupBox.perGroup layout sqrt x

            let per (f: float[] -> float) =
                members |> Array.map (Array.map (fun i -> values[i]) >> f)

            Assert.Equal<int64[]>(layout.GroupShape, norms.shape)
            assertClose 1e-14 0.0 $"norms by {grouping}" (per (Array.sumBy (fun v -> v * v) >> sqrt)) (entries norms)
            assertClose 1e-14 0.0 $"means by {grouping}" (per (Array.averageBy abs)) (entries means)
            let rooted = lengths |> Array.map (float >> sqrt)
            assertClose 1e-15 0.0 $"roots by {grouping}" (if layout.IsUniform then rooted[..0] else rooted) (entries roots))

[<Fact>]
let ``norms neither overflow nor underflow, and 3, 4 gives exactly 5`` () =
    let layout = Grouping.layout Grouping.Row [| 6L; 2L |]

    use box =
        float32s [| 6L; 2L |] [| 3.0; -4.0; 3e30; 4e30; 3e-38; 4e-38; 0.0; 0.0; infinity; 1.0; nan; 1.0 |]

    use norms = GroupBox.norms layout box
    assertClose 1e-6 0.0 "norms" [| 5.0; 5e30; 5e-38; 0.0; infinity; nan |] (entries norms)
    Assert.Equal(5.0, (entries norms)[0])

[<Fact>]
let ``a group of one entry has exactly its magnitude as norm`` () =
    holds (arrayOf finite 5) (fun values ->
        use x = float64s [| 5L; 1L |] values
        use norms = GroupBox.norms (Grouping.layout Grouping.Row x.shape) x
        assertClose 0.0 0.0 "norms" (Array.map abs values) (entries norms))

[<Fact>]
let ``empty tensors have groups of mean and norm 0`` () =
    use x = float64s [| 3L; 0L |] [||]
    let layout = Grouping.layout Grouping.Row x.shape
    use means = Grouping.meanMagnitude layout x
    use norms = GroupBox.norms layout x
    assertClose 0.0 0.0 "means" [| 0.0; 0.0; 0.0 |] (entries means)
    assertClose 0.0 0.0 "norms" [| 0.0; 0.0; 0.0 |] (entries norms)
