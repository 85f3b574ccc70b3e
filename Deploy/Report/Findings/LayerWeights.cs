using SparseHybrid.Deploy.Inspect;
using TorchSharp;

namespace SparseHybrid.Deploy.Report.Findings;

/// <summary>The trained weight of a layer in main memory, seen as a matrix: an output a row, what feeds it from left to right.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Shape">As the network has it.</param>
/// <param name="Values">Row by row.</param>
internal sealed record LayerWeights(string Layer, long[] Shape, float[] Values)
{
    /// <summary>Output units or filters.</summary>
    public int Rows => checked((int)Shape[0]);

    /// <summary>Weights of one output.</summary>
    public int Columns => Rows == 0 ? 0 : Values.Length / Rows;

    /// <summary>The weights of one output.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>The weights of layers, one after the other: each is read when it is asked for, so that one at a time is in memory.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="layers">Its layers.</param>
    public static IEnumerable<LayerWeights> Of(torch.nn.Module model, IReadOnlyList<LayerInspection> layers)
    {
        var named = model.named_parameters().ToDictionary(item => item.Item1, item => item.Item2);
        foreach (var layer in layers)
        {
            if (named.TryGetValue($"{layer.Name}.weight", out var parameter))
            {
                using var values = parameter.detach();
                yield return new LayerWeights(layer.Name, parameter.shape, values.data<float>().ToArray());
            }
        }
    }
}
