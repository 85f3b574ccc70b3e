module SparseHybrid.Optim.Tests.AdaptiveL1Tests

open System
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private options: AdaptiveL1 =
    { Strength = 1e-3
      MaximumFactor = 500.0
      TimeScale = 3.0
      Grouping = Grouping.Element
      WhenAllZero = WhenAllZero.MaximumWeight }

let private kernels =
    { options with
        Grouping = Grouping.Kernel }

/// The weights that the magnitudes of x themselves give.
let private weightsOf (options: AdaptiveL1) (x: torch.Tensor) =
    use _ = torch.NewDisposeScope()
    let layout = Grouping.layout options.Grouping x.shape
    let average = torch.zeros (layout.GroupShape, dtype = x.dtype)
    let seen = AdaptiveL1.updateAverage { options with TimeScale = 0.0 } 1.0 average x
    entries (AdaptiveL1.weights options layout seen)

let private someEntries =
    Gen.choose (1, 12)
    |> Gen.bind (arrayOf finite)
    |> Gen.filter (Array.exists ((<>) 0.0))

let private factors = Gen.choose (0, 2000) |> Gen.map (fun n -> 1.0 + float n / 3.0)

[<Fact>]
let ``the largest entry has weight exactly 1 and a zero entry M, in both dtypes`` () =
    holds (Gen.zip factors someEntries) (fun (factor, values) ->
        for tensor in [ float32s; float64s ] do
            use x = tensor [| values.LongLength |] values
            let magnitudes = entries x |> Array.map abs
            let weights = weightsOf { options with MaximumFactor = factor } x

            for magnitude, weight in Array.zip magnitudes weights do
                if magnitude = Array.max magnitudes then
                    Assert.Equal(1.0, weight)

                if magnitude = 0.0 then
                    assertClose 2e-7 0.0 "M" [| factor |] [| weight |])

[<Fact>]
let ``weights lie between s and s M and fall as the magnitude rises`` () =
    holds (Gen.choose (1, 5) |> Gen.bind (fun groups -> arrayOf finite (groups * 3))) (fun values ->
        use x = float64s [| values.LongLength / 3L; 1L; 1L; 3L |] values
        use means = Grouping.meanMagnitude (Grouping.layout Grouping.Kernel x.shape) x

        if Array.exists ((<>) 0.0) values then
            let sorted =
                Array.zip (entries means) (weightsOf kernels x)
                |> Array.sortBy fst
                |> Array.map snd

            let s = sqrt 3.0
            Assert.All(sorted, fun weight -> Assert.InRange(weight, s * (1.0 - 1e-12), s * 500.0 * (1.0 + 1e-12)))
            Assert.True(sorted |> Array.pairwise |> Array.forall (fun (a, b) -> b <= a)))

[<Fact>]
let ``M = 1 gives weight 1 everywhere`` () =
    holds someEntries (fun values ->
        use x = float64s [| values.LongLength |] values
        Assert.All(weightsOf { options with MaximumFactor = 1.0 } x, fun weight -> Assert.Equal(1.0, weight)))

[<Fact>]
let ``scaling and flipping signs leave the weights alone`` () =
    holds someEntries (fun values ->
        use x = float64s [| values.LongLength |] values
        use scaled = x * -8.0
        assertClose 0.0 0.0 "weights" (weightsOf options x) (weightsOf options scaled))

[<Fact>]
let ``the first step's weights are those of the parameter itself, whatever the memory`` () =
    holds (Gen.zip (Gen.zip nonNegative nonNegative) someEntries) (fun ((timeScale, stepSize), values) ->
        use x = float64s [| values.LongLength |] values
        use zero = torch.zeros_like x
        let remembering = { options with TimeScale = timeScale }
        use average = AdaptiveL1.updateAverage remembering (stepSize + 0.1) zero x

        use weights =
            AdaptiveL1.weights remembering (Grouping.layout Grouping.Element x.shape) average

        assertClose 1e-12 0.0 "weights" (weightsOf options x) (entries weights))

[<Fact>]
let ``kernels of one entry are entries, and filters over one input channel are kernels`` () =
    holds (arrayOf finite 6) (fun values ->
        use pointwise = float64s [| 3L; 2L; 1L; 1L |] values
        assertClose 0.0 0.0 "1x1" (weightsOf options pointwise) (weightsOf kernels pointwise)
        use oneInput = float64s [| 3L; 1L; 1L; 2L |] values
        use oneByOne = float64s [| 3L; 2L; 1L; 1L |] values

        let filters =
            { options with
                Grouping = Grouping.OutputFilter }

        assertClose 1e-15 0.0 "filters" (weightsOf kernels oneInput) (weightsOf filters oneByOne))

[<Fact>]
let ``strength times weight times sign is the gradient of the log-sum penalty at fixed maximum`` () =
    let maximum, step = 4.0, 1e-6
    let factors = [ 1.0; 20.0; 500.0 ]

    for grouping in [ Grouping.Element; Grouping.Kernel; Grouping.OutputFilter ] do
        for factor in factors do
            holds (arrayOf finite 8) (fun values ->
                let options =
                    { options with
                        Grouping = grouping
                        MaximumFactor = factor }

                let values = values |> Array.map (fun x -> if abs x < 0.01 then 0.5 else x) // away from the kink
                let at (values: float[]) = float64s [| 2L; 2L; 1L; 2L |] values
                use x = at values
                let layout = Grouping.layout grouping x.shape
                use average = Grouping.meanMagnitude layout x
                use largest = float64s [||] [| maximum |]
                use weights = AdaptiveL1.weightsBelow options layout largest average
                let weights = entries weights

                for i in 0..7 do
                    let moved by =
                        use x =
                            at (values |> Array.mapi (fun j value -> if j = i then value + by else value))

                        AdaptiveL1.value options maximum x

                    let slope = (moved step - moved -step) / (2.0 * step)

                    let predicted =
                        options.Strength * weights[i / int layout.GroupSize] * float (sign values[i])

                    Assert.True(isClose 1e-5 1e-9 predicted slope, $"{grouping}, M = {factor}: {predicted:R} and {slope:R}"))

[<Fact>]
let ``an all-zero tensor gets the weight of its policy and never a NaN by default`` () =
    use zero = torch.zeros ([| 2L; 1L; 1L; 4L |], dtype = torch.float32)

    let weight policy =
        weightsOf { kernels with WhenAllZero = policy } zero |> Array.distinct

    Assert.Equal<float[]>([| 1000.0 |], weight WhenAllZero.MaximumWeight) // s = 2
    Assert.Equal<float[]>([| 2.0 |], weight WhenAllZero.UnitWeight)
    Assert.Equal<float[]>([| 0.0 |], weight WhenAllZero.ZeroWeight)
    Assert.All(weight WhenAllZero.NotANumber, fun weight -> Assert.True(Double.IsNaN weight))

    match Regularizers.AdaptiveL1(1e-3, 500.0, 9.5, Grouping.Element) with
    | Regularizer.AdaptiveL1 options -> Assert.Equal(WhenAllZero.ZeroWeight, options.WhenAllZero)
    | other -> Assert.Fail $"{other}"

[<Fact>]
let ``a tensor that became zero keeps the maximum weight after 5000 float32 steps`` () =
    use x = float32s [| 2L |] [| 1.0; 0.25 |]
    use zero = torch.zeros_like x
    let options = { options with TimeScale = 9.5 }
    let layout = Grouping.layout Grouping.Element x.shape
    let mutable average = AdaptiveL1.updateAverage options 1.0 zero x

    let look () =
        use previous = average
        average <- AdaptiveL1.updateAverage options 1.0 previous zero

    for _ in 1..100 do
        look ()

    use frozen = AdaptiveL1.weights options layout average
    assertClose 1e-4 0.0 "frozen" [| 1.0; 500.0 / (1.0 + 499.0 / 4.0) |] (entries frozen)

    for _ in 101..5000 do
        look ()

    use guarded = AdaptiveL1.weights options layout average
    assertClose 0.0 0.0 "guarded" [| 500.0; 500.0 |] (entries guarded)
    average.Dispose()

[<Fact>]
let ``a NaN in the running averages makes every weight NaN`` () =
    use x = float64s [| 3L |] [| 1.0; nan; 0.0 |]
    Assert.All(weightsOf options x, fun weight -> Assert.True(Double.IsNaN weight))

[<Fact>]
let ``an empty tensor has no weights`` () =
    use x = float64s [| 0L; 3L |] [||]
    Assert.Empty(weightsOf options x)

[<Fact>]
let ``ragged groups have the scale of their own size, and gradient of the potential stays strength times weight`` () =
    let grouping = Groupings.Block(2, 2)
    let options = { options with Grouping = grouping }
    let shape = [| 3L; 3L |] // tiles of 4, 2, 2 and 1 entries
    let values = [| 1.0; -2.0; 0.5; 3.0; 1.0; -1.0; 0.25; 4.0; -2.0 |]
    use x = float64s shape values
    let layout = Grouping.layout grouping shape
    use average = Grouping.meanMagnitude layout x
    use largest = float64s [||] [| 4.0 |]
    use weights = AdaptiveL1.weightsBelow options layout largest average
    let means = [| 7.0 / 4.0; 0.75; 4.25 / 2.0; 2.0 |]
    let scales = [| 2.0; sqrt 2.0; sqrt 2.0; 1.0 |]

    let expected =
        Array.map2 (fun s a -> s * 500.0 / (1.0 + 499.0 * a / 4.0)) scales means

    assertClose 1e-13 0.0 "weights" expected (entries weights)
    let groups = [| 0; 0; 1; 0; 0; 1; 2; 2; 3 |]

    for i in 0..8 do
        let moved by =
            use x =
                float64s shape (values |> Array.mapi (fun j v -> if i = j then v + by else v))

            AdaptiveL1.value options 4.0 x

        let slope = (moved 1e-6 - moved -1e-6) / 2e-6
        Assert.True(isClose 1e-5 1e-9 (options.Strength * expected[groups[i]] * float (sign values[i])) slope)

[<Fact>]
let ``as a regularizer its value is the potential at its own maximum; the group lasso's is the weighted norm`` () =
    use x = float64s [| 1L; 2L; 1L; 2L |] [| 3.0; 4.0; 0.0; 1.0 |]
    let kernels = { kernels with TimeScale = 0.0 }
    Assert.Equal(AdaptiveL1.value kernels 3.5 x, Regularizer.value (Regularizer.AdaptiveL1 kernels) x, 1e-14)
    let weights = weightsOf kernels x
    let expected = kernels.Strength * (5.0 * weights[0] + 1.0 * weights[1])
    Assert.Equal(expected, Regularizer.value (Regularizer.AdaptiveGroupLasso kernels) x, 1e-14)
