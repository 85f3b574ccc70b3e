using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Random samples; one of them is the same in every batch that it is part of.</summary>
/// <param name="seed">0 or more.</param>
/// <param name="bounds">Per input what whole numbers must stay below.</param>
internal sealed class RandomSamples(int seed, IReadOnlyDictionary<string, long> bounds) : SampleSource
{
    private const long SmallestBound = 2; // 0 and 1: right for masks, and in every table of two rows or more

    public override string Description => $"random, seed {seed}";

    internal override long? Count => null;

    /// <summary>Whole numbers that look up rows of a table stay below the number of rows.</summary>
    internal override SampleSource For(ModelProto model)
    {
        var index = new GraphIndex(model.Graph);
        var found = new Dictionary<string, long>();
        foreach (var node in model.Graph.Node.Where(node => node.OpType == "Gather" && node.IsStandard() && node.Input.Count == 2))
        {
            var axis = node.IntOr("axis", 0);
            if (index.Constant(node.Input[0]) is { } table && (axis < 0 ? axis + table.Dims.Count : axis) is >= 0 and var place && place < table.Dims.Count)
            {
                found[node.Input[1]] = Math.Min(table.Dims[(int)place], found.GetValueOrDefault(node.Input[1], int.MaxValue));
            }
        }

        return new RandomSamples(seed, found);
    }

    internal override InputTensor Take(ModelInput input, int inputs, long[] samples)
    {
        var shape = input.Shape(samples.Length, null);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var parts = input.HasRows(samples.Length) ? samples : [samples[0]];
        var numbers = new float[count];
        for (var i = 0; i < parts.Length; i++)
        {
            Draw(input, parts[i]).CopyTo(numbers.AsSpan((int)(i * (count / parts.Length))));
        }

        return new InputTensor(input.Name, shape, InputTensor.Convert(input, numbers));

        float[] Draw(ModelInput input, long sample)
        {
            var random = new Random(HashOf(input.Name, sample));
            var size = count / parts.Length;
            return input.Type is TensorElementType.Float or TensorElementType.Double or TensorElementType.Float16
                ? StandardNormal.Draw(random, size)
                : [.. Enumerable.Range(0, (int)size).Select(_ => (float)random.NextInt64(bounds.GetValueOrDefault(input.Name, SmallestBound)))];
        }
    }

    // Not string.GetHashCode, which differs from one process to the next.
    private int HashOf(string name, long sample) =>
        (int)(name.Aggregate((uint)seed * 2_654_435_761u + (uint)sample * 40_503u, (hash, letter) => (hash ^ letter) * 16_777_619u) & int.MaxValue);
}
