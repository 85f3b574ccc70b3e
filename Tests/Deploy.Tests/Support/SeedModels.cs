using Google.Protobuf;
using Onnx;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Kernels;
using DataType = Onnx.TensorProto.Types.DataType;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>Small models that between them use every part of the format that this solution reads.</summary>
internal static class SeedModels
{
    /// <summary>The name of the file that the tensors of the model in several files are in.</summary>
    public const string DataFile = "data";

    public static IReadOnlyList<ModelProto> All { get; } =
        [Chain(), Sparse(), Quantised(), HalfPrecision(), Packed(), Shaped(), Branching(), .. Enumerable.Range(0, 6).Select(RandomGraph.Create)];

    /// <summary>A model whose tensors are in <see cref="DataFile"/>, and the contents of that.</summary>
    public static (ModelProto Model, byte[] Data) InTwoFiles()
    {
        using var data = new MemoryStream();
        return (ExternalData.Write(Chain(width: 20), DataFile, data), data.ToArray());
    }

    /// <summary>Convolution, batch norm, pooling, linear layers.</summary>
    private static ModelProto Chain(int width = 4)
    {
        var random = new Random(1);
        return new SequentialGraph(2, 6, 6)
            .Conv("conv", width, 2, Thinned(random, width * 18), Floats(random, width), padding: 1)
            .BatchNorm("norm", Floats(random, width), Floats(random, width), Floats(random, width), [.. Floats(random, width).Select(Math.Abs)])
            .Then("Relu").MaxPool(2).Flatten()
            .Gemm("fc1", width, Thinned(random, width * width * 9)).Then("Relu")
            .MatMul("fc2", 2, Thinned(random, width * 2)).Add("shift", [1, 2], 2)
            .Build(2);
    }

    /// <summary>A linear layer whose weights are a sparse initializer.</summary>
    private static ModelProto Sparse()
    {
        var model = Chain();
        var weight = model.Graph.Initializer.Single(tensor => tensor.Name == "fc2.weight");
        model.Graph.Initializer.Remove(weight);
        model.Graph.SparseInitializer.Add(new SparseTensorProto
        {
            Dims = { weight.Dims },
            Values = Protos.Tensor(weight.Name, [3], [1f, 2f, 3f]),
            Indices = Protos.Tensor("", [0L, 3, 6]),
        });
        return model;
    }

    /// <summary>A linear layer whose weights are whole numbers of 8 bits, with a scale.</summary>
    private static ModelProto Quantised()
    {
        var model = Chain();
        var graph = model.Graph;
        var weight = graph.Initializer.Single(tensor => tensor.Name == "fc1.weight");
        graph.Initializer.Remove(weight);
        graph.Initializer.Add(Bytes("fc1.quantised", weight.Dims, DataType.Int8, [.. Enumerable.Range(0, (int)TensorData.ElementCount(weight)).Select(i => (byte)(i % 3))]));
        graph.Initializer.Add(Protos.Tensor("fc1.scale", [], [0.5f]));
        graph.Initializer.Add(Bytes("fc1.zero", [], DataType.Int8, [1]));
        graph.Node.Insert(0, Protos.Node("DequantizeLinear", "dequantise", ["fc1.quantised", "fc1.scale", "fc1.zero"], ["fc1.weight"]));
        return model;
    }

    /// <summary>A convolution whose weights are numbers of 16 bits.</summary>
    private static ModelProto HalfPrecision()
    {
        var model = Chain();
        var graph = model.Graph;
        var weight = graph.Initializer.Single(tensor => tensor.Name == "conv.weight");
        graph.Initializer.Remove(weight);
        graph.Initializer.Add(Bytes("conv.half", weight.Dims, DataType.Float16, [.. TensorData.TryReadFloats(weight)!.SelectMany(value => BitConverter.GetBytes((Half)value))]));
        graph.Node.Insert(0, Protos.Node("Cast", "cast", ["conv.half"], ["conv.weight"], Protos.Attribute("to", (long)DataType.Float)));
        return model;
    }

    /// <summary>A linear layer of sparse kernels.</summary>
    private static ModelProto Packed()
    {
        var model = Chain();
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = SparseKernels.Domain, Version = 1 });
        var node = model.Graph.Node.Single(node => node.OpType == "Gemm");
        var weight = model.Graph.Initializer.Single(tensor => tensor.Name == "fc1.weight");
        var matrix = SparseMatrix.FromDense(TensorData.TryReadFloats(weight), (int)weight.Dims[0], (int)weight.Dims[1]);
        var bytes = PackedWeights.Pack(matrix);
        model.Graph.Initializer.Remove(weight);
        model.Graph.Initializer.Add(Bytes("fc1.weight", [bytes.Length], DataType.Uint8, bytes));
        (node.OpType, node.Domain) = ("SparseGemm", SparseKernels.Domain);
        node.Attribute.Clear();
        return model;
    }

    /// <summary>Shapes that the graph computes, constants in nodes.</summary>
    private static ModelProto Shaped()
    {
        var graph = new SequentialGraph(2, 4, 4).Conv("conv", 6, 2, Thinned(new Random(2), 108)).Then("Relu");
        var value = graph.Current;
        var two = new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = Protos.Tensor("", [-1L]) };
        graph.Graph.Node.Add(Protos.Node("Constant", "constant", [], ["rest"], two));
        graph.Graph.Initializer.Add(Protos.Tensor("zero", [0L]));
        graph.Graph.Node.Add(Protos.Node("Shape", "shape", [value], ["sizes"]));
        graph.Graph.Node.Add(Protos.Node("Gather", "gather", ["sizes", "zero"], ["batch"], Protos.Attribute("axis", 0)));
        graph.Graph.Node.Add(Protos.Node("Concat", "concat", ["batch", "rest"], ["target"], Protos.Attribute("axis", 0)));
        graph.Graph.Node.Add(Protos.Node("Reshape", "reshape", [value, "target"], ["flat"]));
        return graph.Continue("flat").Gemm("fc", 3, Thinned(new Random(3), 72)).Build(3);
    }

    /// <summary>A node with a graph in each of two attributes.</summary>
    private static ModelProto Branching()
    {
        var model = Chain();
        var graph = model.Graph;
        var last = graph.Node[^1].Input[0];
        graph.Initializer.Add(Bytes("which", [], DataType.Bool, [1]));
        var branches = new[] { "then_branch", "else_branch" }.Select(name => new AttributeProto
        {
            Name = name,
            Type = AttributeProto.Types.AttributeType.Graph,
            G = new GraphProto
            {
                Name = name,
                Node = { Protos.Node("Add", name, [last, $"{name}.shift"], [$"{name}.output"]) },
                Initializer = { Protos.Tensor($"{name}.shift", [2], [1f, 2f]) },
                Output = { Protos.BatchedValue($"{name}.output", "batch", [2]) },
            },
        });
        graph.Node[^1] = Protos.Node("If", "if", ["which"], ["output"], [.. branches]);
        return model;
    }

    private static TensorProto Bytes(string name, IEnumerable<long> shape, DataType type, byte[] content) =>
        new() { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(content) };

    private static float[] Floats(Random random, int count) => Running.RandomFloats(random, count);

    private static float[] Thinned(Random random, int count) => [.. Floats(random, count).Select((value, i) => i % 4 == 0 || i < count / 3 ? 0 : value)];
}
