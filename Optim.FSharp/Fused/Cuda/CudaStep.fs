namespace SparseHybrid.Optim

open System.Numerics
open System.Runtime.InteropServices

/// Division by multiplication: number * Multiplier / 2^(31 + Shift), whole, for numbers below 2^31. Granlund and Montgomery,
/// Division by invariant integers using multiplication (PLDI 1994), figure 4.1.
[<Struct; StructLayout(LayoutKind.Sequential)>]
type internal CudaDivisor =
    { Multiplier: uint32
      Shift: uint32 }

    static member Of(divisor: int) =
        let shift = BitOperations.Log2(2u * uint32 divisor - 1u)
        let power = 1UL <<< (31 + shift)

        { Multiplier = uint32 ((power + uint64 divisor - 1UL) / uint64 divisor)
          Shift = uint32 shift }

/// What the kernels are given: the structure Step of FusedStep.cu, field by field.
[<Struct; StructLayout(LayoutKind.Sequential)>]
type internal CudaStep =
    { mutable Gradient: nativeint
      mutable Parameter: nativeint
      mutable First: nativeint
      mutable Second: nativeint
      mutable Average: nativeint
      mutable BackwardStep: nativeint
      mutable Maxima: nativeint
      mutable Entries: uint32
      mutable Vectors: uint32
      mutable AverageBlocks: uint32
      mutable Groups: uint32
      mutable Outer: uint32
      mutable Across: uint32
      mutable Inner: uint32
      mutable Run: uint32
      mutable Lanes: uint32
      mutable Turns: uint32
      mutable Slices: uint32
      mutable ByRun: CudaDivisor
      mutable ByInner: CudaDivisor
      mutable ByAcross: CudaDivisor
      mutable AverageKept: float32
      mutable AverageFresh: float32
      mutable GroupSize: float32
      mutable BackwardKept: float32
      mutable BackwardFresh: float32
      mutable ConstantBackwardStep: float32
      mutable Slope: float32
      mutable Numerator: float32
      mutable Scale: float32
      mutable AllZeroWeight: float32
      mutable SmallestMaximum: float32
      mutable Kept: float32
      mutable Fresh: float32
      mutable WeightDecay: float32
      mutable StepSize: float32
      mutable Strength: float32
      mutable Averaging: float32
      mutable Rest: float32
      mutable Enhancement: float32 }

/// How the threads of a block share the groups that they sum at a time: Turns neighbouring groups, each among Slices of its
/// repetitions and Lanes of its runs. Powers of two whose product is the block.
[<Struct>]
type internal CudaTeams = { Lanes: int; Turns: int; Slices: int }

module internal CudaTeams =
    /// Threads of every block.
    [<Literal>]
    let Block = 256

    /// Entries that a thread sums on its own, at least; reading them in turns is as good as side by side, for they lie in the
    /// same lines of the cache.
    [<Literal>]
    let private FewestPerThread = 8

    /// Entries in a row that a warp should read.
    [<Literal>]
    let private Row = 32

    let private powerBelow (number: int) = 1 <<< BitOperations.Log2(uint32 number)

    let private powerAbove (number: int) =
        int (BitOperations.RoundUpToPowerOf2(uint32 number))

    /// Groups without repetitions follow each other without end.
    let ofWalk (walk: GroupWalk) : CudaTeams =
        let lanes = min Block (powerBelow (max 1 (walk.Run / FewestPerThread)))

        let turns =
            if walk.Across = 1 then
                Block / lanes
            else
                min (Block / lanes) (min (powerAbove walk.Inner) (powerAbove ((Row + walk.Run - 1) / walk.Run)))

        { Lanes = lanes
          Turns = turns
          Slices = Block / (lanes * turns) }
