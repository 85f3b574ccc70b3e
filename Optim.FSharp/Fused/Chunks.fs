namespace SparseHybrid.Optim

open System.Threading.Tasks
open TorchSharp

/// Work divided into chunks that depend on its size only, never on the number of threads or on who comes first: a result put
/// together chunk by chunk, in order, has the same bits on every machine.
[<Struct>]
type internal Chunks =
    { Items: int
      PerChunk: int }

    member chunks.Count = (chunks.Items + chunks.PerChunk - 1) / chunks.PerChunk

module internal Chunks =
    /// Most chunks of one piece of work.
    [<Literal>]
    let Most = 64

    /// Fewer entries than this, about a tenth of a millisecond's work, are not worth the way to another thread.
    [<Literal>]
    let FewestEntries = 262144

    /// Chunks start at multiples of this many items, so that blocks and vectors are whole.
    [<Literal>]
    let Unit = 1024

    /// For items that stand for this many entries each.
    let ofItems (items: int) (entriesPerItem: int) : Chunks =
        let share = (items + Most - 1) / Most
        let worthwhile = FewestEntries / max 1 entriesPerItem
        let perChunk = max share worthwhile

        { Items = items
          PerChunk =
            if entriesPerItem = 1 then
                (perChunk + Unit - 1) / Unit * Unit
            else
                max 1 perChunk }

    /// Calls the work for each chunk, by number, first item and number of items, on as many threads as libtorch uses.
    let run (chunks: Chunks) (work: int -> int -> int -> unit) : unit =
        let one number =
            let start = number * chunks.PerChunk
            work number start (min chunks.PerChunk (chunks.Items - start))

        let threads = if chunks.Count < 2 then 1 else torch.get_num_threads ()

        if threads < 2 then
            for number in 0 .. chunks.Count - 1 do
                one number
        else
            Parallel.For(0, chunks.Count, ParallelOptions(MaxDegreeOfParallelism = threads), one)
            |> ignore
