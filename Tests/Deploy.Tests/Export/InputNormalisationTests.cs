using System.Text.Json;
using Onnx;
using SparseHybrid.Data;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Tests.Support;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class InputNormalisationTests : IDisposable
{
    private static readonly Normalisation ThreeChannels = new([0.49, 0.48, 0.45], [0.25, 0.24, 0.26]);

    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_model_computes_what_the_module_does_on_normalised_inputs(bool hasPadding)
    {
        var model = nn.Sequential(("conv", nn.Conv2d(3, 4, 3, padding: hasPadding ? 1 : 0)), ("flatten", nn.Flatten()));
        var report = Export(model, [3, 6, 6], ThreeChannels, rand(5, 3, 6, 6) * 255);
        Assert.InRange(report.MaxAbsDifference / report.Certificate.LargestOutput, 0, 1e-5);
    }

    [Fact]
    public void Columns_whose_mean_is_many_deviations_away_keep_their_digits()
    {
        // Years: 1950 to 2050, and a sensor between 0 and 1.
        var normalisation = new Normalisation([2000, 0.5], [3, 0.3], Scale: 1);
        var samples = cat([rand(50, 1) * 100 + 1950, rand(50, 1)], 1);
        var report = Export(nn.Sequential(("fc", nn.Linear(2, 3))), [2], normalisation, samples);
        Assert.InRange(report.MaxAbsDifference / report.Certificate.LargestOutput, 0, 1e-6);
    }

    [Fact]
    public void In_front_of_flat_inputs_it_becomes_part_of_the_first_layer()
    {
        var model = OnnxExporter.Export(
            nn.Sequential(("fc", nn.Linear(3, 2))), [3], new OnnxExportOptions { Normalisation = ThreeChannels });
        Assert.Equal(["BatchNormalization", "Gemm"], Operators(model));
        Assert.Equal(["Gemm"], Operators(BatchNormFolding.Fold(model)));
    }

    [Fact]
    public void In_front_of_flattened_images_too()
    {
        var module = nn.Sequential(("flatten", nn.Flatten()), ("fc", nn.Linear(3 * 4 * 2, 5)));
        var model = OnnxExporter.Export(module, [3, 4, 2], new OnnxExportOptions { Normalisation = ThreeChannels });
        Assert.Equal(["BatchNormalization", "Flatten", "Gemm"], Operators(model));
        var folded = BatchNormFolding.Fold(model);
        Assert.Equal(["Flatten", "Gemm"], Operators(folded));
        Running.AssertClose(Running.Run(model), Running.Run(folded));
        var report = Export(module, [3, 4, 2], ThreeChannels, rand(5, 3, 4, 2) * 255);
        Assert.InRange(report.MaxAbsDifference / report.Certificate.LargestOutput, 0, 1e-5);
    }

    [Fact]
    public void Another_number_of_channels_and_whole_numbers_are_refused()
    {
        var options = new OnnxExportOptions { Normalisation = ThreeChannels };
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => OnnxExporter.Export(nn.Linear(2, 2), [2], options)).Message);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>((options with { InputType = ScalarType.Int64 }).Validate).Message);
    }

    [Theory]
    [InlineData(ModelForm.Dense)]
    [InlineData(ModelForm.Shrunk)]
    [InlineData(ModelForm.SparseKernels)]
    public void The_names_of_the_classes_are_in_the_file_whatever_its_form(ModelForm form)
    {
        string[] names = ["setosa", "versicolor \"x\"", "vírginica"];
        var options = new ExportPipelineOptions { Form = form, Onnx = new OnnxExportOptions { ClassNames = names } };
        var path = folder.File("model.onnx");
        ExportPipeline.Export(nn.Sequential(("fc", nn.Linear(4, 3))), [4], rand(5, 4), path, options);
        var kept = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).MetadataProps.Single(entry => entry.Key == OnnxExportOptions.ClassesKey);
        Assert.Equal(names, JsonSerializer.Deserialize<string[]>(kept.Value));
    }

    private ModelReport Export(nn.Module<Tensor, Tensor> model, long[] shape, Normalisation normalisation, Tensor samples) => ExportPipeline.Export(
        model, shape, samples, folder.File("model.onnx"), new ExportPipelineOptions { Onnx = new OnnxExportOptions { Normalisation = normalisation } });

    private static IEnumerable<string> Operators(ModelProto model) => model.Graph.Node.Select(node => node.OpType);
}
