using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models.Graphs;

/// <summary>A module whose forward pass is its description, so that what it computes and what is exported are one.</summary>
public abstract class DescribedModule : Module<torch.Tensor, torch.Tensor>, IForwardGraph
{
    /// <param name="name">The name that the module gives for itself.</param>
    protected DescribedModule(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public abstract TValue Describe<TValue>(IForwardOperations<TValue> graph, TValue input);

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var output = Describe(TensorOperations.Instance, input);
        return ReferenceEquals(output, input) ? input.alias().MoveToOuterDisposeScope() : output.MoveToOuterDisposeScope();
    }
}
