using System.Globalization;
using System.Runtime.InteropServices;
using SparseHybrid.Data.Tables;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>
/// Data of the user's own, out of NumPy arrays: inputs [N, H, W], [N, C, H, W], [N, H, W, C] or flat [N, D] of any plain
/// number, and class numbers [N] or [N, 1] of a whole type. Bytes stay bytes; other inputs become float32.
/// </summary>
/// <remarks>
/// The names of the classes are those of the file that <see cref="TableImport"/> or <see cref="Folders.ImageFolderImport"/> writes beside the arrays,
/// where there is one. Mean and standard deviation of each channel (each feature, where inputs are flat) are those of the training part.
/// </remarks>
public static class NumpyDataset
{
    /// <summary>Its name, as the command line knows it.</summary>
    public const string Name = "numpy";

    /// <summary>Reads and checks both parts.</summary>
    /// <param name="place">A .npz file, or a folder of .npy files.</param>
    /// <param name="options">Names and layout; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="DataException">An array is missing or damaged, or cannot be what it is named as.</exception>
    public static TrainAndTest Read(string place, NumpyOptions? options = null)
    {
        options ??= new NumpyOptions();
        options.Validate();
        var trainingLabels = Labels(NumpyFiles.Read(place, options.TrainingLabels));
        var testLabels = Labels(NumpyFiles.Read(place, options.TestLabels));
        var classes = (int)Math.Max(2, trainingLabels.Max() + 1);
        CheckKnown(place, options, testLabels, classes);
        var training = Inputs(place, options, options.TrainingInputs, trainingLabels.Length);
        var test = Inputs(place, options, options.TestInputs, testLabels.Length);
        if (!training.Shape.AsSpan(1).SequenceEqual(test.Shape.AsSpan(1)) || training.Type.IsByte != test.Type.IsByte)
        {
            throw Unfit(test.Path, $"It has {Describe(test)}, the training part {Describe(training)}.", "Prepare both parts in the same way.");
        }

        var normalisation = ChannelStatistics.Of(training);
        var names = ImportDescription.ClassNames(place, classes);
        var part = Part(training, trainingLabels, classes, normalisation);
        try
        {
            return new TrainAndTest(Name, place, part, Part(test, testLabels, classes, normalisation)) { ClassNames = names };
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    private static long[] Labels(NpyArray array)
    {
        if (array.Shape is not ([_] or [_, 1]) || array.Count == 0)
        {
            throw Unfit(array.Path, $"It has {Describe(array)}; labels are class numbers [N].", "Save class numbers; numpy.argmax(labels, axis=1) makes them of one-hot rows.");
        }

        if (!array.Type.IsWhole)
        {
            throw Unfit(array.Path, $"It has {Describe(array)}; class numbers are whole.", "Save them with astype('int64').");
        }

        var labels = new long[array.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = array.Whole(i);
            if (labels[i] is < 0 or >= 1_000_000)
            {
                throw Unfit(array.Path, $"Label {array.PlaceOf(i)} is {labels[i]}; expected 0 to 999 999.", "Number the classes from 0.");
            }
        }

        return labels;
    }

    private static void CheckKnown(string place, NumpyOptions options, long[] testLabels, int classes)
    {
        var unknown = Array.FindIndex(testLabels, label => label >= classes);
        if (unknown >= 0)
        {
            throw Unfit(
                $"{place}/{options.TestLabels}",
                $"Label [{unknown}] is {testLabels[unknown]}; the training part has classes 0 to {classes - 1}.",
                "Take both parts out of the same classes.");
        }
    }

    private static NpyArray Inputs(string place, NumpyOptions options, string name, int labels)
    {
        var array = NumpyFiles.Read(place, name);
        if (array.Shape.Length is < 2 or > 4 || array.Count == 0)
        {
            throw Unfit(
                array.Path,
                $"It has {Describe(array)}; inputs are images [N, H, W], [N, C, H, W] or [N, H, W, C], or flat features [N, D].",
                "Reshape the array before it is saved.");
        }

        if (array.Shape[0] != labels)
        {
            throw Unfit(array.Path, $"It has {array.Shape[0]} inputs for {labels} labels.", "Save inputs and labels of the same samples.");
        }

        if (!array.Type.IsByte)
        {
            CheckFinite(array);
            array = array.AsFloat32();
        }

        return array.Shape.Length switch
        {
            3 => array with { Shape = [array.Shape[0], 1, array.Shape[1], array.Shape[2]] },
            4 => HasChannelsLast(array, options.Layout) ? array.Transposed(0, 3, 1, 2) : array,
            _ => array,
        };
    }

    private static bool HasChannelsLast(NpyArray array, ImageLayout layout)
    {
        if (layout != ImageLayout.Auto)
        {
            return layout == ImageLayout.ChannelsLast;
        }

        var (first, last) = (array.Shape[1] is 1 or 3 or 4, array.Shape[3] is 1 or 3 or 4);
        return first != last
            ? last
            : throw Unfit(
                array.Path,
                $"It has {Describe(array)}, which does not tell whether the channels come first or last.",
                "Say it: --data-channels first or last.");
    }

    private static void CheckFinite(NpyArray array)
    {
        var values = MemoryMarshal.Cast<byte, float>(array.AsFloat32().Bytes);
        if (FiniteCheck.AllFinite(values))
        {
            return;
        }

        var place = 0;
        while (float.IsFinite(values[place]))
        {
            place++;
        }

        throw Unfit(
            array.Path,
            $"Entry {array.PlaceOf(place)} is {array.Real(place).ToString(CultureInfo.InvariantCulture)}, which is not a finite float32.",
            "Replace or leave out such samples: numpy.isfinite finds them.");
    }

    private static LabelledImages Part(NpyArray inputs, long[] labels, int classes, Normalisation normalisation)
    {
        if (inputs.Type.IsByte)
        {
            return LabelledImages.FromBytes(inputs.Bytes, inputs.Shape, labels, classes, normalisation);
        }

        var tensor = torch.empty(inputs.Shape, dtype: torch.ScalarType.Float32);
        var from = MemoryMarshal.Cast<byte, float>(inputs.Bytes);
        var to = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        var channels = (int)inputs.Shape[1];
        var plane = to.Length / (int)inputs.Shape[0] / channels;
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = normalisation.Of(i / plane % channels, from[i]);
        }

        GC.KeepAlive(tensor);
        return new LabelledImages(tensor, torch.tensor(labels), classes, normalisation);
    }

    private static string Describe(NpyArray array) =>
        $"shape ({string.Join(", ", array.Shape)}) of type {array.Type.Kind}{array.Type.Bytes}";

    private static DataException Unfit(string path, string why, string fix) => new(path, $"'{path}' cannot be used.", why, fix);
}
