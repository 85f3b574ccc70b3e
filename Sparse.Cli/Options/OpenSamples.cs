using SparseHybrid.Data;
using SparseHybrid.Deploy.Verify;
using static TorchSharp.torch;

namespace SparseHybrid.Cli.Options;

/// <summary>Samples and the memory that they lie in.</summary>
internal sealed record OpenSamples(SampleSource Source, Tensor? Memory) : IDisposable
{
    /// <summary>The names of data sets that samples can be taken from.</summary>
    public static string DataSets => Words.Alternatives([.. ImageDatasets.All.Select(set => set.Name)]);

    /// <summary>Opens a NumPy file, or images of a data set.</summary>
    /// <param name="name">The file, or the name of the data set.</param>
    /// <param name="isTraining">Whether training images are meant, and not test images.</param>
    /// <param name="most">Most images to take, the first ones.</param>
    /// <exception cref="DataException">They cannot be read.</exception>
    public static OpenSamples Open(string name, bool isTraining, long most)
    {
        if (!ImageDatasets.All.Any(set => set.Name == name))
        {
            return new OpenSamples(SampleSource.FromNumpy(name), null);
        }

        using var data = ImageDatasets.Load(name);
        var part = isTraining ? data.Train : data.Test;
        var images = part.Inputs(0, Math.Min(part.Count, most)).clone();
        using var labels = part.Labels.narrow(0, 0, images.shape[0]);
        return new OpenSamples(SampleSource.FromTensor(images, $"{(isTraining ? "training" : "test")} images of {name}", labels), images);
    }

    public void Dispose() => Memory?.Dispose();
}
