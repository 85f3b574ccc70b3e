namespace SparseHybrid.Optim

open System
open System.Collections.Concurrent
open System.Collections.Generic
open TorchSharp

/// Groups given by hand: a partition of a tensor's entries, which are numbered from 0 in row-major order. Immutable;
/// equal where the groups and their order are.
[<Sealed; AllowNullLiteral(false)>]
type IndexGroups private (groups: int64[][]) =
    let entryCount = groups |> Array.sumBy Array.length
    let seen = Array.zeroCreate<bool> entryCount

    do
        for index in Array.concat groups do
            if index < 0L || index >= int64 entryCount || seen[int index] then
                let message =
                    $"{groups.Length} groups with {entryCount} entries in all must hold each index from 0 to {entryCount - 1} once; {index} is outside or there twice."

                raise (ArgumentException(message, nameof groups))

            seen[int index] <- true

        if groups |> Array.exists Array.isEmpty then
            raise (ArgumentException("A group must have at least one entry.", nameof groups))

    let longest =
        if groups.Length = 0 then
            0
        else
            groups |> Array.map _.Length |> Array.max

    let padded =
        groups
        |> Array.collect (fun group -> Array.append group (Array.create (longest - group.Length) (int64 entryCount)))

    let places = Array.zeroCreate<int64> entryCount

    do
        padded
        |> Array.iteri (fun place index ->
            if index < int64 entryCount then
                places[int index] <- int64 place)

    let paddedCopies = ConcurrentDictionary<string, torch.Tensor>()
    let placesCopies = ConcurrentDictionary<string, torch.Tensor>()

    /// Sent to a device once: a step should not wait for it.
    static let copyOn (copies: ConcurrentDictionary<string, torch.Tensor>) (values: int64[]) (device: torch.Device) =
        copies.GetOrAdd(device.ToString(), fun _ -> torch.tensor(values, dtype = torch.int64, device = device).DetachFromDisposeScope())

    /// <summary>Groups from their indices.</summary>
    /// <param name="groups">For each group the indices of its entries, row-major from 0; together they hold each index up to
    /// the largest once.</param>
    /// <exception cref="T:System.ArgumentException">An index is missing, there twice or negative, or a group is empty.</exception>
    static member Create(groups: seq<#seq<int64>>) =
        IndexGroups(groups |> Seq.map Array.ofSeq |> Array.ofSeq)

    /// The indices, group by group.
    member _.Groups: IReadOnlyList<IReadOnlyList<int64>> =
        groups
        |> Array.map (fun group -> group.AsReadOnly() :> IReadOnlyList<int64>)
        |> _.AsReadOnly()

    /// Entries of the tensor that the groups divide among themselves.
    member _.EntryCount = int64 entryCount

    /// Entries of the largest group.
    member internal _.Longest = int64 longest

    /// Group after group, each as long as the longest one: the index of an entry, or EntryCount for padding.
    member internal _.Padded = padded

    /// Padded, on a device; kept there, and not to be disposed.
    member internal _.PaddedOn(device: torch.Device) = copyOn paddedCopies padded device

    /// Where in Padded each entry is, on a device; kept there, and not to be disposed.
    member internal _.PlacesOn(device: torch.Device) = copyOn placesCopies places device

    member internal _.Sizes = groups |> Array.map _.LongLength

    /// <summary>Whether the other object is the same groups in the same order.</summary>
    /// <param name="other">Any object.</param>
    override _.Equals(other: obj | null) =
        match other with
        | :? IndexGroups as other -> padded = other.Padded && longest = int other.Longest
        | _ -> false

    override _.GetHashCode() = hash (longest, padded)

    /// The indices in F#'s notation; long lists are cut.
    override _.ToString() = $"%A{groups}"
