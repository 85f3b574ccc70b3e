using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>Models of a single layer, from x to y.</summary>
internal static class LayerModels
{
    private const string Weights = "weights";

    /// <summary>The layer in ONNX's own operators.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="weights">Output by output, as ONNX's Gemm (transB = 1) and Conv have them.</param>
    public static byte[] Dense(LayerShape shape, float[] weights) => shape.Window is { } window
        ? Model(shape, Protos.Node("Conv", "layer", ["x", Weights], ["y"], Attributes(shape, window)),
            Protos.Tensor(Weights, [shape.Outputs, shape.Inputs, window.Rows, window.Columns], weights))
        : Model(shape, Protos.Node("Gemm", "layer", ["x", Weights], ["y"], Protos.Attribute("transB", 1)),
            Protos.Tensor(Weights, [shape.Outputs, shape.Inputs], weights));

    /// <summary>The layer on sparse kernels.</summary>
    public static byte[] Sparse(LayerShape shape, float[] weights)
    {
        var node = Protos.Node(
            shape.Window is null ? "SparseGemm" : "SparseConv", "layer", ["x", Weights], ["y"], shape.Window is { } window ? Attributes(shape, window) : []);
        node.Domain = SparseKernels.Domain;
        var packed = PackedWeights.Pack(SparseMatrix.FromDense(weights, shape.Outputs, shape.WeightsOfOutput));
        return Model(shape, node, Protos.Tensor(Weights, [packed.Length], TensorProto.Types.DataType.Uint8, packed));
    }

    /// <summary>The sizes of one sample.</summary>
    public static long[] SampleShape(LayerShape shape) => shape.Window is null ? [shape.Inputs] : [shape.Inputs, shape.Image.Rows, shape.Image.Columns];

    private static AttributeProto[] Attributes(LayerShape shape, (int Rows, int Columns) window) =>
    [
        Protos.Attribute("kernel_shape", [window.Rows, window.Columns]),
        Protos.Attribute("pads", [window.Rows / 2, window.Columns / 2, window.Rows / 2, window.Columns / 2]),
        Protos.Attribute("strides", [shape.Stride, shape.Stride]),
    ];

    private static byte[] Model(LayerShape shape, NodeProto node, TensorProto weights)
    {
        var graph = new GraphProto { Name = "layer" };
        graph.Node.Add(node);
        graph.Initializer.Add(weights);
        graph.Input.Add(Protos.BatchedValue("x", "batch", SampleShape(shape)));
        graph.Output.Add(new ValueInfoProto { Name = "y", Type = new TypeProto { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float } } });
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = 17 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = SparseKernels.Domain, Version = 1 });
        return model.ToByteArray();
    }
}
