using Onnx;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Samples for the inputs of a model: real ones, or random ones.</summary>
public abstract class SampleSource
{
    /// <summary>Where they come from, as a certificate says it.</summary>
    public abstract string Description { get; }

    /// <summary>How many there are; null: as many as anyone wants.</summary>
    internal abstract long? Count { get; }

    /// <summary>The right class of each sample; null where that is not known.</summary>
    internal virtual IReadOnlyList<long>? Labels => null;

    /// <summary>Random samples: standard normal numbers, whole numbers within the bounds that the model allows. The same for the same seed.</summary>
    /// <param name="seed">0 or more.</param>
    public static SampleSource Random(int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        return new RandomSamples(seed, new Dictionary<string, long>());
    }

    /// <summary>
    /// Samples out of NumPy files, the first dimension counting them: one array for a model of one input; for several a .npz file with
    /// an array of the name of each.
    /// </summary>
    /// <param name="path">A .npy or .npz file.</param>
    /// <exception cref="DataException">There is no such file, or it is damaged, or the arrays differ in their number of samples.</exception>
    public static SampleSource FromNumpy(string path) => NumpySamples.Read(path);

    /// <summary>Samples out of a tensor, for models of one input.</summary>
    /// <param name="samples">[N, ...] float32 or int64 on any device, N at least 1. Neither changed nor disposed; it must outlive this.</param>
    /// <param name="description">Where they come from.</param>
    /// <param name="labels">[N] int64, the right class of each; null where not known. Copied.</param>
    public static SampleSource FromTensor(Tensor samples, string description, Tensor? labels = null) => new TensorSamples(samples, description, labels);

    /// <summary>The same samples, with what can be known from the graph of the model that is to take them.</summary>
    internal virtual SampleSource For(ModelProto model) => this;

    /// <summary>What goes into one input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="inputs">How many inputs the model has.</param>
    /// <param name="samples">The numbers of the samples, counted from 0.</param>
    /// <exception cref="ModelFileException">The samples do not fit the input.</exception>
    internal abstract InputTensor Take(ModelInput input, int inputs, long[] samples);
}
