namespace SparseHybrid.Data.Folders;

/// <summary>Gives images of any size and colours the shape that a network takes.</summary>
internal static class ImageScaling
{
    /// <summary>
    /// Scales an image, with its aspect ratio, until it just covers the target, and cuts out the centre (<see cref="ResamplingAxis"/>). What is transparent
    /// shows black behind; colour becomes grey by 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), grey becomes colour of three equal channels.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Rows of the target.</param>
    /// <param name="width">Pixels of its rows.</param>
    /// <param name="target">Room for channels x height x width bytes, in this order.</param>
    public static void Write(DecodedImage image, int channels, int height, int width, Span<byte> target)
    {
        var isTall = (long)height * image.Width >= (long)width * image.Height;
        var (numerator, denominator) = isTall ? (height, image.Height) : (width, image.Width);
        var columns = ResamplingAxis.Of(image.Width, width, numerator, denominator);
        var rows = ResamplingAxis.Of(image.Height, height, numerator, denominator);
        var top = rows[0].First;
        var line = new float[channels * image.Width];
        var narrow = new float[rows[^1].First + rows[^1].Weights.Length - top][];
        for (var row = 0; row < narrow.Length; row++)
        {
            Compose(image, top + row, channels, line);
            narrow[row] = Narrow(line, columns, channels);
        }

        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var sum = 0f;
                    for (var i = 0; i < rows[y].Weights.Length; i++)
                    {
                        sum += rows[y].Weights[i] * narrow[rows[y].First - top + i][(channel * width) + x];
                    }

                    target[(((channel * height) + y) * width) + x] = (byte)Math.Min(sum + 0.5f, 255);
                }
            }
        }
    }

    // A row of the source over black, channel after channel.
    private static void Compose(DecodedImage image, int row, int channels, float[] line)
    {
        var count = image.Components;
        var pixels = image.Pixels.AsSpan(row * image.Width * count, image.Width * count);
        for (var x = 0; x < image.Width; x++, pixels = pixels[count..])
        {
            var opacity = count is 2 or 4 ? pixels[count - 1] / 255f : 1;
            if (channels == 1)
            {
                line[x] = opacity * (count < 3 ? pixels[0] : (0.299f * pixels[0]) + (0.587f * pixels[1]) + (0.114f * pixels[2]));
                continue;
            }

            for (var channel = 0; channel < channels; channel++)
            {
                line[(channel * image.Width) + x] = opacity * pixels[count < 3 ? 0 : channel];
            }
        }
    }

    private static float[] Narrow(float[] line, ResamplingAxis[] columns, int channels)
    {
        var width = line.Length / channels;
        var narrow = new float[channels * columns.Length];
        for (var i = 0; i < narrow.Length; i++)
        {
            var (channel, x) = Math.DivRem(i, columns.Length);
            var column = columns[x];
            var sum = 0f;
            for (var tap = 0; tap < column.Weights.Length; tap++)
            {
                sum += column.Weights[tap] * line[(channel * width) + column.First + tap];
            }

            narrow[i] = sum;
        }

        return narrow;
    }
}
