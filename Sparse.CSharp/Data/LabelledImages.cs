using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>
/// Images, or flat features, with a class each, in main memory. Bytes stay bytes and are normalised batch by batch, so that
/// a data set takes no more memory than its files. Owns its tensors: dispose it.
/// </summary>
public sealed class LabelledImages : IDisposable
{
    private readonly float[] byteTables;

    /// <summary>Inputs that are normalised already.</summary>
    /// <param name="images">[N, C, H, W] or [N, D] float32, normalised. Ownership passes to the new object.</param>
    /// <param name="labels">[N] int64, each from 0 to classes - 1. Ownership passes to the new object.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="normalisation">How they were normalised; null: they are inputs as they are.</param>
    /// <exception cref="ArgumentException">The shapes or types do not fit.</exception>
    public LabelledImages(torch.Tensor images, torch.Tensor labels, int classes, Normalisation? normalisation = null)
    {
        if (images.dim() is not (2 or 4) || images.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Byte))
        {
            throw new ArgumentException(
                $"Images must be [N, C, H, W], or [N, D] where they are flat, of float32 or uint8; they are {Describe(images)}.", nameof(images));
        }

        if (images.dtype == torch.ScalarType.Byte && normalisation is null)
        {
            throw new ArgumentException("Images of uint8 need a normalisation: they are not inputs yet.", nameof(normalisation));
        }

        if (labels.dim() != 1 || labels.dtype != torch.ScalarType.Int64 || labels.shape[0] != images.shape[0])
        {
            throw new ArgumentException(
                $"Labels must be [{images.shape[0]}] int64, one an image; they are {Describe(labels)}.", nameof(labels));
        }

        if (images.numel() * images.ElementSize > int.MaxValue)
        {
            throw new ArgumentException($"Images take at most 2 GiB; these take {images.numel() * images.ElementSize} bytes.", nameof(images));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var channels = (int)images.shape[1];
        Normalisation = normalisation ?? Normalisation.None(channels);
        Normalisation.Check(channels);
        byteTables = images.dtype == torch.ScalarType.Byte ? Normalisation.ByteTables() : [];
        Stored = Contiguous(images);
        Labels = Contiguous(labels);
        Classes = classes;
    }

    /// <summary>[N, ...] as kept: uint8 before normalisation, or float32 after it.</summary>
    public torch.Tensor Stored { get; }

    /// <summary>[N] int64, each from 0 to <see cref="Classes"/> - 1.</summary>
    public torch.Tensor Labels { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>How stored values become inputs. Where <see cref="Stored"/> is float32 this has been done.</summary>
    public Normalisation Normalisation { get; }

    /// <summary>Number of images.</summary>
    public long Count => Stored.shape[0];

    /// <summary>Shape of one image: [C, H, W], or [D] where they are flat.</summary>
    public long[] InputShape => Stored.shape[1..];

    /// <summary>What bytes become, 256 entries a channel; empty where inputs are kept as float32.</summary>
    internal ReadOnlySpan<float> ByteTables => byteTables;

    /// <summary>Grey images and their labels from two IDX files.</summary>
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
        var size = images.Dimensions;
        return FromBytes(
            images.Values,
            [size[0], 1, size[1], size[2]],
            Array.ConvertAll(labels.Values, value => (long)value),
            classes,
            new Normalisation([mean], [standardDeviation]));
    }

    /// <summary>The inputs of consecutive images, ready for a network.</summary>
    /// <param name="start">The first one, counted from 0.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, ...] float32; the caller owns it.</returns>
    public torch.Tensor Inputs(long start, long count) =>
        Stored.dtype == torch.ScalarType.Float32
            ? Stored.narrow(0, start, count)
            : BatchAssembly.Inputs(this, ImageBatches.Numbers(start, count), Augmentation.None, default);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Stored.Dispose();
        Labels.Dispose();
    }

    internal static LabelledImages FromBytes(ReadOnlySpan<byte> pixels, long[] shape, long[] labels, int classes, Normalisation normalisation)
    {
        var stored = torch.empty(shape, dtype: torch.ScalarType.Byte);
        pixels.CopyTo(stored.bytes);
        GC.KeepAlive(stored);
        return new LabelledImages(stored, torch.tensor(labels), classes, normalisation);
    }

    private static torch.Tensor Contiguous(torch.Tensor tensor)
    {
        if (tensor.is_contiguous())
        {
            return tensor.DetachFromDisposeScope();
        }

        using (tensor)
        {
            return tensor.contiguous().DetachFromDisposeScope();
        }
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
}
