/// Sixteen entries at a time; the runtime splits these vectors where the processor's are shorter.
module internal SparseHybrid.Optim.Lanes

#nowarn "9" // native addresses, as in Floats

open System
open System.Runtime.CompilerServices
open System.Runtime.Intrinsics
open FSharp.NativeInterop

type Lanes = Vector512<float32>

[<Literal>]
let Width = 16

let inline all (value: float32) : Lanes = Vector512.Create value

let inline load (values: Floats) (start: int) : Lanes = Vector512.Load(values.Pointer start)

let inline store (lanes: Lanes) (values: Floats) (start: int) =
    Vector512.Store(lanes, values.Pointer start)

// The rest of the entries goes through a buffer of one vector. Neither function takes or returns a vector: the compiler
// would keep it in memory, in the loop over whole vectors too.

[<MethodImpl(MethodImplOptions.NoInlining)>]
let fillRest (buffer: Floats) (values: Floats) (start: int) : unit =
    buffer.Span.Clear()
    values.Span.Slice(start).CopyTo buffer.Span

[<MethodImpl(MethodImplOptions.NoInlining)>]
let spillRest (buffer: Floats) (values: Floats) (start: int) : unit =
    let rest = values.Span.Slice start
    buffer.Span.Slice(0, rest.Length).CopyTo rest

/// As load where fewer entries than lanes are left: the other lanes are 0.
let inline loadRest (buffer: Floats) (values: Floats) (start: int) : Lanes =
    fillRest buffer values start
    load buffer 0

/// As store where fewer entries than lanes are left: the other lanes are dropped.
let inline storeRest (buffer: Floats) (lanes: Lanes) (values: Floats) (start: int) : unit =
    store lanes buffer 0
    spillRest buffer values start

/// Folds over the entries of one length, sixteen at a time: the body gets functions to load and to store, the first of
/// its entries, and what came out so far. It is compiled twice, for whole vectors and for the rest. The buffer on the
/// stack has a second purpose: the runtime compiles a method that has one with all optimisations at its first call.
let inline fold
    (length: int)
    (initial: 'State)
    ([<InlineIfLambda>] body: (Floats -> int -> Lanes) -> (Lanes -> Floats -> int -> unit) -> int -> 'State -> 'State)
    : 'State =
    let buffer =
        { Address = NativePtr.toNativeInt (NativePtr.stackalloc<float32> Width)
          Length = Width }

    let whole = length - length % Width
    let mutable state = initial
    let mutable i = 0

    while i < whole do
        state <- body (fun values start -> load values start) (fun lanes values start -> store lanes values start) i state
        i <- i + Width

    let mutable result = state // another variable, so that the calls below do not keep the loop's in memory

    if i < length then
        result <- body (fun values start -> loadRest buffer values start) (fun lanes values start -> storeRest buffer lanes values start) i state

    result

/// As fold, for the effect only.
let inline sweep (length: int) ([<InlineIfLambda>] body: (Floats -> int -> Lanes) -> (Lanes -> Floats -> int -> unit) -> int -> unit) : unit =
    fold length () (fun load store i () -> body load store i)

/// Magnitudes as whole numbers of the same order, in which NaN is largest.
let inline keys (lanes: Lanes) : Vector512<int> = (Vector512.Abs lanes).AsInt32()

/// The magnitude of the largest key.
let largest (keys: Vector512<int>) : float32 =
    let mutable largest = 0

    for lane in 0 .. Width - 1 do
        largest <- max largest keys[lane]

    BitConverter.Int32BitsToSingle largest

/// What is smaller in magnitude counts as 0: what is forgotten bit by bit would otherwise stay subnormal for ever, and
/// processors are slow on those.
[<Literal>]
let Smallest = 1e-37f

/// Zero for magnitudes below the smallest that counts.
let inline flush (lanes: Lanes) : Lanes =
    Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs lanes, all Smallest), Lanes.Zero, lanes)

/// x - clip(x, -t, t) with one comparison; NaN in either argument stays NaN, and no lane is -0.
let inline softThreshold (threshold: Lanes) (x: Lanes) : Lanes =
    let isStopped = Vector512.LessThanOrEqual(Vector512.Abs x, threshold)
    Vector512.ConditionalSelect(isStopped, Lanes.Zero, x - Vector512.CopySign(threshold, x))
