using Onnx;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>
/// The units (features or channels) that one layer makes and that others read, possibly through operators that treat
/// each unit on its own. A unit is kept or removed in all of these places at once.
/// </summary>
/// <remarks>Where additions join branches, groups would have several producers; nothing here counts on there being one.</remarks>
internal sealed class UnitGroup(int units)
{
    /// <summary>The number of units.</summary>
    public int Units { get; } = units;

    /// <summary>Whether something reads the units that is not understood, or they are the graph's output: all must stay.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The layers that make the units.</summary>
    public List<LinearLayer> Producers { get; } = [];

    /// <summary>The layers that read the units.</summary>
    public List<UnitConsumer> Consumers { get; } = [];

    /// <summary>Tensors with one entry (or slice) per unit along the way, as a batch norm's scale.</summary>
    public List<UnitParameter> Parameters { get; } = [];

    /// <summary>The graph's values that carry these units.</summary>
    public List<string> Values { get; } = [];

    /// <summary>Whether a unit changes nothing that a constant in the next bias could not do. Filled in by the analysis.</summary>
    public bool[] IsDead { get; } = new bool[units];

    /// <summary>
    /// The dead units whose constant no bias can take over because zeros are put around it, with the unit of constant value
    /// that stands in for them. Filled in by the analysis.
    /// </summary>
    public Dictionary<int, int> StandIns { get; } = [];

    /// <summary>Whether every unit is dead. One is kept nevertheless, with zeros around it, for a layer has at least one unit.</summary>
    public bool IsInert => IsDead.All(dead => dead);

    /// <summary>The units that stay, in their order; never empty.</summary>
    public IReadOnlyList<int> Kept => IsInert ? [0] : [.. Enumerable.Range(0, Units).Where(unit => !IsDead[unit])];
}

/// <summary>A layer that reads a group's units.</summary>
/// <param name="Layer">The reader.</param>
/// <param name="Constants">Per unit its value where the layer reads it, if that never changes; NaN if it does.</param>
/// <param name="Output">The units that the layer makes of them.</param>
internal sealed record UnitConsumer(LinearLayer Layer, double[] Constants, UnitGroup Output)
{
    /// <summary>The layer's inputs that one unit feeds.</summary>
    public InputRange InputsOf(int unit)
    {
        var count = Layer.Inputs / Constants.Length;
        return new InputRange(unit * count, count);
    }

    /// <summary>Whether the unit leads to an output that is itself needed.</summary>
    public bool Needs(int unit) =>
        Enumerable.Range(0, Layer.Outputs).Any(output => !Output.IsDead[output] && Layer.HasWeight(output, InputsOf(unit)));

    /// <summary>Whether the unit's value, where the layer reads it, never changes.</summary>
    public bool IsConstant(int unit) => !double.IsNaN(Constants[unit]);

    /// <summary>Whether the unit leads to any output at all.</summary>
    public bool Reaches(int unit) => Enumerable.Range(0, Layer.Outputs).Any(output => Layer.HasWeight(output, InputsOf(unit)));

    /// <summary>Whether the bias can take over what the unit contributes. Around a border of zeros only a constant 0 is constant.</summary>
    public bool CanFold(int unit) => Constants[unit] == 0 || (IsConstant(unit) && !Layer.PadsWithZeros);
}

/// <summary>An input of a node whose dimension <paramref name="Axis"/> runs over a group's units.</summary>
internal sealed record UnitParameter(NodeProto Node, int InputIndex, int Axis);

/// <summary>A layer between two groups of units.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Source">The units it reads; null when they are the graph's input or unknown.</param>
/// <param name="Reads">How it reads them; null together with <paramref name="Source"/>.</param>
/// <param name="Makes">The units it makes.</param>
internal sealed record LayerConnection(LinearLayer Layer, UnitGroup? Source, UnitConsumer? Reads, UnitGroup Makes);
