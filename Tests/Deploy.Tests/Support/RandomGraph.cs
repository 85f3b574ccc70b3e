using Onnx;
using SparseHybrid.Deploy.Graph;
using static SparseHybrid.Deploy.Tests.Support.Running;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>
/// A random network of branches: sums, concatenations, splits, slices, groups, depthwise and transposed convolutions, batch
/// norms, padded channels and gates, with random filters, columns and single weights zero.
/// </summary>
internal sealed class RandomGraph
{
    private const int Side = 6;

    private readonly Random random;
    private readonly GraphProto graph = new() { Name = "random" };
    private readonly List<Image> images = [];
    private int names;

    /// <summary>A value of the graph, [batch, channels, side, side].</summary>
    private sealed record Image(string Name, int Channels, int Side);

    private RandomGraph(int seed)
    {
        random = new Random(seed);
        var channels = random.Next(1, 4);
        graph.Input.Add(Protos.BatchedValue("input", "batch", [channels, Side, Side]));
        images.Add(new Image("input", channels, Side));
    }

    public static ModelProto Create(int seed)
    {
        var network = new RandomGraph(seed);
        for (var i = network.random.Next(3, 14); i > 0; i--)
        {
            network.AddOne();
        }

        network.AddHead();
        var model = new ModelProto { IrVersion = 8, ProducerName = "test", Graph = network.graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return model;
    }

    private void AddOne()
    {
        var image = images[^1].Channels > 24 || random.Next(4) == 0 ? images[random.Next(images.Count)] : images[^1];
        switch (random.Next(16))
        {
            case 0 or 1 or 2: Convolve(image, random.Next(1, 9), 1); break;
            case 3: Convolve(image, image.Channels, image.Channels); break;
            case 4 when image.Channels % 2 == 0: Convolve(image, 2 * random.Next(1, 4), 2); break;
            case 5: Transposed(image); break;
            case 6 or 7: Normalise(image); break;
            case 8: Then(image, new[] { "Relu", "Relu", "LeakyRelu", "Sigmoid", "HardSwish", "Tanh", "Identity" }[random.Next(7)]); break;
            case 9 or 10: Combine(image); break;
            case 11: Concatenate(image); break;
            case 12 when image.Channels > 1: Divide(image); break;
            case 13: Pool(image); break;
            case 14: PadChannels(image); break;
            case 15: Gate(image); break;
            default: Shift(image); break;
        }
    }

    private void Convolve(Image image, int outputs, int groups)
    {
        var kernel = image.Side >= 3 && random.Next(3) > 0 ? 3 : 1;
        var padding = kernel == 3 ? random.Next(2) : 0;
        var weights = Weights([outputs, image.Channels / groups, kernel, kernel], outputs, image.Channels / groups);
        List<string> inputs = [image.Name, weights];
        if (random.Next(3) > 0)
        {
            inputs.Add(Tensor([outputs], SparseFloats(outputs)));
        }
        var side = image.Side + 2 * padding - kernel + 1;
        Append(
            "Conv", inputs, outputs, side, Ints("kernel_shape", kernel, kernel), Ints("pads", padding, padding, padding, padding),
            Protos.Attribute("group", groups));
    }

    private void Transposed(Image image)
    {
        if (image.Side > Side)
        {
            return;
        }

        var outputs = random.Next(1, 6);
        var weights = Weights([image.Channels, outputs, 2, 2], image.Channels, outputs);
        Append("ConvTranspose", [image.Name, weights, Tensor([outputs], SparseFloats(outputs))], outputs, image.Side + 1, Ints("kernel_shape", 2, 2));
    }

    private void Normalise(Image image)
    {
        var count = image.Channels;
        string[] inputs =
        [
            image.Name, Tensor([count], SparseFloats(count)), Tensor([count], SparseFloats(count)), Tensor([count], SparseFloats(count)),
            Tensor([count], [.. RandomFloats(random, count).Select(value => Math.Abs(value) + 0.1f)]),
        ];
        Append("BatchNormalization", inputs, count, image.Side);
    }

    private void Then(Image image, string operation) => Append(operation, [image.Name], image.Channels, image.Side);

    private void Combine(Image image)
    {
        var partners = images.Where(other => other.Side == image.Side && other.Channels == image.Channels).ToList();
        var operation = new[] { "Add", "Add", "Add", "Sub", "Mul", "Max" }[random.Next(6)];
        Append(operation, [image.Name, partners[random.Next(partners.Count)].Name], image.Channels, image.Side);
    }

    private void Concatenate(Image image)
    {
        var partners = images.Where(other => other.Side == image.Side && other.Channels + image.Channels <= 24).ToList();
        if (partners.Count > 0)
        {
            var other = partners[random.Next(partners.Count)];
            Append("Concat", [image.Name, other.Name], image.Channels + other.Channels, image.Side, Protos.Attribute("axis", 1));
        }
    }

    private void Divide(Image image)
    {
        var first = random.Next(1, image.Channels);
        if (random.Next(2) == 0)
        {
            var sizes = Integers(first, image.Channels - first);
            graph.Node.Add(Protos.Node("Split", $"split{names}", [image.Name, sizes], [$"v{names}a", $"v{names}b"], Protos.Attribute("axis", 1)));
            images.Add(new Image($"v{names}a", first, image.Side));
            images.Add(new Image($"v{names++}b", image.Channels - first, image.Side));
            return;
        }

        var (starts, ends, axes, steps) = (Integers(first, 0), Integers(long.MaxValue, long.MaxValue), Integers(1, 3), Integers(1, 1));
        Append("Slice", [image.Name, starts, ends, axes, steps], image.Channels - first, image.Side);
    }

    private void Pool(Image image)
    {
        if (image.Side < 3)
        {
            return;
        }

        var operation = random.Next(2) == 0 ? "MaxPool" : "AveragePool";
        AttributeProto[] counts = operation == "MaxPool" ? [] : [Protos.Attribute("count_include_pad", random.Next(2))];
        Append(operation, [image.Name], image.Channels, image.Side, [Ints("kernel_shape", 3, 3), Ints("pads", 1, 1, 1, 1), .. counts]);
    }

    private void PadChannels(Image image)
    {
        var (before, behind) = (random.Next(0, 3), random.Next(0, 3));
        Append("Pad", [image.Name, Integers(0, before, 0, 0, 0, behind, 0, 0)], image.Channels + before + behind, image.Side);
    }

    /// <summary>Squeeze and excitation: each channel times a number computed from the means of all.</summary>
    private void Gate(Image image)
    {
        var means = Append("GlobalAveragePool", [image.Name], image.Channels, 1);
        Convolve(means, image.Channels, 1);
        var gate = images[^1];
        Append("Sigmoid", [gate.Name], gate.Channels, 1);
        var factors = images[^1];
        Append("Mul", [image.Name, factors.Name], image.Channels, image.Side);
        images.RemoveAll(other => other == means || other == gate || other == factors);
    }

    private void Shift(Image image)
    {
        var entries = Tensor([1, image.Channels, 1, 1], SparseFloats(image.Channels));
        Append(random.Next(2) == 0 ? "Add" : "Mul", [image.Name, entries], image.Channels, image.Side);
    }

    private void AddHead()
    {
        var image = images[^1];
        if (random.Next(2) == 0)
        {
            image = Append("GlobalAveragePool", [image.Name], image.Channels, 1);
        }

        var features = image.Channels * image.Side * image.Side;
        graph.Node.Add(random.Next(2) == 0
            ? Protos.Node("Flatten", "flatten", [image.Name], ["flat"], Protos.Attribute("axis", 1))
            : Protos.Node("Reshape", "reshape", [image.Name, Integers(-1, features)], ["flat"]));
        var weights = Weights([4, features], 4, features);
        var bias = Tensor([4], RandomFloats(random, 4));
        graph.Node.Add(Protos.Node("Gemm", "head", ["flat", weights, bias], ["output"], Protos.Attribute("transB", 1)));
        graph.Output.Add(Protos.BatchedValue("output", "batch", [4]));
    }

    private Image Append(string operation, IEnumerable<string> inputs, int channels, int side, params AttributeProto[] attributes)
    {
        var name = $"v{names++}";
        graph.Node.Add(Protos.Node(operation, $"{operation}{name}", inputs, [name], attributes));
        images.Add(new Image(name, channels, side));
        return images[^1];
    }

    private static AttributeProto Ints(string name, params long[] values) => Protos.Attribute(name, values.AsEnumerable());

    private string Integers(params long[] values)
    {
        graph.Initializer.Add(Protos.Tensor($"t{names}", values));
        return $"t{names++}";
    }

    private string Tensor(long[] shape, float[] values)
    {
        graph.Initializer.Add(Protos.Tensor($"t{names}", shape, values));
        return $"t{names++}";
    }

    /// <summary>Of the first two dimensions whole slices are zero, and single entries, with random chances.</summary>
    private string Weights(long[] shape, int rows, int columns)
    {
        var values = RandomFloats(random, (int)shape.Aggregate(1L, (product, size) => product * size));
        var run = values.Length / rows / columns;
        var chances = (Entry: 0.5 * random.NextDouble(), Row: random.NextDouble(), Column: 0.5 * random.NextDouble());
        var deadRows = Enumerable.Range(0, rows).Where(_ => random.NextDouble() < chances.Row).ToHashSet();
        var deadColumns = Enumerable.Range(0, columns).Where(_ => random.NextDouble() < chances.Column).ToHashSet();
        for (var i = 0; i < values.Length; i++)
        {
            if (random.NextDouble() < chances.Entry || deadRows.Contains(i / run / columns) || deadColumns.Contains(i / run % columns))
            {
                values[i] = 0;
            }
        }
        return Tensor(shape, values);
    }

    private float[] SparseFloats(int count) => [.. RandomFloats(random, count).Select(value => random.Next(3) == 0 ? 0 : value)];
}
