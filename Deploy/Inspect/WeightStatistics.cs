namespace SparseHybrid.Deploy.Inspect;

/// <summary>Counts over the entries of a weight that are not zero, in one pass.</summary>
internal sealed class WeightStatistics
{
    private const int ScaleBytes = sizeof(float);

    private readonly WeightLayer layer;
    private readonly Marks first;
    private readonly Marks second;
    private long nonzeros;
    private long kernels;
    private long gapBytes;
    private long positionBytes;

    /// <param name="layer">The layer.</param>
    /// <param name="positions">The row-major positions of the entries of its weight that are not zero, ascending.</param>
    public WeightStatistics(WeightLayer layer, IEnumerable<long> positions)
    {
        this.layer = layer;
        var (firstSize, secondSize, kernel) = layer.Sizes;
        first = new Marks(firstSize);
        second = new Marks(secondSize * layer.Groups);
        var firstOfGroup = Math.Max(1, firstSize / layer.Groups);
        var (last, lastKernel) = (-1L, -1L);
        foreach (var position in positions)
        {
            var place = position / kernel;
            nonzeros++;
            gapBytes += VariableLength(position - last - 1);
            positionBytes += VariableLength(position);
            kernels += place == lastKernel ? 0 : 1;
            first.Add(place / secondSize);
            second.Add(place / secondSize / firstOfGroup * secondSize + place % secondSize);
            (last, lastKernel) = (position, place);
        }
    }

    public long Nonzeros => nonzeros;

    public IReadOnlyList<WeightGroups> Groups
    {
        get
        {
            var (outputs, inputs) = layer.OutputsComeFirst ? (first, second) : (second, first);
            var places = layer.Weight.Shape[0] * layer.Weight.Shape[1];
            return layer.IsConvolution
                ? [Of("output-filter", outputs), Of("input-channel", inputs), new WeightGroups("kernel", places, places - kernels)]
                : [Of("row", outputs), Of("column", inputs)];
        }
    }

    public EncodingBytes Encodings
    {
        get
        {
            var (entries, values) = (layer.Weight.Entries, sizeof(float) * nonzeros);
            return new EncodingBytes(
                Dense: sizeof(float) * entries,
                Sparse: values + positionBytes,
                Bitmask: values + (entries + 7) / 8,
                Delta: values + gapBytes,
                Float16: 2 * entries,
                Int8: entries + ScaleBytes * (layer.OutputsComeFirst ? first : second).Size);
        }
    }

    private static WeightGroups Of(string kind, Marks alive) => new(kind, alive.Size, alive.Size - alive.Count);

    /// <summary>Bytes of a whole number that is written 7 bits at a time.</summary>
    private static int VariableLength(long number)
    {
        var bytes = 1;
        for (; number >= 128; number >>= 7)
        {
            bytes++;
        }
        return bytes;
    }

    /// <summary>Which of so many things were seen. Sparse tensors may have far more rows than entries, so memory follows what was seen there.</summary>
    private sealed class Marks(long size)
    {
        private const long LargestArray = 1 << 24;
        private readonly bool[]? seen = size <= LargestArray ? new bool[size] : null;
        private readonly HashSet<long> seenOfMany = [];

        public long Size => size;

        public long Count { get; private set; }

        public void Add(long number)
        {
            if (seen is null)
            {
                Count += seenOfMany.Add(number) ? 1 : 0;
            }
            else if (!seen[number])
            {
                seen[number] = true;
                Count++;
            }
        }
    }
}
