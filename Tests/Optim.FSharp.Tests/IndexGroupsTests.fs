module SparseHybrid.Optim.Tests.IndexGroupsTests

open System
open SparseHybrid.Optim
open Xunit

let private groups: int64 list list = [ [ 5L; 0L ]; [ 1L; 2L; 4L ]; [ 3L ] ]

[<Fact>]
let ``groups are kept as they were given`` () =
    let made = IndexGroups.Create groups
    Assert.Equal(6L, made.EntryCount)
    Assert.Equal<int64 list list>(groups, made.Groups |> Seq.map List.ofSeq |> List.ofSeq)

[<Fact>]
let ``groups are data: equal by their indices, printed with them`` () =
    Assert.Equal(IndexGroups.Create groups, IndexGroups.Create groups)
    Assert.Equal((IndexGroups.Create groups).GetHashCode(), (IndexGroups.Create groups).GetHashCode())
    Assert.NotEqual(IndexGroups.Create groups, IndexGroups.Create(List.rev groups))
    Assert.NotEqual(IndexGroups.Create [ [ 0L ]; [ 1L ] ], IndexGroups.Create [ [ 0L; 1L ] ])
    Assert.False((IndexGroups.Create groups).Equals "groups")
    Assert.Equal(Groupings.Indices groups, Groupings.Indices groups)
    Assert.Contains("5L; 0L", string (Groupings.Indices groups))

[<Fact>]
let ``no groups divide no entries`` () =
    let none = IndexGroups.Create([]: int64 list list)
    Assert.Equal(0L, none.EntryCount)
    Assert.Equal(0L, none.Longest)

let bad: obj[][] =
    [| [| [ [ 0L; 0L ]; [ 1L ] ] |] // twice
       [| [ [ 0L; 3L ]; [ 1L ] ] |] // out of range, so that 2 is missing
       [| [ [ -1L; 0L ] ] |]
       [| [ [ 0L ]; [] ] |] |]

[<Theory; MemberData(nameof bad)>]
let ``what is not a partition into non-empty groups is refused`` (groups: int64 list list) =
    let error =
        Assert.Throws<ArgumentException>(fun () -> IndexGroups.Create groups |> ignore)

    Assert.Equal("groups", error.ParamName)
