using Onnx;
using SparseHybrid.Data;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Export;

/// <summary>Normalises the input of a model within the model, channel by channel, so that it takes values as data store them.</summary>
internal static class InputNormalisation
{
    private const string Name = "normalisation";

    // x * s + b loses what x - mean keeps where the mean is many deviations away from 0, as in a column of years.
    private const double MostDeviations = 100;

    /// <summary>Appends it: a batch norm, which can become part of the layer behind it; behind a difference where means are large.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="input">[batch, channels, ...].</param>
    /// <param name="normalisation">One mean and deviation for each channel.</param>
    public static GraphValue Append(GraphWriter graph, GraphValue input, Normalisation normalisation)
    {
        var (channels, scale) = (normalisation.Channels, normalisation.Scale);
        double[] means = [.. normalisation.Mean.Select(mean => mean * scale)];
        double[] factors = [.. normalisation.StandardDeviation.Select(deviation => 1 / (deviation * scale))];
        if (means.Zip(factors).Any(pair => Math.Abs(pair.First * pair.Second) > MostDeviations))
        {
            long[] shape = [1, channels, .. Enumerable.Repeat(1L, input.Shape.Length - 1)];
            input = graph.Append("Sub", $"{Name}/Sub", [input.Name, Vector(graph, "mean", shape, means)], input.Shape);
            means = new double[channels];
        }

        string[] parameters =
        [
            Vector(graph, "scale", [channels], factors),
            Vector(graph, "shift", [channels], means.Zip(factors, (mean, factor) => -mean * factor)),
            Vector(graph, "zero", [channels], Enumerable.Repeat(0.0, channels)),
            Vector(graph, "one", [channels], Enumerable.Repeat(1.0, channels)),
        ];
        return graph.Append("BatchNormalization", Name, parameters.Prepend(input.Name), input.Shape, Protos.Attribute("epsilon", 0f));
    }

    /// <summary>Normalises values as a data set is: the reference for what the nodes compute.</summary>
    /// <param name="entries">[N, channels, ...], row by row.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="normalisation">One mean and deviation for each channel.</param>
    public static float[] Of(float[] entries, long[] shape, Normalisation normalisation)
    {
        var plane = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        var normalised = new float[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            normalised[i] = normalisation.Of((int)(i / plane % normalisation.Channels), entries[i]);
        }

        return normalised;
    }

    private static string Vector(GraphWriter graph, string name, long[] shape, IEnumerable<double> values)
    {
        graph.AddConstant(Protos.Tensor($"{Name}/{name}", shape, [.. values.Select(value => (float)value)]));
        return $"{Name}/{name}";
    }
}
