namespace SparseHybrid.Data;

/// <summary>How an image lies in a file of CIFAR: its label bytes, then 32 x 32 pixels of red, of green and of blue.</summary>
/// <param name="Classes">Number of classes; the last label byte is below it.</param>
/// <param name="CoarseClasses">Number of groups of classes, whose byte comes first; 0 where there is no such byte.</param>
internal sealed record CifarFormat(int Classes, int CoarseClasses)
{
    /// <summary>Bytes of the pixels.</summary>
    public const int PixelBytes = 3 * 32 * 32;

    /// <summary>The layout of CIFAR-10: records of 3073 bytes.</summary>
    public static CifarFormat Ten { get; } = new(Classes: 10, CoarseClasses: 0);

    /// <summary>The layout of CIFAR-100: records of 3074 bytes, of which the second is the class.</summary>
    public static CifarFormat Hundred { get; } = new(Classes: 100, CoarseClasses: 20);

    /// <summary>Bytes before the pixels.</summary>
    public int LabelBytes => CoarseClasses == 0 ? 1 : 2;

    /// <summary>Bytes of one image with its labels.</summary>
    public int RecordBytes => LabelBytes + PixelBytes;
}

/// <summary>The contents of a .bin file of CIFAR.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Bytes">Whole records, each label checked.</param>
internal sealed record CifarRecords(string Path, byte[] Bytes)
{
    /// <summary>The largest published file has 50 000 images; nothing larger is believed.</summary>
    private const int MostImages = 65_536;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="DataException">The file is missing, unreadable or not what it should be.</exception>
    public static CifarRecords Read(string path, CifarFormat format)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(path, file, file.Length, format);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, $"Cannot read '{path}'.", error.Message, "Check the file and its permissions.", error);
        }
    }

    /// <summary>Reads and checks the records of a stream.</summary>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="content">The records.</param>
    /// <param name="length">How many bytes they take, as promised.</param>
    /// <param name="format">The layout of a record.</param>
    public static CifarRecords Read(string path, Stream content, long length, CifarFormat format)
    {
        if (length == 0 || length % format.RecordBytes != 0)
        {
            throw Damaged(path, $"It has {length} bytes; expected a multiple of {format.RecordBytes}, the size of one image with its labels.");
        }

        if (length > (long)MostImages * format.RecordBytes)
        {
            throw Damaged(path, $"It has {length / format.RecordBytes} images; at most {MostImages} are believed.");
        }

        var bytes = new byte[length];
        var found = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (found < bytes.Length)
        {
            throw Damaged(path, $"It ends after {found} of {length} bytes.");
        }

        var records = new CifarRecords(path, bytes);
        records.CheckLabels(format);
        return records;
    }

    /// <summary>All images of some files, in their order.</summary>
    public static LabelledImages Join(IReadOnlyList<CifarRecords> parts, CifarFormat format, Normalisation normalisation)
    {
        var count = parts.Sum(part => part.Bytes.Length / format.RecordBytes);
        var pixels = new byte[(long)count * CifarFormat.PixelBytes];
        var labels = new long[count];
        var image = 0;
        foreach (var part in parts)
        {
            for (var start = 0; start < part.Bytes.Length; start += format.RecordBytes, image++)
            {
                labels[image] = part.Bytes[start + format.LabelBytes - 1];
                part.Bytes.AsSpan(start + format.LabelBytes, CifarFormat.PixelBytes).CopyTo(pixels.AsSpan(image * CifarFormat.PixelBytes));
            }
        }

        return LabelledImages.FromBytes(pixels, [count, 3, 32, 32], labels, format.Classes, normalisation);
    }

    private void CheckLabels(CifarFormat format)
    {
        for (var start = 0; start < Bytes.Length; start += format.RecordBytes)
        {
            var image = start / format.RecordBytes + 1;
            CheckLabel(image, "label", Bytes[start + format.LabelBytes - 1], format.Classes);
            if (format.CoarseClasses > 0)
            {
                CheckLabel(image, "coarse label", Bytes[start], format.CoarseClasses);
            }
        }
    }

    private void CheckLabel(int image, string what, byte label, int classes)
    {
        if (label >= classes)
        {
            throw Damaged(Path, $"The {what} of image {image} is {label}; expected 0 to {classes - 1}.");
        }
    }

    private static DataException Damaged(string path, string why) =>
        new(path, $"'{path}' is not a valid file of CIFAR's binary version.", why, "Fetch the file again from where it came from.");
}
