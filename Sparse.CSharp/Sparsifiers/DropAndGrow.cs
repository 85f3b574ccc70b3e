using TorchSharp;

namespace SparseHybrid.Sparsifiers;

/// <summary>
/// One change of a layer's sparse connections: some of the weights that are there go, as many others come, so that their
/// number stays. All masks are boolean tensors of the weight's shape; what comes back belongs to the caller.
/// </summary>
internal static class DropAndGrow
{
    /// <summary>Keeps all but the smallest weights.</summary>
    /// <param name="weight">Neither changed nor disposed.</param>
    /// <param name="mask">Where weights are. Neither changed nor disposed.</param>
    /// <param name="dropped">How many go, from 0 to the number of weights that are there.</param>
    /// <remarks>Evci et al., Rigging the Lottery, ICML 2020, section 3, "Drop criterion": ArgTopK(-|theta|, k).</remarks>
    public static torch.Tensor DropSmallest(torch.Tensor weight, torch.Tensor mask, long dropped)
    {
        using var scope = torch.NewDisposeScope();
        var magnitude = weight.detach().abs();
        var kept = LargestEntries.Of(OnlyWhere(magnitude, mask), CountOf(mask) - dropped);
        return kept.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Keeps all but the smallest share of the positive weights and the largest share of the negative ones, which are those
    /// nearest to zero on either side. Weights that are exactly zero count as positive.
    /// </summary>
    /// <param name="weight">Neither changed nor disposed.</param>
    /// <param name="mask">Where weights are. Neither changed nor disposed.</param>
    /// <param name="share">zeta, from 0 to 1; the numbers are rounded down.</param>
    /// <remarks>Mocanu et al., Nature Communications 9 (2018) 2383, algorithm 1, line 14.</remarks>
    public static torch.Tensor DropNearestZero(torch.Tensor weight, torch.Tensor mask, double share)
    {
        using var scope = torch.NewDisposeScope();
        var isNegative = weight.detach().lt(0);
        var negative = mask.logical_and(isNegative);
        var positive = mask.logical_and(isNegative.logical_not());
        var keptPositive = DropSmallest(weight, positive, (long)(share * CountOf(positive)));
        var keptNegative = DropSmallest(weight, negative, (long)(share * CountOf(negative)));
        return keptPositive.logical_or(keptNegative).MoveToOuterDisposeScope();
    }

    /// <summary>Adds weights where there are none, those with the highest scores.</summary>
    /// <param name="mask">Where weights are. Neither changed nor disposed.</param>
    /// <param name="scores">0 or more. Neither changed nor disposed.</param>
    /// <param name="kept">How many weights there are afterwards, at least as many as now.</param>
    /// <remarks>Evci et al., section 3, "Grow criterion": the weights just dropped are candidates like all others.</remarks>
    public static torch.Tensor Grow(torch.Tensor mask, torch.Tensor scores, long kept)
    {
        using var scope = torch.NewDisposeScope();
        var present = torch.full(mask.shape, double.PositiveInfinity, scores.dtype, scores.device);
        return LargestEntries.Of(present.where(mask, scores), kept).MoveToOuterDisposeScope();
    }

    /// <summary>How many entries of a mask are true. Waits for the device.</summary>
    public static long CountOf(torch.Tensor mask) => Optim.Sparsity.NonzeroCount(mask);

    // Below any magnitude where the mask is false, so that nothing outside it is ever selected first.
    private static torch.Tensor OnlyWhere(torch.Tensor magnitude, torch.Tensor mask) =>
        magnitude.where(mask, torch.full_like(magnitude, -1));
}
