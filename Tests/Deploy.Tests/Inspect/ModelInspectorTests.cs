using Onnx;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize.Float16;
using SparseHybrid.Deploy.SparseForm;
using SparseHybrid.Deploy.Tests.SparseForm;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Kernels;

namespace SparseHybrid.Deploy.Tests.Inspect;

public sealed class ModelInspectorTests : IDisposable
{
    private static readonly InspectionOptions WithoutRunning = new() { MayRun = false };
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Modules => [.. TorchModel.All.Select(model => model.Name)];

    [Fact]
    public void A_linear_layer_is_counted_entry_by_entry()
    {
        var model = new SequentialGraph(4).Gemm("fc", 3, [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 3, 0], [1, 0, 2]).Build(3);

        var found = ModelInspector.Inspect(model);

        var layer = Assert.Single(found.Layers);
        Assert.Equal(("fc", "Gemm", 12L, 9L, 12L, 3L, 48L), (layer.Name, layer.Operator, layer.Weights, layer.Zeros, layer.Macs, layer.EffectiveMacs, layer.Bytes));
        Assert.Equal([3L, 4L], layer.Shape);
        Assert.Equal([new WeightGroups("row", 3, 1), new WeightGroups("column", 4, 1)], layer.Groups);
        Assert.Equal(new EncodingBytes(Dense: 48, Sparse: 12 + 3, Bitmask: 12 + 2, Delta: 12 + 3, Float16: 24, Int8: 12 + 12), layer.Encodings);
        Assert.Equal(new InspectionTotals(15, 12, 5, 12, 3, 60, layer.Encodings), found.Totals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rows_are_outputs_whichever_way_the_matrix_is_stored(bool transposed)
    {
        var model = new SequentialGraph(4).Gemm("fc", 3, [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 3, 0], transposed: transposed).Build(3);
        Assert.Equal([new WeightGroups("row", 3, 1), new WeightGroups("column", 4, 1)], ModelInspector.Inspect(model).Layers[0].Groups);
    }

    [Fact]
    public void Long_runs_of_zeros_take_more_bytes_to_count()
    {
        var weights = new float[40_000];
        (weights[0], weights[128], weights[257], weights[39_999]) = (1, 1, 1, 1); // gaps of 0, 127, 128 and 39 741
        var encodings = ModelInspector.Inspect(new SequentialGraph(200).MatMul("fc", 200, Transposed(weights, 200)).Build(200), WithoutRunning).Layers[0].Encodings;
        Assert.Equal(4 * 4 + 1 + 1 + 2 + 3, encodings.Delta);
        Assert.Equal(4 * 4 + 5_000, encodings.Bitmask);
    }

    [Fact]
    public void Sparse_weights_take_what_the_form_writes()
    {
        var weights = PartlySparse.EveryWeight(300 * 100, 11); // positions of 1, 2 and 3 bytes
        var model = new SequentialGraph(300).Gemm("fc", 100, weights).Build(100);
        var written = Assert.Single(SparseWeights.Apply(model).Tensors).SparseBytes; // with its name, dimensions and those of its parts
        Assert.InRange(written - ModelInspector.Inspect(model).Layers[0].Encodings.Sparse, 50, 150);
    }

    [Fact]
    public void Filters_channels_and_kernels_of_a_convolution_are_told_apart()
    {
        var weights = new float[3 * 2 * 9];
        (weights[0], weights[5], weights[2 * 18]) = (1, 1, 1); // filters 0 and 2, of channel 0
        var layer = ModelInspector.Inspect(new SequentialGraph(2, 5, 7).Conv("conv", 3, 2, weights, padding: 1).Build(3, 5, 7)).Layers[0];
        Assert.Equal([new WeightGroups("output-filter", 3, 1), new WeightGroups("input-channel", 2, 1), new WeightGroups("kernel", 6, 4)], layer.Groups);
        Assert.Equal((54L * 35, 3L * 35), (layer.Macs, layer.EffectiveMacs));
    }

    [Fact]
    public void Channels_of_groups_are_counted_over_all_groups()
    {
        var layer = ModelInspector.Inspect(new SequentialGraph(4, 3, 3).Conv("conv", 4, 2, [1, 0, 0, 0, 0, 0, 0, 1], group: 2).Build(4, 3, 3)).Layers[0];
        Assert.Equal([new WeightGroups("output-filter", 4, 2), new WeightGroups("input-channel", 4, 2), new WeightGroups("kernel", 8, 6)], layer.Groups);
        Assert.Equal(8 * 9, layer.Macs);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void The_shapes_that_are_measured_are_those_that_the_exporter_declares(string name)
    {
        using var module = TorchModel.Named(name).CreateTrained();
        var model = OnnxExporter.Export(module, TorchModel.Named(name).InputShape);

        var (measured, declared) = (ModelInspector.Inspect(model), ModelInspector.Inspect(model, WithoutRunning));

        Assert.Equal(declared.Totals.Macs, measured.Totals.Macs);
        Assert.NotNull(measured.Totals.Macs);
    }

    [Fact]
    public void A_transposed_convolution_multiplies_at_every_place_of_its_input()
    {
        using var module = TorchModel.Named("transposed conv2d").CreateTrained();
        var layer = ModelInspector.Inspect(OnnxExporter.Export(module, [4, 5, 6])).Layers[0];
        Assert.Equal(5 * 6 * layer.Weights, layer.Macs);
        Assert.Equal([6L, 4L], layer.Groups.Take(2).Select(group => group.Total));
    }

    [Fact]
    public void Sparse_quantised_and_half_precision_weights_are_read_as_the_dense_ones()
    {
        foreach (var seed in SeedModels.All)
        {
            var found = ModelInspector.Inspect(seed);
            Assert.NotNull(found.Totals.Macs);
            Assert.All(found.Layers, layer => Assert.InRange(layer.Zeros, 0, layer.Weights));
        }

        var (chain, sparse, whole, half) = (Inspect(0), Inspect(1), Inspect(2), Inspect(3));
        Assert.Equal(chain.Layers.Select(layer => (layer.Name, layer.Macs)), sparse.Layers.Select(layer => (layer.Name, layer.Macs)));
        Assert.Equal((8L, 5L, (3L * 4) + 11), (sparse.Layers[2].Weights, sparse.Layers[2].Zeros, sparse.Layers[2].Bytes)); // small positions are short
        Assert.Equal((48L, 144L), (whole.Layers[1].Zeros, whole.Layers[1].Bytes)); // of 144 entries 0, 1, 2, 0 ... those that are 1
        Assert.Equal((chain.Layers[0].Zeros, chain.Layers[0].Encodings, chain.Layers[0].Bytes / 2), (half.Layers[0].Zeros, half.Layers[0].Encodings, half.Layers[0].Bytes));

        static ModelInspection Inspect(int seed) => ModelInspector.Inspect(SeedModels.All[seed]);
    }

    [Fact]
    public void The_forms_of_8_and_16_bits_have_the_same_layers_in_fewer_bytes()
    {
        var random = new Random(1);
        float[] weights = [.. Running.RandomFloats(random, 8 * 4 * 9).Select((value, i) => i % 3 == 0 ? value : 0)];
        var model = new SequentialGraph(4, 6, 6).Conv("conv", 8, 4, weights, Running.RandomFloats(random, 8)).Then("Relu").Flatten()
            .Gemm("fc1", 5, Running.RandomFloats(random, 128 * 5), Running.RandomFloats(random, 5)).Then("Relu").Gemm("fc2", 2, Running.RandomFloats(random, 10)).Build(2);
        var layers = ModelInspector.Inspect(model).Layers;

        var half = ModelInspector.Inspect(HalfWeights.Convert(model).Model).Layers;
        var halfValues = ModelInspector.Inspect(HalfValues.Convert(model).Model).Layers;
        var whole = ModelInspector.Inspect(Quantizing.Quantized(model)).Layers;

        Assert.Equal(layers.Take(2).Select(layer => (layer.Macs, layer.Zeros, layer.Weights * 2)), half.Take(2).Select(layer => (layer.Macs, layer.Zeros, layer.Bytes)));
        Assert.Equal(half.Take(2).Select(layer => (layer.Macs, layer.Zeros, layer.Bytes)), halfValues.Take(2).Select(layer => (layer.Macs, layer.Zeros, layer.Bytes)));
        Assert.Equal(layers.Select(layer => layer.Macs), whole.Select(layer => layer.Macs));
        Assert.InRange(whole[0].Zeros, layers[0].Zeros, layers[0].Weights - 1); // small numbers round to zero too
        Assert.Equal(whole[0].Weights, whole[0].Bytes);
    }

    [Fact]
    public void Packed_weights_of_sparse_kernels_are_the_same_layers()
    {
        var random = new Random(1);
        float[] convolution = [.. Running.RandomFloats(random, 4 * 2 * 9 * 40).Select((value, i) => i % 3 == 0 && i >= 18 ? value : 0)];
        float[] linear = [.. Running.RandomFloats(random, 3 * 160 * 36).Select((value, i) => i % 5 == 0 ? value : 0)];
        var dense = new SequentialGraph(2, 8, 8).Conv("conv", 160, 2, convolution).Flatten().Gemm("fc", 3, linear).Build(3);
        var packed = dense.Clone();
        packed.OpsetImport.Add(new OperatorSetIdProto { Domain = SparseKernels.Domain, Version = 1 });
        Pack(packed.Graph.Node[0], "SparseConv", convolution, 160);
        Pack(packed.Graph.Node[2], "SparseGemm", linear, 3);

        var (expected, found) = (ModelInspector.Inspect(dense), ModelInspector.Inspect(packed));

        Assert.Equal(expected.Layers.Select(Figures), found.Layers.Select(Figures));
        Assert.Equal(expected.Layers.SelectMany(layer => layer.Groups), found.Layers.SelectMany(layer => layer.Groups));
        Assert.Equal(expected.Totals with { Bytes = 0 }, found.Totals with { Bytes = 0 });
        Assert.Equal(packed.Graph.Initializer.Select(tensor => (long)tensor.RawData.Length), found.Layers.Select(layer => layer.Bytes));

        static (string, string, long, long?, long?, EncodingBytes) Figures(LayerInspection layer) =>
            (layer.Name, string.Join('x', layer.Shape), layer.Zeros, layer.Macs, layer.EffectiveMacs, layer.Encodings);

        void Pack(NodeProto node, string operation, float[] weights, int outputs)
        {
            var bytes = PackedWeights.Pack(SparseMatrix.FromDense(weights, outputs, weights.Length / outputs));
            var tensor = packed.Graph.Initializer.Single(tensor => tensor.Name == node.Input[1]);
            (tensor.DataType, tensor.RawData) = ((int)TensorProto.Types.DataType.Uint8, Google.Protobuf.ByteString.CopyFrom(bytes));
            tensor.Dims.Clear();
            tensor.Dims.Add(bytes.Length);
            (node.OpType, node.Domain) = (operation, SparseKernels.Domain);
        }
    }

    [Fact]
    public void A_kernel_that_pools_multiplies_at_every_place_of_the_pools()
    {
        var model = new SequentialGraph(2, 10, 10).Conv("conv", 4, 2, Running.RandomFloats(new Random(1), 72)).MaxPool(2).Build(4, 4, 4);
        var sparse = SparseRewriter.Rewrite(model, LayerCandidates.Of(model).Readable);
        Assert.Equal(72 * 64, ModelInspector.Inspect(model).Totals.Macs);
        Assert.Equal(72 * 64, ModelInspector.Inspect(sparse).Totals.Macs);
    }

    [Fact]
    public void Tensors_in_other_files_are_counted()
    {
        var (model, data) = SeedModels.InTwoFiles();
        folder.Write(SeedModels.DataFile, data);
        Assert.Equal(20 * 18, ModelInspector.Inspect(folder.Write("model.onnx", model)).Layers[0].Weights);
    }

    [Fact]
    public void A_matrix_that_the_graph_turns_is_the_same_layer()
    {
        var plain = new SequentialGraph(2).MatMul("fc", 3, [1, 0, 2, 0, 3, 0]);
        var turned = new SequentialGraph(2);
        turned.AddTensor("fc.weight", [3, 2], [1, 0, 2, 0, 3, 0]);
        turned.Graph.Node.Add(Protos.Node("Transpose", "turn", ["fc.weight"], ["turned"], Protos.Attribute("perm", [1L, 0])));
        turned.Graph.Node.Add(Protos.Node("MatMul", "fc", ["input", "turned"], ["value1"]));

        var (expected, actual) = (ModelInspector.Inspect(plain.Build(3)).Layers[0], ModelInspector.Inspect(turned.Build(3)).Layers[0]);

        Assert.Equal(expected.Groups, actual.Groups);
        Assert.Equal((expected.Name, expected.Macs, expected.EffectiveMacs), (actual.Name, actual.Macs, actual.EffectiveMacs));
    }

    [Fact]
    public void Shapes_that_a_file_declares_wrongly_are_not_believed()
    {
        var model = Convolution();
        model.Graph.ValueInfo.Add(Protos.BatchedValue("value1", "batch", [2, 999, 999]));
        Assert.Equal(18 * 16, ModelInspector.Inspect(model).Totals.Macs);
    }

    [Fact]
    public void Where_ONNX_Runtime_cannot_help_declared_shapes_do_and_it_is_said()
    {
        var model = Convolution();
        model.Graph.Node[1].OpType = "Unheard";
        var without = ModelInspector.Inspect(model);
        Assert.Null(without.Totals.Macs);
        Assert.Contains("Unheard", without.Remarks[0], StringComparison.Ordinal);
        model.Graph.ValueInfo.Add(Protos.BatchedValue("value1", "batch", [2, 4, 4]));
        Assert.Equal(18 * 16, ModelInspector.Inspect(model).Totals.Macs);
    }

    [Fact]
    public void Open_sizes_have_to_be_said()
    {
        var model = Convolution();
        foreach (var size in model.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(2))
        {
            size.DimParam = "side";
        }

        var open = ModelInspector.Inspect(model);
        Assert.Null(open.Layers[0].Macs);
        Assert.Contains("--input", open.Remarks[0], StringComparison.Ordinal);
        Assert.Equal(18 * 64, ModelInspector.Inspect(model, new InspectionOptions { SampleShape = [1, 8, 8] }).Totals.Macs);
        Assert.Throws<ArgumentException>(() => ModelInspector.Inspect(model, new InspectionOptions { SampleShape = [2, 8, 8] }));
        Assert.Throws<ArgumentException>(() => ModelInspector.Inspect(model, new InspectionOptions { SampleShape = [8, 8] }));
    }

    [Fact]
    public void A_fixed_batch_does_not_multiply_the_work_for_one_sample()
    {
        var model = Convolution();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 4;
        Assert.Equal(18 * 16, ModelInspector.Inspect(model).Totals.Macs);
    }

    [Fact]
    public void What_could_be_gained_is_what_the_forms_really_give()
    {
        var model = new SequentialGraph(4).Gemm("fc1", 3, [1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 3, 0]).Then("Relu").Gemm("fc2", 2, [1, 1, 0, 1, 1, 0]).Build(2);
        var remarks = ModelInspector.Inspect(model).Remarks;
        Assert.Contains("sparse-weights would take 0.49 of the bytes.", remarks); // 15 + 20 of 48 + 24
        Assert.Contains("shrunk would keep 0.33 of the parameters (--form shrunk):", remarks); // one unit of three
        Assert.Contains("  fc1: 1 of 3 outputs, 4 of 12 parameters", remarks);
        Assert.Empty(ModelInspector.Inspect(new SequentialGraph(2).Gemm("fc", 2, [1, 2, 3, 4]).Build(2)).Remarks);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Two filters of 3 x 3 over one channel of 4 x 4.</summary>
    private static ModelProto Convolution() =>
        new SequentialGraph(1, 4, 4).Conv("conv", 2, 1, [.. Enumerable.Repeat(1f, 18)], padding: 1).Then("Relu").Build(2, 4, 4);

    private static float[] Transposed(float[] columns, int outputs)
    {
        var inputs = columns.Length / outputs;
        return [.. Enumerable.Range(0, columns.Length).Select(i => columns[i % inputs * outputs + i / inputs])];
    }
}
