/// Where runs on small quadratics end, against closed forms.
module SparseHybrid.Optim.Tests.DualAveragingLimitTests

open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open SparseHybrid.Optim.Tests.Runs
open Xunit

let private numberOf (case: System.Text.Json.JsonElement) (field: string) =
    GoldenFile.number (case.GetProperty field)

let private numbersOf (case: System.Text.Json.JsonElement) (field: string) =
    GoldenFile.numbers (case.GetProperty field)

[<Theory; InlineData(0.0); InlineData(0.5); InlineData(0.9); InlineData(0.99); InlineData(1.0)>]
let ``plain l1 on a quadratic ends at the soft-thresholded centre, with its exact support, for every averaging`` (alpha: float) =
    let case = GoldenFile.analyticCase "l1_quadratic"
    let q, c, strength = numbersOf case "q", numbersOf case "c", numberOf case "lam"

    let gradient x =
        Array.map3 (fun q c x -> q * (x - c)) q c x

    for regularizer in [ Regularizers.L1 strength; adaptive strength 1.0 1.0 ] do
        let x = limit regularizer c (hyper 0.2 0.5 alpha) 1500 gradient
        assertClose 1e-12 1e-13 $"alpha = {alpha}" (numbersOf case "solution") x

[<Theory; InlineData(0.0); InlineData(0.5); InlineData(0.9)>]
let ``two parameters under adaptive weights end at the fixed point of the log-sum penalty`` (alpha: float) =
    let case = GoldenFile.analyticCase "adaptive_two_parameters"

    let q, c, strength, factor =
        numberOf case "q", numbersOf case "c", numberOf case "lam", numberOf case "maximum_factor"

    let x =
        limit (adaptive strength factor 1.0) c (hyper 0.2 1.0 alpha) 1500 (Array.map2 (fun c x -> q * (x - c)) c)

    assertClose 1e-11 0.0 $"alpha = {alpha}" (numbersOf case "solution") x
    let large = c[0] - strength / q
    let epsilon = large / (factor - 1.0)

    let small =
        ((c[1] - epsilon)
         + sqrt ((c[1] + epsilon) ** 2.0 - 4.0 * strength / q * factor * epsilon))
        / 2.0

    assertClose 1e-14 0.0 "closed form" (numbersOf case "solution") [| large; small |]

[<Fact>]
let ``between the fold and strength times M both zero and the large value are stable`` () =
    let case = GoldenFile.analyticCase "hysteresis"
    let strength, factor = numberOf case "lam", numberOf case "maximum_factor"
    let cases = GoldenFile.items (case.GetProperty "cases")
    let centres = cases |> Array.map (fun case -> numberOf case "c")
    // The large entry stays at 1 and is the maximum, so the small ones do not disturb each other.
    let c = Array.concat [ [| 1.0 + strength |]; centres; centres ]
    let start = Array.concat [ [| 1.0 |]; Array.zeroCreate centres.Length; centres ]

    let x =
        limit (adaptive strength factor 1.0) start (hyper 0.1 1.0 0.0) 4000 (Array.map2 (fun c x -> x - c) c)

    let expected field =
        cases |> Array.map (fun case -> numberOf case field)

    assertClose 1e-9 0.0 "from zero" (expected "limit_started_at_zero") x[1 .. centres.Length]
    assertClose 1e-9 0.0 "from c" (expected "limit_started_at_c") x[centres.Length + 1 ..]
