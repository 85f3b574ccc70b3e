using System.Numerics;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Inspect;

/// <summary>Counts what is in a model, layer by layer: weights, zeros, groups that are zero as a whole, multiplications, bytes.</summary>
public static class ModelInspector
{
    /// <summary>Looks at a model file. libtorch is not needed.</summary>
    /// <param name="path">An ONNX file.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The sample does not fit the model's input.</exception>
    /// <exception cref="ModelFileException">The file cannot be read.</exception>
    public static ModelInspection Inspect(string path, InspectionOptions? options = null) => Inspect(ModelFile.Load(path), options);

    /// <summary>Looks at a model.</summary>
    /// <param name="model">Not changed. Its tensors are complete, as <see cref="ModelFile.Load"/> sees to.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">The sample does not fit the model's input.</exception>
    public static ModelInspection Inspect(ModelProto model, InspectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new InspectionOptions();
        var constants = new ModelConstants(model.Graph);
        var found = model.Graph.Node.Select(node => WeightLayer.TryRead(node, constants)).OfType<WeightLayer>().ToList();
        var places = LayerPlaces.Find(model, found, options);
        var layers = found.Select(layer => Inspect(layer, places.Of(layer))).OfType<LayerInspection>().ToList();
        List<string> remarks = [.. places.Remark is { } remark ? [remark] : Array.Empty<string>()];
        if (layers.Count < found.Count)
        {
            remarks.Add($"{found.Count - layers.Count} layers have weights of a type that cannot be read here; they are left out.");
        }

        return new ModelInspection { Layers = layers, Totals = Sum(model, constants, layers), Remarks = [.. remarks, .. Gains.Of(model, layers)] };
    }

    private static LayerInspection? Inspect(WeightLayer layer, long? places)
    {
        if (layer.Operand.Stored.Nonzeros(layer.Operand.ZeroPoint) is not { } positions)
        {
            return null;
        }

        var statistics = new WeightStatistics(layer, positions);
        var weights = layer.Weight.Entries;
        return new LayerInspection(
            layer.Name, layer.Node.OpType, [.. layer.Weight.Shape], weights, weights - statistics.Nonzeros, statistics.Groups, places * weights,
            places * statistics.Nonzeros, layer.Weight.Bytes, statistics.Encodings);
    }

    private static InspectionTotals Sum(ModelProto model, ModelConstants constants, IReadOnlyList<LayerInspection> layers)
    {
        var trained = TrainedTensors.Find(model.Graph, constants).ToList();
        return new InspectionTotals(
            Parameters: trained.Sum(tensor => tensor.Tensor.Entries),
            RegularisedWeights: layers.Sum(layer => layer.Weights),
            Nonzeros: trained.Sum(tensor => tensor.Nonzeros.LongCount()),
            Macs: Sum(layers, layer => layer.Macs),
            EffectiveMacs: Sum(layers, layer => layer.EffectiveMacs),
            Bytes: trained.Sum(tensor => tensor.Tensor.Bytes),
            Encodings: layers.Aggregate(EncodingBytes.Zero, (sum, layer) => sum + layer.Encodings));
    }

    private static long? Sum(IReadOnlyList<LayerInspection> layers, Func<LayerInspection, long?> count)
    {
        var sum = BigInteger.Zero;
        foreach (var layer in layers)
        {
            if (count(layer) is not { } known)
            {
                return null;
            }

            sum += known;
        }
        return sum <= long.MaxValue ? (long)sum : null;
    }
}
