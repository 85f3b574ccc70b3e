using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Quantize.Float16;

/// <summary>What both ways to float16 share.</summary>
internal static class HalfModel
{
    private const long OldestOperatorSet = 6; // the first whose Cast names its type by number

    /// <summary>A copy to be changed.</summary>
    /// <exception cref="QuantizationException">Its operator set is too old.</exception>
    public static ModelProto Clone(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Graph is null)
        {
            throw new ArgumentException("The model has no graph.", nameof(model));
        }

        var clone = model.Clone(); // shares the bytes of the weights
        OperatorSetRaise.To(clone, OldestOperatorSet, "float16");
        return clone;
    }

    /// <summary>A node that turns a value into another type.</summary>
    public static NodeProto Cast(string value, string result, TensorProto.Types.DataType type, UniqueNames names) =>
        Protos.Node("Cast", names.Take($"{result}.cast"), [value], [result], Protos.Attribute("to", (long)type));

    /// <exception cref="QuantizationException">An entry is NaN or infinite.</exception>
    public static void CheckIsFinite(FloatTensor tensor)
    {
        foreach (var value in tensor.Values)
        {
            if (!float.IsFinite(value))
            {
                throw new QuantizationException(
                    $"Tensor '{tensor.Name}' cannot be float16.", $"It holds {value}.", "Train the model again, or repair its weights.");
            }
        }
    }

    /// <exception cref="QuantizationException">Nothing became float16.</exception>
    public static void CheckHasAny(int converted, IReadOnlyList<string> kept)
    {
        if (converted == 0)
        {
            throw new QuantizationException(
                "The model cannot be float16.",
                kept.Count == 0 ? "It has no float32 weights inside the file." : $"Float16 cannot hold {string.Join(", ", kept)}: beyond 65504, or too close to zero.",
                "Give a float32 model; leave this one as it is if it is one.");
        }
    }
}
