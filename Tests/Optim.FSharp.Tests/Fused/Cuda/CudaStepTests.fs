[<Xunit.Collection(SparseHybrid.Optim.Tests.Fused.Cuda.PlayedDevice.Turns)>]
module SparseHybrid.Optim.Tests.Fused.Cuda.CudaStepTests

open System
open System.Runtime.InteropServices
open FsCheck.FSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

[<Fact>]
let ``the structure is as large as the kernels'`` () =
    Assert.Equal(PlayedDevice.stepBytes (), Marshal.SizeOf<CudaStep>())

[<Fact>]
let ``a divisor divides every number below 2^31`` () =
    let largest = Int32.MaxValue

    let divisors =
        Gen.oneof
            [ Gen.choose (1, 100)
              Gen.choose (1, largest)
              Gen.elements [ 1 <<< 30; (1 <<< 30) + 1; largest ] ]

    holds (Gen.zip divisors (Gen.choose (0, largest))) (fun (divisor, number) ->
        let by = CudaDivisor.Of divisor

        let quotient (number: int) =
            (uint64 number * uint64 by.Multiplier) >>> (31 + int by.Shift)

        // The number itself, and where the quotient changes.
        for number in
            [ number
              number / divisor * divisor
              max 0 (number / divisor * divisor - 1)
              largest ] do
            Assert.Equal(uint64 (number / divisor), quotient number))

[<Fact>]
let ``teams fill a block and share no more than there is`` () =
    let size = Gen.oneof [ Gen.choose (1, 40); Gen.choose (1, 100000) ]

    holds (Gen.zip3 size size size) (fun (across, inner, run) ->
        let walk =
            { Outer = 3
              Across = across
              Inner = (if across = 1 then 1 else inner)
              Run = run }

        let teams = CudaTeams.ofWalk walk
        Assert.Equal(CudaTeams.Block, teams.Lanes * teams.Turns * teams.Slices)
        Assert.InRange(teams.Lanes, 1, run)
        Assert.Equal(1, (if across = 1 then teams.Slices else 1))
        Assert.InRange(teams.Turns, 1, (if across = 1 then CudaTeams.Block else 2 * inner)))
