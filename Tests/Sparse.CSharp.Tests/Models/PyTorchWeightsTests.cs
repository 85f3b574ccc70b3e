using System.Text.Json;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Models;

/// <summary>Weights go to PyTorch and come from it by their state names, and both sides compute the same.</summary>
public sealed class PyTorchWeightsTests : IDisposable
{
    private const int Classes = 10;

    private static readonly (string Name, double Width)[] Networks =
    [
        ("small-vgg", 1), ("vgg-16", 0.25), ("vgg-19", 0.25), ("resnet-18", 0.25), ("resnet-20", 1), ("resnet-56", 0.5),
        ("densenet-40-12", 0.5), ("mobilenet-v1", 0.25), ("lenet-300-100", 1),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = torch.NewDisposeScope();

    [PythonTorchFact]
    public void Weights_and_statistics_move_both_ways_and_give_the_same_logits()
    {
        torch.manual_seed(1);
        File.WriteAllText(folder.File("models.json"), JsonSerializer.Serialize(Networks.Select(
            network => new { name = network.Name, width = network.Width, classes = Classes, shape = Shape(network.Name) })));
        foreach (var (name, width) in Networks)
        {
            using var model = Create(name, width);
            Safetensors.Write(Place(name, "ours"), ModelWeights.Of(model));
            Safetensors.Write(Place(name, "images"), new Dictionary<string, torch.Tensor> { ["images"] = torch.randn([4, .. Shape(name)]) });
        }

        PythonTorchFactAttribute.Run(Path.Combine(AppContext.BaseDirectory, "PyTorchComparison", "exchange_weights.py"), folder.Path);

        foreach (var (name, width) in Networks)
        {
            using var expected = Safetensors.Read(Place(name, "logits"));
            foreach (var side in new[] { "ours", "theirs" })
            {
                using var model = Create(name, width);
                using var weights = Safetensors.Read(Place(name, side));
                ModelWeights.Restore(model, weights.Tensors, Place(name, side));
                AssertSameLogits(name, model, expected.Tensors[$"{side}.evaluation"], training: false);
                AssertSameLogits(name, model, expected.Tensors[$"{side}.training"], training: true);
            }
        }
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static long[] Shape(string name) => name == "lenet-300-100" ? [1, 28, 28] : [3, 32, 32];

    private static Module<torch.Tensor, torch.Tensor> Create(string name, double width) =>
        ModelCatalog.Create(new ModelDescription(name, Classes, Shape(name)) { Settings = new ModelSettings { Width = width } });

    private string Place(string name, string kind) => folder.File($"{name}.{kind}.safetensors");

    private void AssertSameLogits(string name, Module<torch.Tensor, torch.Tensor> model, torch.Tensor expected, bool training)
    {
        using var withoutGradient = torch.no_grad();
        using var images = Safetensors.Read(Place(name, "images"));
        model.train(training);
        var difference = (model.call(images.Tensors["images"]) - expected).abs().max() / expected.abs().max();

        Assert.True(difference.item<float>() <= 1e-5, $"{name}, training {training}: relative difference {difference.item<float>():g3}");
    }
}
