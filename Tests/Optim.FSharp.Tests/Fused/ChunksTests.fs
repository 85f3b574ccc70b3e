module SparseHybrid.Optim.Tests.Fused.ChunksTests

open System.Threading
open FsCheck.FSharp
open TorchSharp
open SparseHybrid.Optim
open SparseHybrid.Optim.Tests.Tensors
open Xunit

let private work =
    Gen.zip (Gen.oneof [ Gen.choose (0, 3000); Gen.choose (60000, 5000000) ]) (Gen.elements [ 1; 2; 9; 1000; 100000 ])

[<Fact>]
let ``chunks are at most 64, hold every item once, and those of single entries start at whole vectors`` () =
    holds work (fun (items, entriesPerItem) ->
        let chunks = Chunks.ofItems items entriesPerItem
        Assert.InRange(chunks.Count, 0, Chunks.Most)
        Assert.InRange(chunks.Count * chunks.PerChunk, items, items + chunks.PerChunk - 1)

        if entriesPerItem = 1 then
            Assert.Equal(0, chunks.PerChunk % Chunks.Unit)

        // Nothing small is divided.
        if int64 items * int64 entriesPerItem <= int64 Chunks.FewestEntries then
            Assert.InRange(chunks.Count, 0, 1))

[<Fact>]
let ``every chunk is worked on once, with any number of threads, and the division does not depend on it`` () =
    let threads = torch.get_num_threads ()

    try
        for count in [ 1; 2; 5 ] do
            torch.set_num_threads count
            let chunks = Chunks.ofItems 1000000 1
            Assert.Equal(4, chunks.Count)
            let seen = Array.zeroCreate<int> 1000000

            Chunks.run chunks (fun number start length ->
                Assert.Equal(number * chunks.PerChunk, start)

                for i in start .. start + length - 1 do
                    Interlocked.Increment(&seen[i]) |> ignore)

            Assert.True(Array.forall ((=) 1) seen)
    finally
        torch.set_num_threads threads

[<Fact>]
let ``one chunk is worked on by the caller itself`` () =
    let caller = Thread.CurrentThread.ManagedThreadId
    let mutable worker = 0
    Chunks.run (Chunks.ofItems 5000 1) (fun _ _ _ -> worker <- Thread.CurrentThread.ManagedThreadId)
    Assert.Equal(caller, worker)
