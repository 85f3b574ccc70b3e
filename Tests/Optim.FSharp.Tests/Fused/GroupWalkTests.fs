module SparseHybrid.Optim.Tests.Fused.GroupWalkTests

open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private layout viewShape reduced : GroupLayout =
    { Shape = viewShape
      ViewShape = viewShape
      ReducedDimensions = reduced
      Arrangement = GroupArrangement.Reshaped }

/// Shapes of up to four dimensions with a choice of those that run inside a group; nearly all of them have loops.
let private layouts =
    gen {
        let! rank = Gen.choose (1, 4)
        let! shape = Gen.arrayOfLength rank (Gen.choose (1, 6))
        let! inside = Gen.arrayOfLength rank (Gen.elements [ true; false ])

        let reduced =
            [| for dimension in 0 .. rank - 1 do
                   if inside[dimension] then
                       int64 dimension |]

        return layout (Array.map int64 shape) reduced
    }
    |> Gen.filter (fun layout -> (GroupWalk.ofLayout layout).IsSome)

let private entryCount (layout: GroupLayout) =
    int (Array.fold (*) 1L layout.ViewShape)

/// 0, 1, 2, ... for the groups.
let private groupNumbers (layout: GroupLayout) =
    let groups = int (Array.fold (*) 1L layout.GroupShape)
    float32s layout.GroupShape (Array.init groups float)

/// The number of each entry's group, in the order of the entries.
let private groupOfEntry (layout: GroupLayout) =
    use _ = torch.NewDisposeScope()
    let numbers = groupNumbers layout
    entries (torch.zeros (layout.ViewShape, dtype = torch.float32) + numbers)

let private walked (layout: GroupLayout) = (GroupWalk.ofLayout layout).Value

[<Fact>]
let ``every grouping of the library is four loops`` () =
    let loops viewShape reduced =
        let walk = walked (layout viewShape reduced)
        walk.Outer, walk.Across, walk.Inner, walk.Run

    Assert.Equal((24, 1, 1, 1), loops [| 2L; 3L; 4L |] [||]) // element
    Assert.Equal((6, 1, 1, 9), loops [| 2L; 3L; 3L; 3L |] [| 2L; 3L |]) // kernel
    Assert.Equal((2, 1, 1, 27), loops [| 2L; 3L; 3L; 3L |] [| 1L; 2L; 3L |]) // output filter, row
    Assert.Equal((1, 2, 3, 9), loops [| 2L; 3L; 3L; 3L |] [| 0L; 2L; 3L |]) // input channel
    Assert.Equal((4, 2, 3, 9), loops [| 4L; 2L; 3L; 3L; 3L |] [| 1L; 3L; 4L |]) // of a grouped convolution
    Assert.Equal((1, 5, 7, 1), loops [| 5L; 7L |] [| 0L |]) // column
    Assert.Equal((5, 2, 7, 4), loops [| 5L; 2L; 7L; 4L |] [| 1L; 3L |]) // block
    Assert.Equal((1, 1, 1, 12), loops [| 3L; 4L |] [| 0L; 1L |]) // all
    Assert.True((GroupWalk.ofLayout (layout [| 2L; 2L; 2L; 2L |] [| 0L; 2L |])).IsNone)
    let ragged = Grouping.layout (Groupings.Block(2, 2)) [| 3L; 4L |]
    Assert.True((GroupWalk.ofLayout ragged).IsNone)
    let byHand = Grouping.layout (Groupings.Indices [ [ 0L; 2L ]; [ 1L; 3L ] ]) [| 4L |]
    Assert.True((GroupWalk.ofLayout byHand).IsNone)

[<Fact>]
let ``each entry gets the number of its group, wherever the block starts`` () =
    holds (Gen.zip layouts (Gen.choose (0, 10000))) (fun (layout, place) ->
        use _ = torch.NewDisposeScope()
        let count = entryCount layout
        let start = place % count
        let length = 1 + place / 7 % (count - start)
        let expected = groupOfEntry layout
        let perGroup = groupNumbers layout
        let scratch = torch.zeros (int64 (length + Lanes.Width), dtype = torch.float32)
        let perEntry = (Floats.Of scratch).Slice(0, length)
        GroupWalk.spread (walked layout) start (Floats.Of perGroup) perEntry
        Assert.Equal<float[]>(expected[start .. start + length - 1], (entries scratch)[.. length - 1]))

[<Fact>]
let ``the running averages and the largest are those of the pure arithmetic`` () =
    holds (Gen.zip layouts (Gen.choose (0, 1000000))) (fun (layout, seed) ->
        use _ = torch.NewDisposeScope()
        let random = System.Random seed

        let draw (shape: int64[]) lowest =
            float32s shape (Array.init (int (Array.fold (*) 1L shape)) (fun _ -> float (random.Next(lowest, 64)) / 64.0))

        let x = draw layout.ViewShape -64
        let average = draw layout.GroupShape 0
        let kept, fresh = 0.75, 0.25

        let expected =
            average * kept
            + (if Array.isEmpty layout.ReducedDimensions then
                   x.abs ()
               else
                   x.abs().mean(layout.ReducedDimensions, keepdim = true))
              * fresh

        let shares: FusedAverages.Shares =
            { Kept = float32 kept
              Fresh = float32 fresh }

        let largest =
            FusedAverages.update shares (walked layout) (Floats.Of x) (Floats.Of average)

        Assert.True(sameNumbers expected average)
        Assert.Equal(expected.max().item<float32>(), largest))
