using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

/// <summary>A loss of predictions and targets.</summary>
public abstract class Loss<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>
{
    public Loss(torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(null) => this.reduction = reduction;

    public torch.nn.Reduction reduction { get; }
}

/// <summary>A loss whose classes may weigh differently.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    public WeightedLoss(torch.Tensor weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction) => this.weight = weight;

    /// <summary>One entry a class; null: all alike. It stays the caller's.</summary>
    [MaybeNull]
    public torch.Tensor weight { get; }
}
