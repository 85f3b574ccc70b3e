using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Optimize.Folding;

/// <summary>Computes once what a graph would compute at every run: constants, no-ops, and batch norms beside a linear layer.</summary>
/// <remarks>Inputs, outputs and the names of weights stay. What is not understood stays as it is.</remarks>
internal static class GraphCleanup
{
    /// <summary>The cleaned up model.</summary>
    /// <param name="model">Not changed; the result shares the bytes of unchanged tensors.</param>
    public static ModelProto Apply(ModelProto model)
    {
        var cleaned = SparseTensors.ToDense(model);
        if (OperatorSets.Version(cleaned) is not { } version || version < OperatorSets.Oldest)
        {
            return cleaned;
        }

        var unread = cleaned.Graph.Initializer.Select(tensor => tensor.Name).Except(ReadConstants.In(cleaned.Graph)).ToHashSet();
        while (ConstantFolding.Apply(cleaned) | NoOperations.Remove(cleaned.Graph) | BatchNormFolding.Apply(cleaned.Graph))
        {
        }

        ReadConstants.RemoveUnread(cleaned.Graph, new GraphIndex(cleaned.Graph).Constants.Except(unread));
        return cleaned;
    }
}
