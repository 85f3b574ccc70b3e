using System.Text.Json;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Optimize;

/// <summary>A plain, a residual, a depthwise-separable and a concatenating network and an MLP, with zeros planted by PyTorch and written by it.</summary>
public class PyTorchModelsTests
{
    private const string CheckAll = """
        import onnx, pathlib, sys
        for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
            onnx.checker.check_model(str(path), full_check=True)
            print("checked", path.name)
        """;

    private static readonly (string Name, long[] Shape, double Width)[] Networks =
    [
        ("small-vgg", [3, 32, 32], 1), ("resnet-20", [3, 32, 32], 1), ("mobilenet-v1", [3, 32, 32], 0.125), ("densenet-40-12", [3, 32, 32], 0.34),
        ("lenet-300-100", [1, 28, 28], 1),
    ];

    [PythonTorchFact]
    public void Five_networks_go_through_every_form_with_a_certificate()
    {
        using var folder = new TemporaryFolder();
        var requests = Networks.Select((network, seed) => new
        {
            File = network.Name,
            network.Name,
            Classes = 10,
            network.Shape,
            network.Width,
            Share = 0.6,
            Seed = seed,
            Fused = seed % 2 == 0,
            Constants = false,
        });
        File.WriteAllText(folder.File("requests.json"), JsonSerializer.Serialize(requests, JsonSerializerOptions.Web));
        PythonTorchFactAttribute.Run(Path.Combine(AppContext.BaseDirectory, "PyTorchComparison", "planted_zeros.py"), folder.Path);
        foreach (var name in Networks.Select(network => network.Name))
        {
            var original = folder.File($"{name}.onnx");
            var bytes = Enum.GetValues<ModelForm>().ToDictionary(form => form, form =>
            {
                var options = new OptimizeOptions { Form = form, Batches = [1, 3], MayMeasure = false };
                var report = OptimizePipeline.Optimize(original, folder.File($"{name}.{ModelForms.NameOf(form)}.onnx"), options);
                Assert.Equal(4, report.SamplesCompared);
                Assert.True(File.Exists(Certificate.PathFor(report.File)));
                return report.Bytes;
            });
            Assert.InRange(bytes[ModelForm.Dense], 1, new FileInfo(original).Length + 2000); // no larger than the certificate makes it
            Assert.InRange(bytes[ModelForm.SparseWeights], 1, bytes[ModelForm.Dense] - 1);
            Assert.InRange(bytes[ModelForm.Shrunk], 1, bytes[ModelForm.Dense] * 6 / 10);
        }

        var (exitCode, output) = PythonOnnxFactAttribute.Run(CheckAll, folder.Path);
        Assert.True(exitCode == 0 || output.Contains("No module named 'onnx'"), output);
    }
}
