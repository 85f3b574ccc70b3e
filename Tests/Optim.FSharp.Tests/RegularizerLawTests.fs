module SparseHybrid.Optim.Tests.RegularizerLawTests

open System
open FsCheck
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.RegularizerTable
open Xunit

let private strength = 0.5

/// From hardly any to more than the entries can bear.
let private steps: Gen<float> =
    Gen.choose (0, 400) |> Gen.map (fun n -> float n / 100.0)

let private pointsAndStep = Gen.zip (arrayOf finite length) steps

let private square (x: float[]) (y: float[]) =
    Array.fold2 (fun sum a b -> sum + (a - b) * (a - b)) 0.0 x y

let private inner (x: float[]) (y: float[]) =
    Array.fold2 (fun sum a b -> sum + a * b) 0.0 x y

/// Every row in turn; a failure says which.
let private forEachRow (law: Row -> unit) =
    for row in rows do
        try
            law row
        with error ->
            raise (Xunit.Sdk.XunitException($"{row.Name}: {error.Message}", error))

[<Fact>]
let ``the regularizer's prox is the operator of its own file`` () =
    forEachRow (fun row ->
        holds pointsAndStep (fun (z, step) ->
            use x = float64s shape z
            use expected = (row.Operator step strength).Prox x
            assertClose 1e-12 1e-14 row.Name (entries expected) (prox (row.Make strength) step z)))

[<Fact>]
let ``convex: the prox satisfies the three-point inequality of a minimiser`` () =
    forEachRow (fun row ->
        if (Regularizer.facts (row.Make strength) shape).IsConvex then
            holds (Gen.zip pointsAndStep (arrayOf finite length)) (fun ((z, step), other) ->
                let operator = row.Operator step strength
                let value = operatorValue operator
                let p = prox (row.Make strength) step z
                Assert.True(Double.IsFinite(value p), "the result violates the constraint")
                let inside = prox (row.Make strength) step other // so that u often satisfies a constraint

                for u in [ other; inside; z; Array.zeroCreate length ] do
                    let right = square u z - square u p - square p z
                    Assert.True(2.0 * (value p - value u) <= right + 1e-8, $"beaten by {u}")))

/// Points that could beat a wrong minimiser: the obvious ones, neighbours, and the result with one entry moved.
let private rivals (z: float[]) (p: float[]) (other: float[]) =
    seq {
        z
        other
        Array.zeroCreate length

        for share in [ 0.25; 0.5; 0.75; 0.9; 0.99; 1.01 ] do
            Array.map ((*) share) p
            Array.map ((*) share) z

        for i in 0 .. length - 1 do
            for entry in
                [ 0.0
                  z[i]
                  p[i] * 1.001
                  p[i] * 0.999
                  (p[i] + z[i]) / 2.0
                  z[i] / 2.0
                  other[i] ] do
                Array.updateAt i entry p
    }

[<Fact>]
let ``not convex: the prox is lowest among its rivals`` () =
    forEachRow (fun row ->
        if not (Regularizer.facts (row.Make strength) shape).IsConvex then
            holds (Gen.zip pointsAndStep (arrayOf finite length)) (fun ((z, step), other) ->
                let value = operatorValue (row.Operator step strength)
                let objective u = value u + square u z / 2.0
                let p = prox (row.Make strength) step z
                let lowest = objective p
                Assert.True(Double.IsFinite lowest)

                for u in rivals z p other do
                    Assert.True(lowest <= objective u + 1e-8, $"at step {step}, z = {z}: beaten by {u}")))

[<Fact>]
let ``entry by entry and on a grid nothing is lower than the prox`` () =
    let alone (operator: Operator) (y: float) =
        use x = float64s [| 1L |] [| y |]
        operator.Value x

    forEachRow (fun row ->
        holds (Gen.zip finite steps) (fun (z, step) ->
            let regularizer = row.Make strength

            match row.NaNReach with
            | Reach.Entry ->
                let operator = row.Operator step strength
                use _ = torch.NewDisposeScope()
                let b = backwardStep regularizer [| 1L |] torch.float64 step

                let p = (entries (Regularizer.prox regularizer b (float64s [| 1L |] [| z |])))[0]

                let objective y =
                    alone operator y + (y - z) * (y - z) / 2.0

                let lowest = objective p

                for k in -60 .. 60 do
                    Assert.True(lowest <= objective (float k / 15.0) + 1e-9, $"step {step}, z = {z}, p = {p}: {float k / 15.0} is lower")
            | _ -> ()))

[<Fact>]
let ``Moreau: value and conjugate add up to the inner product of the prox and what it took away`` () =
    let mutable tested = 0

    forEachRow (fun row ->
        match row.Conjugate with
        | Some conjugate ->
            tested <- tested + 1

            holds pointsAndStep (fun (z, step) ->
                let p = prox (row.Make strength) step z
                let rest = Array.map2 (-) z p

                let sum =
                    operatorValue (row.Operator step strength) p + conjugate (step * strength) rest

                Assert.True(isClose 1e-9 1e-7 (inner p rest + 1.0) (sum + 1.0), $"{sum} is not {inner p rest}"))
        | None -> ())

    Assert.True(tested >= 8)

[<Fact>]
let ``Moreau: two operators that are each other's dual add up to the identity`` () =
    holds (Gen.zip (arrayOf finite length) nonNegative) (fun (z, t) ->
        let sum first second =
            Array.map2 (+) (prox first 1.0 z) (prox second 1.0 z)

        let close name actual =
            Assert.True(Array.forall2 (fun a b -> abs (a - b) <= 1e-12) z actual, name)

        close "l1 and box" (sum (Regularizers.L1 t) (Regularizers.Box(-t, t)))
        close "maximum and l1 ball" (sum (Regularizers.LInfinityNorm t) (Regularizers.L1Ball t))
        close "non-negative and non-positive" (sum (Regularizers.NonNegative()) (Regularizers.Box(-infinity, 0.0))))

[<Fact>]
let ``while step size times weak convexity rho is below 1 the prox is (1 - s rho)-cocoercive; firmly non-expansive where convex`` () =
    forEachRow (fun row ->
        let facts = Regularizer.facts (row.Make strength) shape

        holds (Gen.zip pointsAndStep (arrayOf finite length)) (fun ((x, share), y) ->
            // Convex: any step. Weakly convex: s rho from 0 to 0.99. Else there is no such step.
            let step =
                if facts.IsConvex then
                    share
                else
                    0.99 * share / (4.0 * facts.WeakConvexity)

            let margin =
                if facts.IsConvex then
                    1.0
                else
                    1.0 - step * facts.WeakConvexity

            if Double.IsFinite facts.WeakConvexity then
                let p = prox (row.Make strength) step x
                let q = prox (row.Make strength) step y
                let product = inner (Array.map2 (-) p q) (Array.map2 (-) x y)
                Assert.True(margin * square p q <= product + 1e-8, $"step {step}: {square p q} and {product}")))

[<Fact>]
let ``the weak convexity is sharp: at steps a quarter above 1/rho the operator jumps`` () =
    for regularizer in
        [ Regularizers.LogSum(strength, 20.0, 1.5)
          Regularizers.Mcp(strength, 1.5)
          Regularizers.Scad(strength, 3.7) ] do
        use _ = torch.NewDisposeScope()
        let facts = Regularizer.facts regularizer [| 1L |]
        let b = backwardStep regularizer [| 1L |] torch.float64 (1.25 / facts.WeakConvexity)
        let points = float64s [| 4000L |] [| for k in 1..4000 -> float k / 1000.0 |]

        let largestMove =
            entries (Regularizer.prox regularizer b points)
            |> Array.pairwise
            |> Array.map (fun (low, high) -> high - low)
            |> Array.max

        Assert.True(largestMove > 0.01, $"{regularizer}: {largestMove} for points 0.001 apart")

[<Fact>]
let ``strength 0 is the identity, and so is step size 0; zero stays zero`` () =
    forEachRow (fun row ->
        holds pointsAndStep (fun (z, step) ->
            let zeros = Array.zeroCreate length
            assertClose 0.0 0.0 "zero" zeros (prox (row.Make strength) step zeros)

            if row.HasStrength then
                assertClose 0.0 0.0 "strength 0" z (prox (row.Make 0.0) step z)
                assertClose 0.0 0.0 "step 0" z (prox (row.Make strength) 0.0 z)
                use x = float64s shape z
                use same = (row.Operator step 0.0).Prox x
                assertClose 0.0 0.0 "operator" z (entries same)))

[<Fact>]
let ``the prox of an even penalty is odd, and only even ones say that they are`` () =
    forEachRow (fun row ->
        let isEven = (Regularizer.facts (row.Make strength) shape).IsEven
        Assert.Equal(row.Name <> "NonNegative" && row.Name <> "Box", isEven)

        if isEven then
            holds pointsAndStep (fun (z, step) ->
                let p = prox (row.Make strength) step z
                let mirrored = prox (row.Make strength) step (Array.map (~-) z)

                // A singular value decomposition need not treat x and -x alike to the last bit.
                if row.Name = "NuclearNorm" then
                    for value, opposite in Array.zip p mirrored do
                        Assert.Equal(-value, opposite, 1e-12 * (1.0 + abs value))
                else
                    assertClose 0.0 0.0 "odd" (Array.map (~-) p) mirrored))

[<Fact>]
let ``penalties kill with exact zeros when the step is large enough, and never leave a minus zero`` () =
    forEachRow (fun row ->
        holds pointsAndStep (fun (z, step) ->
            if row.HasStrength && row.Name <> "Custom" then
                assertClose 0.0 0.0 "killed" (Array.zeroCreate length) (prox (row.Make strength) 1e4 z)

            use negative = float64s shape (Array.map (fun v -> -(abs v)) z)
            use p = (row.Operator step strength).Prox negative

            if row.Name <> "Custom" then
                Assert.DoesNotContain(entries p, fun v -> v = 0.0 && Double.IsNegative v)))

[<Fact>]
let ``in place equals pure to the last bit, in both dtypes, NaN and infinities included`` () =
    forEachRow (fun row ->
        holds (Gen.zip (arrayOf anyNumber length) steps) (fun (values, step) ->
            if row.Name <> "Zero" then
                for tensor in [ float32s; float64s ] do
                    use x = tensor shape values
                    let operator = row.Operator step strength
                    use expected = operator.Prox x
                    operator.ProxInPlace x
                    Assert.True(sameBits expected x)))

[<Fact>]
let ``float32 follows float64`` () =
    forEachRow (fun row ->
        holds (Gen.zip (arrayOf dyadic length) (Gen.choose (1, 64))) (fun (z, n) ->
            let step = float n / 16.0
            use exact = float64s shape z
            use single = float32s shape z
            let operator = row.Operator step strength
            use p = operator.Prox exact
            use q = operator.Prox single
            Assert.Equal(torch.float32, q.dtype)

            for z, (p, q) in Array.zip z (Array.zip (entries p) (entries q)) do
                // Rounding may decide a jump the other way; then one is zero.
                Assert.True(abs (p - q) <= 1e-5 * (1.0 + abs z) || p = 0.0 || q = 0.0, $"{z}: {p} and {q}")))

[<Fact>]
let ``a NaN spreads no further than the operator says`` () =
    let reached (row: Row) index =
        match row.NaNReach with
        | Reach.Entry -> Set.singleton index
        | Reach.Everywhere -> set [ 0 .. length - 1 ]
        | Reach.Group grouping ->
            use _ = torch.NewDisposeScope()
            let layout = Grouping.layout grouping shape
            let marks = Array.init length (fun i -> if i = index then 1.0 else 0.0)
            let perGroup = Grouping.meanMagnitude layout (float64s shape marks)
            let spread = torch.zeros (layout.ViewShape, dtype = torch.float64) + perGroup

            GroupBox.unview layout spread
            |> entries
            |> Array.indexed
            |> Array.filter (fun (_, mark) -> mark > 0.0)
            |> Array.map fst
            |> Set.ofArray

    forEachRow (fun row ->
        for index in [ 0; 4; 11 ] do
            let z = Array.init length (fun i -> if i = index then nan else 3.0 + float i)
            let p = prox (row.Make strength) 0.25 z

            let isNaN =
                set
                    [ for i in 0 .. length - 1 do
                          if Double.IsNaN p[i] then
                              i ]

            Assert.Equal<Set<int>>(reached row index, isNaN))

[<Fact>]
let ``every rank, empty and all-zero tensors keep shape and dtype`` () =
    let shapes: int64[] list =
        [ [||]
          [| 5L |]
          [| 0L |]
          [| 3L; 4L |]
          [| 3L; 0L |]
          [| 0L; 3L |]
          [| 2L; 3L; 2L |]
          [| 2L; 2L; 1L; 3L |]
          [| 0L; 2L; 3L; 3L |]
          [| 2L; 2L; 1L; 2L; 2L |] ]

    forEachRow (fun row ->
        for shape in shapes do
            for dtype in [ torch.float32; torch.float64 ] do
                use _ = torch.NewDisposeScope()
                let regularizer = row.Make strength
                let b = backwardStep regularizer shape dtype 0.5
                let ones = Regularizer.prox regularizer b (torch.ones (shape, dtype = dtype))
                Assert.Equal<int64[]>(shape, ones.shape)
                Assert.Equal(dtype, ones.dtype)
                Assert.All(entries ones, fun v -> Assert.True(Double.IsFinite v))
                let zeros = torch.zeros (shape, dtype = dtype)
                let p = Regularizer.prox regularizer b zeros
                Assert.Equal<int64[]>(shape, p.shape)
                Assert.All(entries p, fun v -> Assert.Equal(0.0, v))
                Assert.Equal(0.0, Regularizer.value regularizer zeros))

[<Fact>]
let ``the prox never shares memory with its argument, and leaves no tensor behind`` () =
    forEachRow (fun row ->
        for strength in [ 0.0; strength ] do
            let regularizer = row.Make strength
            use x = float64s shape (Array.create length 0.1)
            use b = backwardStep regularizer shape torch.float64 1.0

            let live () =
                DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount

            let before = live ()
            let p = Regularizer.prox regularizer b x
            (p.mul_ (2.0.ToScalar())).Dispose()
            p.Dispose()
            Regularizer.value regularizer x |> ignore

            if row.Name <> "Zero" then
                use copy = x.clone ()
                (row.Operator 1.0 strength).ProxInPlace copy

            if row.Name <> "Custom" then // what the test's own functions leave is not ours
                Assert.Equal(before, live ())

            Assert.All(entries x, fun v -> Assert.Equal(0.1, v)))

[<Fact>]
let ``values are those of the operator's own file`` () =
    forEachRow (fun row ->
        if not (row.Name.StartsWith "Adaptive") then
            holds (arrayOf finite length) (fun z ->
                use x = float64s shape z
                let expected = (row.Operator 1.0 strength).Value x
                Assert.True(isClose 1e-12 1e-13 expected (Regularizer.value (row.Make strength) x))))

[<Fact>]
let ``regularizers are data: equal when their numbers are, different from each other, printed with their names`` () =
    let made = rows |> List.map (fun row -> row.Name, row.Make strength)

    for row in rows do
        Assert.Equal(row.Make strength, row.Make strength)
        Assert.Equal(hash (row.Make strength), hash (row.Make strength))
        Assert.Equal(not row.HasStrength, (row.Make strength = row.Make 0.25))
        let name = (row.Name.Split [| ' '; ',' |])[0]
        Assert.Contains(name, string (row.Make strength))

    Assert.Equal(made.Length, made |> List.map snd |> List.distinct |> List.length)

[<Fact>]
let ``dual averaging takes every regularizer: pure and in place agree, zeros included`` () =
    forEachRow (fun row ->
        use _ = torch.NewDisposeScope()
        let regularizer = row.Make 0.05
        let random = Random 7

        let draw () =
            float32s shape (Array.init length (fun _ -> random.NextDouble() * 2.0 - 1.0))

        let hyper =
            { Runs.hyper 0.5 2.0 0.3 with
                WeightDecay = 0.01 }

        let parameter = draw ()
        let mutable pureParameter = parameter.clone ()
        let mutable pureState = DualAveraging.init regularizer parameter
        let mutable state = DualAveraging.init regularizer parameter

        for _ in 1..8 do
            let gradient = draw ()

            let struct (next, nextState) =
                DualAveraging.step hyper regularizer gradient pureParameter pureState

            pureParameter <- next
            pureState <- nextState
            state <- DualAveraging.stepInPlace hyper regularizer gradient parameter state

        assertClose 1e-4 1e-6 row.Name (entries pureParameter) (entries parameter))
