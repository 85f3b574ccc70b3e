using System.Text.Json;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Shrink;

/// <summary>Networks that PyTorch wrote, with filters of zeros planted at random, against a count by hand of what has to stay.</summary>
public class PlantedZerosTests
{
    private static readonly string[] Networks = ["small-vgg", "lenet-300-100", "resnet-18", "resnet-20", "densenet-40-12", "mobilenet-v1"];

    private sealed record Request(
        string File, string Name, int Classes, long[] Shape, double Width, double Share, int Seed, bool Fused, bool Constants);

    private sealed record Count(long[][] Layers, long Parameters);

    [PythonTorchFact]
    public void What_PyTorch_wrote_shrinks_to_what_a_count_by_hand_leaves()
    {
        double[] shares = [0.3, 0.6, 0.9];
        var requests = Networks.SelectMany((name, seed) => shares.Select((share, i) => new Request(
            $"{name}-{share:0.0}", name, 10, ImageOf(name), WidthOf(name), share, seed, Fused: (seed + i) % 2 == 0, Constants: false))).ToList();

        Export(requests, (request, model, count) =>
        {
            var result = ModelShrinker.Shrink(model);

            AssertComputesTheSame(model, result.Model);
            Assert.Equal(count.Layers, Layers(result.Model));
            Assert.Equal(count.Parameters, result.Layers.Sum(layer => layer.ParametersAfter));
        });
    }

    [PythonTorchFact]
    public void Constants_of_both_signs_leave_at_most_one_channel_more_in_a_chain()
    {
        Request[] requests =
        [
            new("chain", "small-vgg", 10, [3, 16, 16], 1, 0.6, 7, Fused: true, Constants: true),
            new("separable", "mobilenet-v1", 10, [3, 32, 32], 0.1, 0.6, 8, Fused: false, Constants: true),
            new("dense", "densenet-40-12", 10, [3, 32, 32], 0.34, 0.6, 9, Fused: true, Constants: true),
            new("residual", "resnet-20", 10, [3, 32, 32], 1, 0.6, 10, Fused: true, Constants: true),
        ];

        Export(requests, (request, model, count) =>
        {
            var result = ModelShrinker.Shrink(model);

            AssertComputesTheSame(model, result.Model);
            if (request.Name == "small-vgg")
            {
                Assert.All(Layers(result.Model).Zip(count.Layers), pair => Assert.InRange(pair.First[0] - pair.Second[0], 0, 1));
            }
        });
    }

    private static void AssertComputesTheSame(ModelProto model, ModelProto shrunk)
    {
        var expected = Run(model);
        AssertClose(expected, Run(shrunk), 1e-4);
        var samples = expected.Chunk(expected.Length / 3).ToList();
        Assert.NotEqual(samples[0], samples[1]); // a network whose signal dies out would tell nothing
    }

    private static long[] ImageOf(string network) => network == "lenet-300-100" ? [1, 28, 28] : [3, 32, 32];

    private static double WidthOf(string network) =>
        network switch { "resnet-18" => 0.125, "densenet-40-12" => 0.34, "mobilenet-v1" => 0.125, _ => 1 };

    private static void Export(IReadOnlyList<Request> requests, Action<Request, ModelProto, Count> check)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("requests.json"), JsonSerializer.Serialize(requests, JsonSerializerOptions.Web));
        PythonTorchFactAttribute.Run(Path.Combine(AppContext.BaseDirectory, "PyTorchComparison", "planted_zeros.py"), folder.Path);
        foreach (var request in requests)
        {
            var count = JsonSerializer.Deserialize<Count>(File.ReadAllText(folder.File($"{request.File}.json")), JsonSerializerOptions.Web)!;
            check(request, ModelFile.Load(folder.File($"{request.File}.onnx")), count);
        }
    }

    /// <summary>Outputs and inputs per group of every layer, as its weights have them.</summary>
    private static long[][] Layers(ModelProto model) =>
        [.. model.Graph.Node.Where(node => node.OpType is "Conv" or "Gemm").Select(node => Shape(model, node.Input[1])[..2])];
}
