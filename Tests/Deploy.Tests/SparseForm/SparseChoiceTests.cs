using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Kernels;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.SparseForm;

public sealed class SparseChoiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Layers_with_many_zeros_go_to_sparse_kernels_and_others_stay()
    {
        var report = Optimize(PartlySparse.Model(), new OptimizeOptions { Form = ModelForm.SparseKernels });

        var written = ModelFile.Load(report.File);
        Assert.Equal(["Gemm", "Relu", "SparseGemm", "Gemm"], written.Graph.Node.Select(node => node.OpType));
        Assert.Equal([ModelForm.Dense, ModelForm.SparseKernels, ModelForm.Dense], report.Layers.Select(layer => layer.Choice));
        Assert.Equal(
            ["too small for a sparse kernel to pay", "a sparse kernel pays from about 85 % zeros", "too small for a sparse kernel to pay"],
            report.Layers.Select(layer => layer.Verdict!.Why));
        Assert.Equal(["", SparseKernels.Domain], written.OpsetImport.Select(import => import.Domain));
        Assert.Equal(["dense", "sparse-kernels", "dense"], report.Certificate.Choices!.Select(choice => choice.Form));
        Assert.Null(report.Times);
    }

    [Fact]
    public void Units_that_do_nothing_go_first()
    {
        var graph = new SequentialGraph(300).Gemm("fc1", 600, PartlySparse.Weights(180_000, 0.96, dead: 90_000), new float[600]).Then("Relu");
        var report = Optimize(graph.Gemm("fc2", 4, PartlySparse.Weights(2400, 0.3)).Build(4), new OptimizeOptions { Form = ModelForm.SparseKernels });
        Assert.InRange(report.Layers[0].Size.UnitsAfter, 250, 300);
        Assert.Equal([ModelForm.SparseKernels, ModelForm.Shrunk], report.Layers.Select(layer => layer.Choice));
    }

    [Fact]
    public void Batch_norms_go_into_the_kernels_weights()
    {
        var model = new SequentialGraph(4, 6, 6).Conv("conv", 8, 4, PartlySparse.EveryWeight(288, 11), padding: 1)
            .BatchNorm("norm", RandomFloats(new Random(1), 8), RandomFloats(new Random(2), 8), RandomFloats(new Random(3), 8), [1, 2, 3, 4, 5, 6, 7, 8])
            .Then("Relu").Build(8, 6, 6);
        var report = Optimize(model, new OptimizeOptions { Form = ModelForm.SparseKernels });
        Assert.Equal(["SparseConv"], ModelFile.Load(report.File).Graph.Node.Select(node => node.OpType));
    }

    [Theory]
    [InlineData(Precision.Float16, 0.75)]
    [InlineData(Precision.Int8, 0.6)]
    public void Weights_of_kernels_can_be_stored_in_fewer_bits(Precision precision, double share)
    {
        var full = Optimize(PartlySparse.Model(), new OptimizeOptions { Form = ModelForm.SparseKernels });
        var bytes = KernelBytes(full);
        var report = Optimize(PartlySparse.Model(), new OptimizeOptions { Form = ModelForm.SparseKernels, Precision = precision });
        Assert.Equal([Precision.Float32, precision, Precision.Float32], report.Layers.Select(layer => layer.Precision));
        Assert.InRange(KernelBytes(report), 1, share * bytes);
        var refused = new OptimizeOptions { Form = ModelForm.Auto, Precision = Precision.Float16Compute };
        Assert.Contains("fp16-compute", Assert.Throws<ArgumentException>(refused.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_that_may_not_measure_decides_the_same()
    {
        var asked = Optimize(PartlySparse.Model(), new OptimizeOptions { Form = ModelForm.SparseKernels });
        var expected = ModelFile.Load(asked.File).Graph;
        var auto = Optimize(PartlySparse.Model(), new OptimizeOptions { Form = ModelForm.Auto, MayMeasure = false });
        Assert.Equal(asked.Layers, auto.Layers);
        Assert.Equal(expected, ModelFile.Load(auto.File).Graph);
    }

    [Theory]
    [InlineData(3, 5, ModelForm.Dense)] // 80 %
    [InlineData(3, 20, ModelForm.SparseKernels)] // 95 %
    [InlineData(16, 5, ModelForm.SparseKernels)]
    public void A_convolution_of_few_channels_needs_more_zeros(int channels, int multiple, ModelForm expected)
    {
        var model = new SequentialGraph(channels, 6, 6).Conv("conv", 7, channels, PartlySparse.EveryWeight(7 * 9 * channels, multiple), padding: 1).Build(7, 6, 6);
        Assert.Equal(expected, Assert.Single(Optimize(model, new OptimizeOptions { Form = ModelForm.SparseKernels }).Layers).Choice);
    }

    [Fact]
    public void A_layer_without_a_kernel_says_why()
    {
        var model = new SequentialGraph(4, 5, 5).Conv("depthwise", 4, 1, RandomFloats(new Random(1), 36), group: 4).Build(4, 3, 3);
        var report = Optimize(model, new OptimizeOptions { Form = ModelForm.SparseKernels });
        Assert.Contains("depthwise", Assert.Single(report.Layers).Verdict!.Why, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static long KernelBytes(ModelReport report) => Tensor(ModelFile.Load(report.File), "middle.weight.packed").RawData.Length;

    private ModelReport Optimize(ModelProto model, OptimizeOptions options) =>
        OptimizePipeline.Optimize(folder.Write("model.onnx", model), folder.File("out.onnx"), options);
}
