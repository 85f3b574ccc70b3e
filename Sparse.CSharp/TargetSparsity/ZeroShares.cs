using SparseHybrid.Optimizers;
using TorchSharp;

namespace SparseHybrid.TargetSparsity;

/// <summary>The regularised weights of a network, and how many of each parameter are zero.</summary>
internal sealed class ZeroShares
{
    private readonly SparseOptimizer optimizer;

    /// <summary>Of the parameters that the optimizer's plan covers.</summary>
    public ZeroShares(torch.nn.Module model, SparseOptimizer optimizer)
    {
        this.optimizer = optimizer;
        Parameters = [.. Named(model).Where(item => optimizer.Plan.Policy.Covers(item.Name, item.Parameter))];
        Names = [.. Parameters.Select(item => item.Name)];
        Sizes = [.. Parameters.Select(item => item.Parameter.numel())];
        Weights = Sizes.Sum();
    }

    /// <summary>The parameters that the plan covers, borrowed.</summary>
    public IReadOnlyList<(string Name, torch.Tensor Parameter)> Parameters { get; }

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many weights each has.</summary>
    public IReadOnlyList<long> Sizes { get; }

    /// <summary>How many weights there are in all.</summary>
    public long Weights { get; }

    /// <summary>Zeros of each parameter, in the order of <see cref="Names"/>. Waits for the device once.</summary>
    public long[] Count()
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = optimizer.Options.ParameterIsModel ? null : optimizer.ModelWeights();
        return Zeros(Parameters.Select(item => weights?[item.Name] ?? item.Parameter));
    }

    /// <summary>Zeros of each tensor. Waits for the device once.</summary>
    public static long[] Zeros(IEnumerable<torch.Tensor> tensors)
    {
        using var scope = torch.NewDisposeScope();
        var all = tensors.ToList();
        var nonzeros = torch.stack(all.Select(tensor => tensor.count_nonzero())).cpu().data<long>().ToArray();
        return [.. all.Zip(nonzeros, (tensor, count) => tensor.numel() - count)];
    }

    /// <summary>Zeros of all together over weights (0..1).</summary>
    public double Share(IEnumerable<long> zeros) => (double)zeros.Sum() / Weights;

    private static IEnumerable<(string Name, torch.Tensor Parameter)> Named(torch.nn.Module model)
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            yield return (name, parameter);
        }
    }
}
