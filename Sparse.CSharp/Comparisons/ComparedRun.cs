using SparseHybrid.Runs;
using SparseHybrid.Sweeps;
using TorchSharp;

namespace SparseHybrid.Comparisons;

/// <summary>A run of a comparison that is done.</summary>
/// <param name="Result">What it ended with.</param>
/// <param name="ValidationAccuracy">Share of held-out training data classified rightly after the last epoch (0..1); null where none are.</param>
/// <param name="ZeroFilters">Share of the convolutions' output filters that are zero as a whole (0..1); null without convolutions.</param>
/// <param name="ZeroKernels">Share of the convolutions' kernels that are zero as a whole (0..1); null without convolutions.</param>
public sealed record ComparedRun(SweepRun Result, double? ValidationAccuracy, double? ZeroFilters, double? ZeroKernels)
{
    internal static ComparedRun Of(SweepRun run, string path)
    {
        using var folder = RunFolder.Open(path);
        using var scope = torch.NewDisposeScope();
        using var weights = Safetensors.Read(folder.ModelPath);
        var convolutions = weights.Tensors.Values.Where(tensor => tensor.dim() == 4).ToList();
        return new ComparedRun(run, folder.ReadMetrics()[^1].ValidationAccuracy, ZeroShare(convolutions, [1, 2, 3]), ZeroShare(convolutions, [2, 3]));
    }

    private static double? ZeroShare(IReadOnlyCollection<torch.Tensor> weights, long[] within)
    {
        var (groups, zeros) = (0L, 0L);
        foreach (var weight in weights)
        {
            var largest = weight.abs().amax(within);
            (groups, zeros) = (groups + largest.numel(), zeros + Optim.Sparsity.ZeroCount(largest));
        }

        return groups == 0 ? null : (double)zeros / groups;
    }
}
