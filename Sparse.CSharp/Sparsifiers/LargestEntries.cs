using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// Selects the largest entries over one or several tensors: exactly as many as asked for, where they lie, whatever ties
/// there are. Among equal entries the one in the earlier tensor goes first, then the one with the lower row-major index.
/// </summary>
internal static class LargestEntries
{
    /// <summary>Where the largest entries of a tensor are.</summary>
    /// <param name="scores">Any shape; no NaN. Neither changed nor disposed.</param>
    /// <param name="count">How many, from 0 to the number of entries.</param>
    /// <returns>A boolean tensor of that shape with <paramref name="count"/> entries true; the caller owns it.</returns>
    public static torch.Tensor Of(torch.Tensor scores, long count) => Of([scores], count)[0];

    /// <summary>Where the largest entries over several tensors are: one threshold for all of them.</summary>
    /// <param name="scores">Any shapes, one device and dtype; no NaN. Neither changed nor disposed.</param>
    /// <param name="count">How many over all tensors together, from 0 to the number of their entries.</param>
    /// <returns>A boolean tensor for each; the caller owns them.</returns>
    /// <remarks>Nothing but one number waits for the device, and only where <see cref="KthLargest"/> needs it.</remarks>
    public static torch.Tensor[] Of(IReadOnlyList<torch.Tensor> scores, long count)
    {
        var entries = scores.Sum(tensor => tensor.numel());
        if (count < 0 || count > entries)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Of {entries} entries, from 0 to {entries} can be selected.");
        }

        if (count == 0 || count == entries)
        {
            return [.. scores.Select(tensor => torch.full(tensor.shape, count > 0, torch.ScalarType.Bool, tensor.device))];
        }

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var flat = torch.cat([.. scores.Select(tensor => tensor.flatten())]);
        var threshold = KthLargest.Of(flat, count);
        if (WithoutTies(scores, threshold, count) is { } masks)
        {
            return [.. masks.Select(mask => mask.MoveToOuterDisposeScope())];
        }

        var above = flat.gt(threshold);
        var ties = flat.eq(threshold);
        var place = ties.cumsum(0); // 1 for the first of the ties
        var missing = above.sum().neg().add(count);
        var selected = above.logical_or_(ties.logical_and_(place.le(missing)));
        return [.. Cut(selected, scores).Select(mask => mask.MoveToOuterDisposeScope())];
    }

    // Mostly the threshold itself is the only entry of its value. Looking costs nothing in main memory; a device would have to
    // be waited for.
    private static torch.Tensor[]? WithoutTies(IReadOnlyList<torch.Tensor> scores, torch.Tensor threshold, long count)
    {
        if (threshold.device_type != DeviceType.CPU)
        {
            return null;
        }

        torch.Tensor[] masks = [.. scores.Select(tensor => tensor.ge(threshold))];
        return masks.Sum(Optim.Sparsity.NonzeroCount) == count ? masks : null;
    }

    private static IEnumerable<torch.Tensor> Cut(torch.Tensor flat, IReadOnlyList<torch.Tensor> scores)
    {
        var start = 0L;
        foreach (var tensor in scores)
        {
            // A copy, so that the long tensor behind it can go.
            yield return flat.narrow(0, start, tensor.numel()).reshape(tensor.shape).clone();
            start += tensor.numel();
        }
    }
}
