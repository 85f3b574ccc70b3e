module SparseHybrid.Optim.Tests.Prox.MetricGroupSoftThresholdTests

open System
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private positive =
    Gen.choose (-60, 60) |> Gen.map (fun n -> exp (float n / 10.0)) // from 0.002 to 400

[<Fact>]
let ``golden: metric group prox`` () =
    let cases = GoldenFile.analyticCase "metric_group_prox" |> GoldenFile.items
    Assert.NotEmpty cases

    for case in cases do
        let numbers name =
            GoldenFile.field name case |> GoldenFile.numbers

        let number name =
            GoldenFile.field name case |> GoldenFile.number

        use metric = float64s [| 1L; 3L |] (numbers "P")
        use y = float64s [| 1L; 3L |] (numbers "y")
        use p = MetricGroupSoftThreshold.prox (number "t") metric Grouping.Row y
        assertClose 1e-12 1e-14 "prox" (numbers "prox") (entries p)
        use norm = p.norm ()
        assertClose 1e-12 0.0 "norm" [| number "nu" |] (entries norm)

let private cases = Gen.zip3 nonNegative (arrayOf positive 6) (arrayOf finite 6)

[<Fact>]
let ``the gradient vanishes where a group lives; where it died the pull ||P x|| is at most t`` () =
    holds cases (fun (t, metric, values) ->
        use p = float64s [| 2L; 3L |] metric
        use x = float64s [| 2L; 3L |] values
        use y = MetricGroupSoftThreshold.prox t p Grouping.Row x
        let y = entries y

        for group in 0..1 do
            let part (a: float[]) = a[3 * group .. 3 * group + 2]
            let norm = Array.sumBy (fun v -> v * v) >> sqrt
            let metric, z, y = part metric, part values, part y
            let pull = Array.map3 (fun m a b -> m * (a - b)) metric z y

            if norm y = 0.0 then
                Assert.True(norm pull <= t * (1.0 + 1e-12))
            else
                let along = Array.map (fun v -> t * v / norm y) y
                Assert.All(Array.map2 (-) pull along, fun v -> Assert.InRange(v, -1e-9, 1e-9)))

[<Fact>]
let ``a constant metric c is the plain operator with threshold t/c; threshold 0 is the identity`` () =
    holds (Gen.zip3 nonNegative positive (arrayOf finite 6)) (fun (t, c, values) ->
        use x = float64s [| 2L; 3L |] values
        use metric = torch.full_like (x, c.ToScalar())
        use expected = GroupSoftThreshold.prox (t / c) Grouping.Row x
        use actual = MetricGroupSoftThreshold.prox t metric Grouping.Row x
        assertClose 1e-9 1e-12 "constant" (entries expected) (entries actual)
        use same = MetricGroupSoftThreshold.prox 0.0 metric Grouping.Row x
        assertClose 0.0 0.0 "identity" values (entries same))

[<Fact>]
let ``entry by entry it is the soft threshold t/P; in place equals pure, in float32 and with ragged groups`` () =
    holds cases (fun (t, metric, values) ->
        use p = float32s [| 2L; 3L |] metric
        use x = float32s [| 2L; 3L |] values
        use expected = SoftThreshold.proxWeighted (t / p) x
        use element = MetricGroupSoftThreshold.prox t p Grouping.Element x
        assertClose 1e-6 1e-6 "element" (entries expected |> Array.map (fun v -> v + 10.0)) (entries element |> Array.map (fun v -> v + 10.0))

        for grouping in
            [ Grouping.Column
              Groupings.Block(2, 2)
              Groupings.Indices [ [ 0L; 5L ]; [ 1L; 2L; 3L; 4L ] ] ] do
            use pure' = MetricGroupSoftThreshold.prox t p grouping x
            use copy = x.clone ()
            MetricGroupSoftThreshold.proxInPlace t p grouping copy
            Assert.True(sameBits pure' copy)
            Assert.DoesNotContain(entries copy, Double.IsNaN))

[<Fact>]
let ``metrics that differ by twelve orders of magnitude are no trouble`` () =
    use metric = float64s [| 1L; 3L |] [| 1e-6; 1.0; 1e6 |]
    use x = float64s [| 1L; 3L |] [| 5.0; -1.0; 0.01 |]
    use y = MetricGroupSoftThreshold.prox 3.0 metric Grouping.Row x
    let y = entries y
    let norm = sqrt (Array.sumBy (fun v -> v * v) y)

    for m, z, y in Array.zip3 (entries metric) (entries x) y do
        Assert.True(isClose 1e-9 0.0 (m * (z - y)) (3.0 * y / norm))

[<Fact>]
let ``zero groups, empty tensors and NaN`` () =
    use metric = torch.ones ([| 3L; 2L |], dtype = torch.float64)
    use x = float64s [| 3L; 2L |] [| 0.0; 0.0; nan; 1.0; 3.0; 4.0 |]
    use y = MetricGroupSoftThreshold.prox 2.5 metric Grouping.Row x
    assertClose 1e-14 0.0 "prox" [| 0.0; 0.0; nan; nan; 1.5; 2.0 |] (entries y)
    use empty = float64s [| 3L; 0L |] [||]
    use none = MetricGroupSoftThreshold.prox 2.5 empty Grouping.Row empty
    Assert.Equal<int64[]>([| 3L; 0L |], none.shape)
    Assert.Equal(2.5 * 5.0, MetricGroupSoftThreshold.value 2.5 Grouping.Row (float64s [| 1L; 2L |] [| 3.0; 4.0 |]), 1e-12)

[<Fact>]
let ``a metric of another shape is refused`` () =
    use metric = torch.ones ([| 2L |], dtype = torch.float64)
    use x = float64s [| 1L; 2L |] [| 3.0; 4.0 |]

    let error =
        Assert.Throws<ArgumentException>(fun () -> (MetricGroupSoftThreshold.prox 1.0 metric Grouping.Row x).Dispose())

    Assert.Equal("metric", error.ParamName)
