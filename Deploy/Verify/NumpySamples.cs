using SparseHybrid.Data;

namespace SparseHybrid.Deploy.Verify;

/// <summary>Samples out of NumPy files, an array for each input.</summary>
internal sealed class NumpySamples : SampleSource
{
    private readonly string path;
    private readonly IReadOnlyDictionary<string, NpyArray> arrays;

    private NumpySamples(string path, IReadOnlyDictionary<string, NpyArray> arrays)
    {
        this.path = path;
        this.arrays = arrays;
    }

    public override string Description => Path.GetFileName(path);

    internal override long? Count => arrays.Values.Min(array => array.Shape[0]);

    public static NumpySamples Read(string path)
    {
        var arrays = NumpyFiles.ReadAll(path);
        var counts = arrays.Values.Select(array => array.Shape is [var first, ..] ? first : 0).Distinct().ToList();
        return counts is [> 0]
            ? new NumpySamples(path, arrays)
            : throw new DataException(
                path, $"'{path}' cannot serve as samples.",
                arrays.Count == 0 ? "It has no array." : $"The first dimension, which counts the samples, is {string.Join(", ", counts)}.",
                "Save one array for each input, all with the same number of samples, at least one.");
    }

    internal override InputTensor Take(ModelInput input, int inputs, long[] samples)
    {
        var array = arrays.GetValueOrDefault(input.Name) ?? (inputs == 1 && arrays.Count == 1 ? arrays.Values.Single() : throw Missing(input));
        var shape = input.Shape(samples.Length, array.Shape[1..]);
        var size = (int)(array.Count / array.Shape[0]);
        var places = samples.SelectMany(sample => Enumerable.Range((int)(sample * size), size)).ToArray();
        if (!input.HasRows(samples.Length))
        {
            throw new ModelFileException(
                input.ModelPath, $"Cannot feed '{input.ModelPath}' samples of its input '{input.Name}'.",
                $"It takes {input.Sizes.FirstOrDefault()} at once where other inputs take any number.", "Compare it on random samples.");
        }

        return new InputTensor(
            input.Name, shape,
            array.Type.IsWhole ? InputTensor.Convert(input, Array.ConvertAll(places, array.Whole)) : InputTensor.Convert(input, Array.ConvertAll(places, array.Real)));
    }

    private DataException Missing(ModelInput input) => new(
        path, $"'{path}' has no samples for the input '{input.Name}'.", $"It has {string.Join(", ", arrays.Keys)}.",
        "Save a .npz file with an array of that name.");
}
