using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Optimize;
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
        Assert.All(report.Layers, layer => Assert.Contains("pays from about", layer.Verdict!.Why, StringComparison.Ordinal));
        Assert.Equal(["", SparseKernels.Domain], written.OpsetImport.Select(import => import.Domain));
        Assert.Equal(["dense", "sparse-kernels", "dense"], report.Certificate.Choices!.Select(choice => choice.Form));
        Assert.Null(report.Times);
    }

    [Fact]
    public void Units_that_do_nothing_go_first()
    {
        var graph = new SequentialGraph(20).Gemm("fc1", 40, PartlySparse.Weights(800, 0.96, dead: 400), new float[40]).Then("Relu");
        var report = Optimize(graph.Gemm("fc2", 4, PartlySparse.Weights(160, 0.3)).Build(4), new OptimizeOptions { Form = ModelForm.SparseKernels });
        Assert.InRange(report.Layers[0].Size.UnitsAfter, 1, 20);
        Assert.Equal([ModelForm.SparseKernels, ModelForm.Shrunk], report.Layers.Select(layer => layer.Choice));
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

    [Fact]
    public void A_layer_without_a_kernel_says_why()
    {
        var model = new SequentialGraph(4, 5, 5).Conv("depthwise", 4, 1, RandomFloats(new Random(1), 36), group: 4).Build(4, 3, 3);
        var report = Optimize(model, new OptimizeOptions { Form = ModelForm.SparseKernels });
        Assert.Contains("depthwise", Assert.Single(report.Layers).Verdict!.Why, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private ModelReport Optimize(ModelProto model, OptimizeOptions options) =>
        OptimizePipeline.Optimize(folder.Write("model.onnx", model), folder.File("out.onnx"), options);
}
