using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Quantize.Float16;

/// <summary>Stores the weights of a model as float16; it computes in float32 as before.</summary>
/// <remarks>
/// Each tensor gets a Cast behind it, which ONNX Runtime computes once, at load: half the file, and on every processor the same speed
/// and memory as before. Processors of the x86 family gain nothing from float16 arithmetic, which ONNX Runtime does not have for them.
/// </remarks>
public static class HalfWeights
{
    private const int FewestEntries = 64; // below, the Cast takes more bytes than it saves

    /// <summary>Converts all float32 tensors of a model that float16 can hold and that have 64 entries or more.</summary>
    /// <param name="model">Not changed.</param>
    /// <exception cref="QuantizationException">There is no such tensor, or an entry is not finite.</exception>
    public static HalfResult Convert(ModelProto model)
    {
        var converted = HalfModel.Clone(model);
        var graph = converted.Graph;
        var (index, names) = (new GraphIndex(graph), new UniqueNames(graph));
        var (casts, kept) = (new List<NodeProto>(), new List<string>());
        for (var i = 0; i < graph.Initializer.Count; i++)
        {
            if (FloatTensor.TryRead(index.Constant(graph.Initializer[i].Name)) is not { Values.Length: >= FewestEntries } tensor)
            {
                continue;
            }

            HalfModel.CheckIsFinite(tensor);
            if (HalfTensor.TryConvert(tensor, names.Take($"{tensor.Name}.float16")) is { } half)
            {
                graph.Initializer[i] = half;
                casts.Add(HalfModel.Cast(half.Name, tensor.Name, TensorProto.Types.DataType.Float, names));
            }
            else
            {
                kept.Add(tensor.Name);
            }
        }

        HalfModel.CheckHasAny(casts.Count, kept);
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        graph.Node.AddRange(casts.Concat(nodes));
        return new HalfResult(converted, casts.Count, kept);
    }
}
