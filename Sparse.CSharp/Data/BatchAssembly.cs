using System.Runtime.InteropServices;
using TorchSharp;

namespace SparseHybrid.Data;

/// <summary>Where the draws of augmentation begin in one epoch.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Epoch">Epoch, counted from 0.</param>
internal readonly record struct EpochSeed(long Seed, int Epoch);

/// <summary>Puts images together to a batch: gathered, moved, mirrored, normalised and blanked out in one pass over the pixels.</summary>
internal static class BatchAssembly
{
    private delegate void PixelCopy<T>(ReadOnlySpan<T> source, Span<float> target, ReadOnlySpan<float> table);

    /// <summary>The inputs of some images.</summary>
    /// <param name="images">Where they come from.</param>
    /// <param name="numbers">Their numbers in the data set, in the order of the batch.</param>
    /// <param name="augmentation">What happens to them; only <see cref="Augmentation.None"/> fits flat ones.</param>
    /// <param name="seed">Draws of the epoch; not looked at without augmentation.</param>
    /// <returns>[B, ...] float32 in main memory; the caller owns it.</returns>
    public static torch.Tensor Inputs(LabelledImages images, ReadOnlySpan<long> numbers, Augmentation augmentation, EpochSeed seed)
    {
        var inputs = torch.empty([numbers.Length, .. images.InputShape], dtype: torch.ScalarType.Float32);
        var target = MemoryMarshal.Cast<byte, float>(inputs.bytes);
        var stored = images.Stored.bytes;
        if (images.ByteTables.IsEmpty)
        {
            Fill(MemoryMarshal.Cast<byte, float>(stored), static (from, to, _) => from.CopyTo(to), target, images, numbers, augmentation, seed);
        }
        else
        {
            Fill<byte>(stored, Translate, target, images, numbers, augmentation, seed);
        }

        GC.KeepAlive(inputs); // the span alone does not keep its memory alive
        GC.KeepAlive(images);
        return inputs;
    }

    /// <summary>The labels of some images: [B] int64; the caller owns it.</summary>
    public static torch.Tensor Labels(LabelledImages images, ReadOnlySpan<long> numbers)
    {
        var labels = torch.empty([numbers.Length], dtype: torch.ScalarType.Int64);
        var target = MemoryMarshal.Cast<byte, long>(labels.bytes);
        var source = MemoryMarshal.Cast<byte, long>(images.Labels.bytes);
        for (var place = 0; place < numbers.Length; place++)
        {
            target[place] = source[(int)numbers[place]];
        }

        GC.KeepAlive(labels);
        GC.KeepAlive(images);
        return labels;
    }

    private static void Fill<T>(
        ReadOnlySpan<T> stored,
        PixelCopy<T> copy,
        Span<float> target,
        LabelledImages images,
        ReadOnlySpan<long> numbers,
        Augmentation augmentation,
        EpochSeed seed)
    {
        var shape = images.InputShape;
        var size = target.Length / numbers.Length;
        var isVaried = !augmentation.IsNone;
        // Inputs that need neither table nor padding are one piece, whatever their channels are.
        var channels = isVaried || !images.ByteTables.IsEmpty ? (int)shape[0] : 1;
        var plane = size / channels;
        for (var place = 0; place < numbers.Length; place++)
        {
            var variation = isVaried
                ? ImageVariation.Draw(augmentation, seed.Seed, seed.Epoch, numbers[place], (int)shape[1], (int)shape[2])
                : default;
            for (var channel = 0; channel < channels; channel++)
            {
                var source = stored.Slice(checked((int)(numbers[place] * size)) + channel * plane, plane);
                var to = target.Slice(place * size + channel * plane, plane);
                var table = images.ByteTables.IsEmpty ? default : images.ByteTables.Slice(256 * channel, 256);
                if (isVaried)
                {
                    CopyVaried(source, copy, to, table, variation, (int)shape[2], padding: images.Normalisation.Of(channel, 0));
                }
                else
                {
                    copy(source, to, table);
                }
            }
        }
    }

    private static void CopyVaried<T>(
        ReadOnlySpan<T> source,
        PixelCopy<T> copy,
        Span<float> target,
        ReadOnlySpan<float> table,
        ImageVariation variation,
        int width,
        float padding)
    {
        // Columns of the target that the image reaches, before they are mirrored; the rest is padding.
        var first = Math.Clamp(-variation.Right, 0, width);
        var end = Math.Clamp(width - variation.Right, 0, width);
        var height = target.Length / width;
        for (var row = 0; row < height; row++)
        {
            var to = target.Slice(row * width, width);
            var from = row + variation.Down;
            if (from < 0 || from >= height || first >= end)
            {
                to.Fill(padding);
                continue;
            }

            to[..first].Fill(padding);
            copy(source.Slice(from * width + first + variation.Right, end - first), to[first..end], table);
            to[end..].Fill(padding);
            if (variation.IsMirrored)
            {
                to.Reverse();
            }
        }

        Blank(target, variation.Erased, width);
    }

    private static void Translate(ReadOnlySpan<byte> source, Span<float> target, ReadOnlySpan<float> table)
    {
        table = table[..256]; // tells the compiler that no byte lies outside
        target = target[..source.Length];
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = table[source[i]];
        }
    }

    private static void Blank(Span<float> plane, PixelRectangle rectangle, int width)
    {
        for (var row = rectangle.Top; row < rectangle.Top + rectangle.Rows; row++)
        {
            plane.Slice(row * width + rectangle.Left, rectangle.Columns).Clear();
        }
    }
}
