using Onnx;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>A random sequential network in which random filters, columns and single weights are zero.</summary>
internal sealed class RandomNetwork
{
    private readonly Random random;
    private readonly SequentialGraph graph;
    private int channels;
    private int size = 9;

    /// <summary>A layer with weights, in the order of the graph.</summary>
    public sealed record Layer(string Name, bool IsPadded);

    private RandomNetwork(int seed)
    {
        random = new Random(seed);
        channels = random.Next(1, 4);
        graph = new SequentialGraph(channels, size, size);
    }

    public List<Layer> Layers { get; } = [];

    public ModelProto Model { get; private set; } = new();

    public static RandomNetwork Create(int seed)
    {
        var network = new RandomNetwork(seed);
        for (var i = network.random.Next(0, 4); i > 0; i--)
        {
            network.AddConvolution();
        }

        network.AddHead();
        for (var i = network.random.Next(0, 4); i > 0; i--)
        {
            network.AddLinear(network.random.Next(1, 12));
        }

        network.AddLinear(4);
        network.Model = network.graph.Build(4);
        return network;
    }

    private void AddConvolution()
    {
        var outputs = random.Next(1, 9);
        var kernel = size >= 3 && random.Next(3) > 0 ? 3 : 1;
        var padding = kernel == 3 ? random.Next(2) : 0;
        var name = $"layer{Layers.Count}";
        graph.Conv(name, outputs, channels, MaskedWeights(outputs, channels, kernel * kernel), MaybeBias(outputs), padding);
        Layers.Add(new Layer(name, padding > 0));
        channels = outputs;
        size += 2 * padding - kernel + 1;
        if (random.Next(2) == 0)
        {
            graph.BatchNorm($"bn{name}", Floats(channels), Floats(channels), Floats(channels), Positive(channels));
        }

        AddActivation();
        if (size >= 4 && random.Next(3) == 0)
        {
            AddPool();
        }
    }

    private void AddPool()
    {
        if (random.Next(2) == 0)
        {
            graph.MaxPool(2);
        }
        else
        {
            graph.AveragePool(2);
        }

        size /= 2;
    }

    private void AddHead()
    {
        if (random.Next(3) == 0)
        {
            graph.Then("GlobalAveragePool");
            size = 1;
        }
        graph.Flatten();
    }

    private void AddLinear(int outputs)
    {
        var name = $"layer{Layers.Count}";
        graph.Gemm(name, outputs, MaskedWeights(outputs, channels, size * size), MaybeBias(outputs));
        Layers.Add(new Layer(name, false));
        channels = outputs;
        size = 1;
        if (outputs != 4)
        {
            AddActivation();
        }
    }

    private void AddActivation()
    {
        var operation = new[] { "Relu", "Relu", "LeakyRelu", "Tanh", "Sigmoid", "Identity" }[random.Next(6)];
        graph.Then(operation);
    }

    /// <summary>Weights as [outputs, inputs, kernel]: single entries, whole outputs and whole inputs are zero with random chances.</summary>
    private float[] MaskedWeights(int outputs, int inputs, int kernel)
    {
        var weights = Floats(outputs * inputs * kernel);
        var chances = (Entry: random.NextDouble(), Output: 0.7 * random.NextDouble(), Input: 0.7 * random.NextDouble());
        var deadOutputs = Enumerable.Range(0, outputs).Where(_ => random.NextDouble() < chances.Output).ToHashSet();
        var deadInputs = Enumerable.Range(0, inputs).Where(_ => random.NextDouble() < chances.Input).ToHashSet();
        for (var i = 0; i < weights.Length; i++)
        {
            if (random.NextDouble() < chances.Entry || deadOutputs.Contains(i / kernel / inputs) || deadInputs.Contains(i / kernel % inputs))
            {
                weights[i] = 0;
            }
        }
        return weights;
    }

    private float[]? MaybeBias(int outputs) => random.Next(3) == 0 ? null : Floats(outputs);

    private float[] Positive(int count) => [.. Floats(count).Select(value => Math.Abs(value) + 0.1f)];

    private float[] Floats(int count) => RandomFloats(random, count);
}
