namespace SparseHybrid.Deploy.Inspect;

/// <summary>What a model is made of: its layers with weights in the order of the graph, and their sums.</summary>
public sealed record ModelInspection
{
    /// <summary>Convolutions and linear layers, in the order of the graph.</summary>
    public required IReadOnlyList<LayerInspection> Layers { get; init; }

    /// <summary>The whole model.</summary>
    public required InspectionTotals Totals { get; init; }

    /// <summary>What could be gained, and what could not be found out, a sentence each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>One layer of a model.</summary>
/// <param name="Name">The path of its module where the weight's name tells, else the name of its node.</param>
/// <param name="Operator">Its ONNX operator.</param>
/// <param name="Shape">The shape of its weight as the model stores it.</param>
/// <param name="Weights">Entries of the weight.</param>
/// <param name="Zeros">Those that are exactly zero; of whole numbers, those that stand for zero.</param>
/// <param name="Groups">Its groups of weights, and how many of them are zero as a whole.</param>
/// <param name="Macs">Multiplications with additions for one sample; null where the places that a kernel takes are unknown.</param>
/// <param name="EffectiveMacs">Those with weights that are not zero.</param>
/// <param name="Bytes">Bytes of the weight as the model stores it.</param>
/// <param name="Encodings">Bytes of the weight in each encoding.</param>
public sealed record LayerInspection(
    string Name, string Operator, IReadOnlyList<long> Shape, long Weights, long Zeros, IReadOnlyList<WeightGroups> Groups, long? Macs, long? EffectiveMacs,
    long Bytes, EncodingBytes Encodings)
{
    /// <summary>Zeros / weights (0..1); 0 of an empty weight.</summary>
    public double ZeroFraction => Weights == 0 ? 0 : (double)Zeros / Weights;
}

/// <summary>One way to divide a weight into groups.</summary>
/// <param name="Kind">
/// Of a convolution output-filter, input-channel and kernel (of an input in a filter); of a linear layer row (the weights of an
/// output) and column (those of an input).
/// </param>
/// <param name="Total">How many groups there are.</param>
/// <param name="Dead">How many have zeros only.</param>
public sealed record WeightGroups(string Kind, long Total, long Dead);

/// <summary>Sums over a model.</summary>
/// <param name="Parameters">Entries of weights, biases and whatever else was trained; running statistics are not.</param>
/// <param name="RegularisedWeights">
/// Weights that the penalty applied to in a run; of other models the entries of the layers' weights, to which it applies by default.
/// </param>
/// <param name="Nonzeros">Parameters that are not zero.</param>
/// <param name="Macs">Sum over the layers for one sample; null when that of a layer is unknown.</param>
/// <param name="EffectiveMacs">Those with weights that are not zero.</param>
/// <param name="Bytes">Bytes of the parameters as the model stores them.</param>
/// <param name="Encodings">Bytes of the layers' weights in each encoding.</param>
public sealed record InspectionTotals(
    long Parameters, long RegularisedWeights, long Nonzeros, long? Macs, long? EffectiveMacs, long Bytes, EncodingBytes Encodings);
