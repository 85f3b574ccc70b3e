using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Quantize;

/// <summary>Declares a newer operator set where that changes the meaning of no node.</summary>
internal static class OperatorSetRaise
{
    // Unchanged, but for more types, from operator set 9 (the first with today's batch norm) to 13. What is not listed may have
    // turned an attribute into an input, or its default may have changed, as that of Softmax has.
    private static readonly HashSet<string> Unchanged =
    [
        "Abs", "Add", "AveragePool", "BatchNormalization", "Cast", "Concat", "Constant", "Conv", "ConvTranspose", "Div", "Elu", "Erf",
        "Exp", "Flatten", "Gather", "Gemm", "GlobalAveragePool", "GlobalMaxPool", "HardSigmoid", "Identity", "InstanceNormalization",
        "LRN", "LeakyRelu", "MatMul", "MaxPool", "Mul", "Neg", "PRelu", "Pow", "ReduceMax", "ReduceMean", "ReduceMin", "Relu",
        "Reshape", "Selu", "Shape", "Sigmoid", "Softplus", "Softsign", "Sqrt", "Sub", "Tanh", "Transpose",
    ];

    private const long OldestToRaise = 9;

    /// <summary>Raises the standard operator set of a model to at least the given one, in place.</summary>
    /// <param name="model">The model; its IR version follows.</param>
    /// <param name="needed">The version that is needed, at most 13.</param>
    /// <param name="purpose">What needs it, for the message.</param>
    /// <exception cref="QuantizationException">A node could mean something else in the newer set.</exception>
    public static void To(ModelProto model, long needed, string purpose)
    {
        const long irVersion = 7; // the oldest that goes with operator set 13
        var import = model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").MaxBy(import => import.Version)
            ?? throw Cannot("It uses none of the standard operators.");
        if (import.Version < needed)
        {
            var changed = model.Graph.Node.Where(node => node.IsStandard() && !Unchanged.Contains(node.OpType)).Select(node => node.OpType).Distinct().ToList();
            if (import.Version < OldestToRaise || changed.Count > 0)
            {
                var nodes = changed.Count > 0 ? $" and has {string.Join(", ", changed)}, which later versions may read differently" : "";
                throw Cannot($"{purpose} needs operator set {needed}; the model is of version {import.Version}{nodes}.");
            }

            import.Version = needed;
        }

        model.IrVersion = Math.Max(model.IrVersion, irVersion);

        QuantizationException Cannot(string why) =>
            new("The precision of this model cannot be changed.", why, $"Export it again with operator set {needed} or newer.");
    }
}
