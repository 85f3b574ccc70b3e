/// Tensors for the tests, and how they are compared.
module SparseHybrid.Optim.Tests.Tensors

open System
open FsCheck
open FsCheck.FSharp
open TorchSharp
open Xunit

let float64s (shape: int64[]) (values: float[]) =
    torch.tensor(values, dtype = torch.float64).reshape shape

let float32s (shape: int64[]) (values: float[]) =
    torch.tensor(values, dtype = torch.float32).reshape shape

/// The entries in order, as float64 whatever the dtype.
let entries (tensor: torch.Tensor) : float[] =
    use flat = tensor.detach().cpu().``to``(torch.float64).contiguous()

    if flat.numel () = 0L then
        [||]
    else
        flat.data<float>().ToArray() // the official package reads no empty tensor

/// Same number, both NaN, or within the tolerance; an exact zero only equals an exact zero.
let isClose (relative: float) (absolute: float) (expected: float) (actual: float) =
    if Double.IsNaN expected then
        Double.IsNaN actual
    elif expected = 0.0 then
        actual = 0.0
    else
        expected = actual
        || abs (expected - actual) <= absolute + relative * abs expected

let assertClose (relative: float) (absolute: float) (what: string) (expected: float[]) (actual: float[]) =
    Assert.True((expected.Length = actual.Length), $"{what}: {expected.Length} entries expected, {actual.Length} found")

    Array.zip expected actual
    |> Array.iteri (fun i (e, a) -> Assert.True(isClose relative absolute e a, $"{what}[{i}]: {e:R} expected, {a:R} found"))

let private same (key: float -> 'K) (expected: torch.Tensor) (actual: torch.Tensor) =
    expected.dtype = actual.dtype
    && expected.shape = actual.shape
    && Array.map key (entries expected) = Array.map key (entries actual)

/// Same bits, with every NaN alike.
let sameBits (expected: torch.Tensor) (actual: torch.Tensor) =
    same
        (fun value ->
            if Double.IsNaN value then
                -1L
            else
                BitConverter.DoubleToInt64Bits value)
        expected
        actual

/// Equal numbers to the last digit, with every NaN alike and -0 equal to 0.
let sameNumbers (expected: torch.Tensor) (actual: torch.Tensor) =
    same
        (fun value ->
            if Double.IsNaN value then
                -1L
            else
                BitConverter.DoubleToInt64Bits(value + 0.0))
        expected
        actual

/// Multiples of 1/64 up to 4 in magnitude, a quarter of them zero: sums of many stay exact in float32.
let dyadic: Gen<float> =
    Gen.frequency
        [ 1, Gen.constant 0.0
          3, Gen.choose (-256, 256) |> Gen.map (fun n -> float n / 64.0) ]

let finite: Gen<float> =
    Gen.frequency
        [ 3, dyadic
          2, Gen.choose (-1000000, 1000000) |> Gen.map (fun n -> float n / 333333.0) ]

/// Finite numbers, the two zeros, NaN and the infinities.
let anyNumber: Gen<float> =
    Gen.frequency [ 8, finite; 1, Gen.elements [ nan; infinity; -infinity; 0.0; -0.0 ] ]

let nonNegative: Gen<float> = finite |> Gen.map abs

let arrayOf (number: Gen<float>) (length: int) = Gen.arrayOfLength length number

/// Runs a law on 100 random cases; a failure prints the seed that repeats it.
let holds (cases: Gen<'T>) (law: 'T -> unit) =
    Check.QuickThrowOnFailure(Prop.forAll (Arb.fromGen cases) law)
