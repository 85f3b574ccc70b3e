using Onnx;

namespace SparseHybrid.Deploy.Graph;

/// <summary>Finds every tensor that a model holds, wherever the format lets one be: initializers, attributes, subgraphs, functions.</summary>
internal static class ModelTensors
{
    /// <summary>The dense tensors, the two parts of the sparse ones included.</summary>
    public static IEnumerable<TensorProto> Dense(ModelProto model) => Graphs(model).SelectMany(graph => graph.Initializer)
        .Concat(Nodes(model).SelectMany(node => node.Attribute).SelectMany(attribute => attribute.T is null ? attribute.Tensors : attribute.Tensors.Append(attribute.T)))
        .Concat(Sparse(model).SelectMany(tensor => new[] { tensor.Values, tensor.Indices }).OfType<TensorProto>());

    /// <summary>The sparse tensors.</summary>
    public static IEnumerable<SparseTensorProto> Sparse(ModelProto model) => Graphs(model).SelectMany(graph => graph.SparseInitializer)
        .Concat(Nodes(model).SelectMany(node => node.Attribute)
            .SelectMany(attribute => attribute.SparseTensor is null ? attribute.SparseTensors : attribute.SparseTensors.Append(attribute.SparseTensor)));

    private static IEnumerable<NodeProto> Nodes(ModelProto model) =>
        Graphs(model).SelectMany(graph => graph.Node).Concat(model.Functions.SelectMany(function => function.Node));

    private static IEnumerable<GraphProto> Graphs(ModelProto model) =>
        Within(model.Graph).Concat(model.Functions.SelectMany(function => function.Node.SelectMany(Within)));

    private static IEnumerable<GraphProto> Within(GraphProto graph) => graph.Node.SelectMany(Within).Prepend(graph);

    private static IEnumerable<GraphProto> Within(NodeProto node) => node.Attribute
        .SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G)).SelectMany(Within);
}
