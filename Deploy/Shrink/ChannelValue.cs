using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Deploy.Shrink;

/// <summary>A value of the graph, seen as slices along one axis: its channels, or the features that they became.</summary>
internal sealed class ChannelValue
{
    private static readonly int[] None = [];

    /// <summary>A value with channels.</summary>
    public ChannelValue(string name, Dimension[] shape, int axis, int[] channels, double[] constants)
    {
        Name = name;
        Shape = shape;
        Axis = axis;
        Channels = channels;
        Constants = constants;
        Needed = new bool[channels.Length];
    }

    /// <summary>A value of which only the shape is of interest.</summary>
    public ChannelValue(string name, Dimension[] shape)
        : this(name, shape, -1, None, [])
    {
    }

    public string Name { get; }
    public Dimension[] Shape { get; }
    public int Rank => Shape.Length;

    /// <summary>The axis that the channels lie along; -1 for none.</summary>
    public int Axis { get; }

    public bool HasChannels => Axis >= 0;

    /// <summary>Positions along the axis.</summary>
    public int Count => Channels.Length;

    /// <summary>Per position the channel, as <see cref="ChannelClasses"/> numbers them.</summary>
    public int[] Channels { get; }

    /// <summary>Per position the value that every entry of its slice has for every input, to rounding; NaN if there is none.</summary>
    public double[] Constants { get; }

    /// <summary>
    /// Per position whether an output depends on it in a way that no bias can take over. A border of zeros around a constant
    /// leaves the choice which constant to keep to <see cref="ChannelSelection"/>, and does not count here.
    /// </summary>
    public bool[] Needed { get; }

    public bool IsConstant(int position) => !double.IsNaN(Constants[position]);

    public void NeedAll() => Array.Fill(Needed, true);

    /// <summary>A value with the same channels.</summary>
    public ChannelValue Carry(string name, Dimension[] shape, int axis, Func<int, double, double>? map = null) => HasChannels
        ? new ChannelValue(name, shape, axis, Channels, [.. Constants.Select((value, i) => FiniteOrNaN(map?.Invoke(i, value) ?? value))])
        : new ChannelValue(name, shape);

    public static double FiniteOrNaN(double value) => double.IsFinite(value) ? value : double.NaN;
}
