module SparseHybrid.Optim.Tests.Prox.GroupSoftThresholdTests

open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private golden name =
    GoldenFile.analyticCase name |> GoldenFile.items

let private numbers name case =
    GoldenFile.field name case |> GoldenFile.numbers

let private number name case =
    GoldenFile.field name case |> GoldenFile.number

let private row (values: float[]) =
    float64s [| 1L; values.LongLength |] values

[<Fact>]
let ``golden: group prox`` () =
    let cases = golden "group_prox"
    Assert.Equal(3, cases.Length)

    for case in cases do
        use z = row (numbers "z" case)
        use p = GroupSoftThreshold.prox (number "t" case) Grouping.Row z
        assertClose 1e-12 1e-14 "prox" (numbers "prox" case) (entries p)

[<Fact>]
let ``golden: sparse group prox, in its own order and no other`` () =
    for case in golden "sparse_group_prox" do
        let t1, t2 = number "t1" case, number "t2" case
        use z = row (numbers "z" case)
        use p = SparseGroupLasso.prox t1 t2 Grouping.Row z
        assertClose 1e-12 1e-14 "prox" (numbers "prox" case) (entries p)
        use group = GroupSoftThreshold.prox t2 Grouping.Row z
        use wrong = SoftThreshold.prox t1 group
        assertClose 1e-12 1e-14 "wrong order" (numbers "wrong_order" case) (entries wrong)

        let objective (x: float[]) =
            use x = row x
            let distance = Array.map2 (fun a b -> (a - b) ** 2.0 / 2.0) (entries x) (entries z)
            SparseGroupLasso.value t1 t2 Grouping.Row x + Array.sum distance

        Assert.True(objective (entries p) < objective (entries wrong))

[<Fact>]
let ``entry by entry it is the soft threshold; without one of its parts the sparse form is the other part`` () =
    holds (Gen.zip nonNegative (arrayOf finite 8)) (fun (t, values) ->
        use x = float64s [| 2L; 2L; 1L; 2L |] values
        use soft = SoftThreshold.prox t x
        use element = GroupSoftThreshold.prox t Grouping.Element x
        assertClose 1e-14 1e-15 "element" (entries soft) (entries element)
        use group = GroupSoftThreshold.prox t Grouping.Kernel x
        use noEntries = SparseGroupLasso.prox 0.0 t Grouping.Kernel x
        use noGroups = SparseGroupLasso.prox t 0.0 Grouping.Kernel x
        assertClose 0.0 0.0 "no entries" (entries group) (entries noEntries)
        assertClose 0.0 0.0 "no groups" (entries soft) (entries noGroups))

[<Fact>]
let ``(z - p) / t is a unit vector along the group where it lives, and at most one where it died`` () =
    holds (Gen.zip nonNegative (arrayOf finite 6)) (fun (t, values) ->
        use x = float64s [| 2L; 3L |] values
        use p = GroupSoftThreshold.prox t Grouping.Row x
        let p = entries p

        for group in 0..1 do
            let z, p = values[3 * group .. 3 * group + 2], p[3 * group .. 3 * group + 2]
            let norm = Array.sumBy (fun v -> v * v) >> sqrt
            let taken = norm (Array.map2 (-) z p)

            if Array.forall ((=) 0.0) p then
                Assert.True(norm z <= t * (1.0 + 1e-12))
            else
                Assert.Equal(t, taken, 1e-10))

[<Fact>]
let ``every group has its own threshold when there are several`` () =
    use x = float64s [| 3L; 2L |] [| 3.0; 4.0; 3.0; 4.0; 3.0; 4.0 |]
    use thresholds = float64s [| 3L; 1L |] [| 0.0; 2.5; infinity |]

    use p =
        GroupSoftThreshold.proxWeighted thresholds (Grouping.layout Grouping.Row x.shape) x

    assertClose 1e-15 0.0 "prox" [| 3.0; 4.0; 1.5; 2.0; 0.0; 0.0 |] (entries p)

[<Fact>]
let ``an infinite entry stays infinite and shields its group`` () =
    use x = row [| infinity; 1.0; -2.0 |]
    use p = GroupSoftThreshold.prox 5.0 Grouping.Row x
    assertClose 0.0 0.0 "prox" [| infinity; 1.0; -2.0 |] (entries p)

[<Fact>]
let ``groups too small to be squared are not lost`` () =
    use x = float32s [| 1L; 2L |] [| 3e-30; 4e-30 |]
    use p = GroupSoftThreshold.prox 2.5e-30 Grouping.Row x
    assertClose 1e-6 0.0 "prox" [| 1.5e-30; 2e-30 |] (entries p)
