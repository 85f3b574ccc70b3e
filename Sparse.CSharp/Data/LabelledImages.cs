using System.Runtime.InteropServices;
using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>Images with a class each, ready for a network. Owns its tensors: dispose it.</summary>
public sealed class LabelledImages : IDisposable
{
    /// <param name="images">[N, C, H, W] float32, normalised. Ownership passes to the new object.</param>
    /// <param name="labels">[N] int64, each from 0 to classes - 1. Ownership passes to the new object.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The shapes or types do not fit.</exception>
    public LabelledImages(torch.Tensor images, torch.Tensor labels, int classes)
    {
        if (images.dim() != 4 || images.dtype != torch.ScalarType.Float32)
        {
            throw new ArgumentException($"Images must be [N, C, H, W] float32; they are {Describe(images)}.", nameof(images));
        }

        if (labels.dim() != 1 || labels.dtype != torch.ScalarType.Int64 || labels.shape[0] != images.shape[0])
        {
            throw new ArgumentException(
                $"Labels must be [{images.shape[0]}] int64, one an image; they are {Describe(labels)}.", nameof(labels));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Images = images.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        Classes = classes;
    }

    /// <summary>[N, C, H, W] float32, normalised.</summary>
    public torch.Tensor Images { get; }

    /// <summary>[N] int64, each from 0 to <see cref="Classes"/> - 1.</summary>
    public torch.Tensor Labels { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of images.</summary>
    public long Count => Images.shape[0];

    /// <summary>Shape of one image: [C, H, W].</summary>
    public long[] InputShape => Images.shape[1..];

    /// <summary>Reads grey images and their labels from two IDX files and normalises the images.</summary>
    /// <param name="imagesPath">IDX file of shape [N; H; W].</param>
    /// <param name="labelsPath">IDX file of shape [N] with labels 0 to classes - 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="mean">Subtracted from the pixels, which are first scaled to 0..1.</param>
    /// <param name="standardDeviation">What is left is divided by this; more than 0.</param>
    /// <exception cref="DataException">A file is damaged, the counts differ, or a label is out of range.</exception>
    public static LabelledImages ReadIdx(string imagesPath, string labelsPath, int classes, double mean, double standardDeviation)
    {
        var images = IdxFile.Read(imagesPath, dimensions: 3);
        var labels = IdxFile.Read(labelsPath, dimensions: 1);
        CheckCounts(images, labels);
        CheckLabels(labels, classes);
        return new LabelledImages(Normalise(images, mean, standardDeviation), ToInt64(labels), classes);
    }

    /// <summary>A copy on another device; this one stays as it is.</summary>
    public LabelledImages CopyTo(torch.Device device) => new(Images.to(device, copy: true), Labels.to(device, copy: true), Classes);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }

    private static string Describe(torch.Tensor tensor) => $"[{string.Join(", ", tensor.shape)}] {tensor.dtype}";

    private static void CheckCounts(IdxFile images, IdxFile labels)
    {
        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new DataException(
                labels.Path,
                what: $"'{labels.Path}' does not belong to '{images.Path}'.",
                why: $"It has {labels.Dimensions[0]} labels for {images.Dimensions[0]} images.",
                fix: "Fetch both files again from the same place.");
        }
    }

    private static void CheckLabels(IdxFile labels, int classes)
    {
        var wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
        {
            throw new DataException(
                labels.Path,
                what: $"'{labels.Path}' has a label out of range.",
                why: $"Label {wrong + 1} is {labels.Values[wrong]}; expected 0 to {classes - 1}.",
                fix: "Fetch the file again from where it came from.");
        }
    }

    private static torch.Tensor Normalise(IdxFile images, double mean, double standardDeviation)
    {
        var normalised = new float[256];
        for (var value = 0; value < normalised.Length; value++)
        {
            normalised[value] = (float)((value / 255.0 - mean) / standardDeviation);
        }

        var tensor = torch.empty([images.Dimensions[0], 1, images.Dimensions[1], images.Dimensions[2]], dtype: torch.ScalarType.Float32);
        var pixels = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = normalised[images.Values[i]];
        }

        return tensor;
    }

    private static torch.Tensor ToInt64(IdxFile labels) => torch.tensor(Array.ConvertAll(labels.Values, value => (long)value));
}
