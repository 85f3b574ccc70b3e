using Onnx;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>One layer of a model as a model of its own.</summary>
internal static class LayerModel
{
    private const string BatchName = "first";

    /// <summary>The nodes of a layer between an input and an output, with the constants that they read.</summary>
    public static ModelProto Extract(ModelProto model, SparseLayer layer, IReadOnlyList<long> inputShape)
    {
        var read = layer.Nodes.SelectMany(node => node.Input).ToHashSet();
        var graph = new GraphProto { Name = layer.Name };
        graph.Initializer.AddRange(model.Graph.Initializer.Where(tensor => read.Contains(tensor.Name)));
        graph.Node.AddRange(model.Graph.Node.Where(node => GraphIndex.IsConstant(node) && read.Contains(node.Output[0])));
        graph.Node.AddRange(layer.Nodes);
        graph.Input.Add(Protos.BatchedValue(layer.Input, BatchName, inputShape.Skip(1)));
        var type = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float };
        graph.Output.Add(new ValueInfoProto { Name = layer.Output, Type = new TypeProto { TensorType = type } });
        var extracted = new ModelProto { IrVersion = model.IrVersion, Graph = graph };
        extracted.OpsetImport.AddRange(model.OpsetImport);
        return extracted;
    }

    /// <summary>The same on its sparse kernel.</summary>
    public static ModelProto OnKernel(ModelProto extracted) => SparseRewriter.Rewrite(extracted, LayerCandidates.Of(extracted).Readable);

    /// <summary>Random numbers for its input.</summary>
    public static InputTensor Input(SparseLayer layer, long[] shape) =>
        new(layer.Input, shape, StandardNormal.Draw(new Random(1), TensorSize.ElementCount(shape)));
}
