namespace SparseHybrid.Optim

open System

/// The groups of a contiguous tensor as four nested loops: a tensor [outer; across; inner; run] whose groups are counted by
/// outer and inner. Entry after entry, a group comes in runs, and the runs of the inner groups follow each other.
[<Struct>]
type internal GroupWalk =
    {
        /// Times the whole pattern repeats with new groups.
        Outer: int
        /// Times it repeats with the same groups.
        Across: int
        /// Groups that take turns.
        Inner: int
        /// Entries in a row that belong to one group.
        Run: int
    }

    member walk.GroupCount = walk.Outer * walk.Inner
    member walk.GroupSize = walk.Across * walk.Run
    /// Entries from one repetition to the next.
    member walk.Period = walk.Inner * walk.Run
    /// Whether each entry is a group, in order.
    member walk.IsElementwise = walk.Inner = 1 && walk.GroupSize = 1

module internal GroupWalk =
    /// One group of all entries.
    let whole (entries: int) =
        { Outer = 1
          Across = 1
          Inner = 1
          Run = entries }

    /// Neighbouring dimensions of one kind as one: sizes in order, with whether they run inside a group.
    let private merged (layout: GroupLayout) =
        let kinds =
            layout.ViewShape
            |> Array.mapi (fun dimension size -> Array.contains (int64 dimension) layout.ReducedDimensions, int size)
            |> Array.filter (fun (_, size) -> size <> 1)
            |> List.ofArray

        List.foldBack
            (fun (isInside, size) rest ->
                match rest with
                | (nextIsInside, nextSize) :: others when nextIsInside = isInside -> (isInside, size * nextSize) :: others
                | _ -> (isInside, size) :: rest)
            kinds
            []

    /// None for groups that no such loops describe.
    let ofLayout (layout: GroupLayout) : GroupWalk voption =
        let walk outer across inner run =
            ValueSome
                { Outer = outer
                  Across = across
                  Inner = inner
                  Run = run }

        match merged layout with
        | _ when layout.Arrangement <> GroupArrangement.Reshaped -> ValueNone
        | [] -> walk 1 1 1 1
        | [ true, run ] -> walk 1 1 1 run
        | [ false, outer ] -> walk outer 1 1 1
        | [ false, outer; true, run ] -> walk outer 1 1 run
        | [ true, across; false, inner ] -> walk 1 across inner 1
        | [ true, across; false, inner; true, run ] -> walk 1 across inner run
        | [ false, outer; true, across; false, inner ] -> walk outer across inner 1
        | [ false, outer; true, across; false, inner; true, run ] -> walk outer across inner run
        | _ -> ValueNone

    /// As spread for runs of one entry: the numbers of the groups that take turns, copied.
    let private spreadTurns (walk: GroupWalk) (start: int) (perGroup: Floats) (perEntry: Floats) =
        let mutable i = 0

        while i < perEntry.Length do
            let period, inner = Math.DivRem(start + i, walk.Inner)
            let length = min (perEntry.Length - i) (walk.Inner - inner)
            let first = period / walk.Across * walk.Inner + inner
            perGroup.Slice(first, length).Span.CopyTo(perEntry.Slice(i, length).Span)
            i <- i + length

    let private spreadRuns (walk: GroupWalk) (start: int) (perGroup: Floats) (perEntry: Floats) : unit =
        let place = start % walk.Period
        let mutable firstGroup = start / walk.Period / walk.Across * walk.Inner
        let mutable repetition = start / walk.Period % walk.Across
        let mutable inner = place / walk.Run
        let mutable left = walk.Run - place % walk.Run
        let mutable i = 0

        while i < perEntry.Length do
            // The vector may write past the run: the next run, or nobody, reads there.
            let value = Lanes.all perGroup[firstGroup + inner]
            let stop = min perEntry.Length (i + left)
            let mutable j = i

            while j < stop do
                Lanes.store value perEntry j
                j <- j + Lanes.Width

            i <- stop
            left <- walk.Run
            inner <- inner + 1

            if inner = walk.Inner then
                inner <- 0
                repetition <- repetition + 1

                if repetition = walk.Across then
                    repetition <- 0
                    firstGroup <- firstGroup + walk.Inner

    /// Gives each entry from start on the number of its group. The target needs room for a vector beyond its length.
    let spread (walk: GroupWalk) (start: int) (perGroup: Floats) (perEntry: Floats) : unit =
        if walk.Run = 1 then
            spreadTurns walk start perGroup perEntry
        else
            spreadRuns walk start perGroup perEntry
