using SparseHybrid.Runs;

namespace SparseHybrid.Data.Folders;

/// <summary>Makes of a folder of images the arrays that <see cref="NumpyDataset"/> reads.</summary>
public static class ImageFolderImport
{
    /// <summary>What the name of the file beside the arrays ends with.</summary>
    public const string ClassesSuffix = ".classes.json";

    /// <summary>
    /// Reads PNG, JPEG and BMP images out of FOLDER/CLASS/..., or FOLDER/train/CLASS/... and FOLDER/test/CLASS/... (or validation, or val), and writes them as
    /// bytes x_train, y_train, x_test and y_test, and beside them a JSON file that says what each class is. The same images, settings and seed give the
    /// same bytes.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The .npz file to write; one that exists is replaced.</param>
    /// <param name="options">Shape of the images, and what to judge by.</param>
    /// <param name="progress">Told after every image.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    /// <exception cref="DataException">The folder cannot be read or learned from; the message names what is at fault. Nothing is written.</exception>
    /// <exception cref="RunException">The files cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. Nothing is written.</exception>
    public static ImageFolderImportReport Write(
        string folder, string file, ImageFolderImportOptions options, IProgress<ImageFolderProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        var parts = FolderParts.Of(folder, options);
        var learn = ClassFolders.Read(parts.Training, cancellationToken);
        var judge = parts.Test is { } test ? ClassFolders.Read(test, cancellationToken) : null;
        Check(learn, learn.Images.Select(image => image.Class), judge);
        ClassFolders[] all = judge is null ? [learn] : [learn, judge];
        var shape = Shape(options, all.SelectMany(part => part.Images), cancellationToken);
        var read = new PartReader(learn.Names, options.DropsIncomplete, all.Sum(part => (long)part.Images.Count), progress, cancellationToken);
        var training = read.Part(learn, shape);
        Check(learn, training.Labels.Select(label => learn.Names[(int)label]), judge);
        var testing = judge is null ? training : read.Part(judge, shape);
        var (learned, judged) = judge is null ? SetAside(training, options) : (training.Places, testing.Places);
        if (judged.Length == 0)
        {
            throw new DataException(
                folder, $"'{folder}' has too few images.", $"None of {all.Sum(part => part.Images.Count)} is left to judge by.",
                "Add images, set aside more (--test-share), or name a folder to judge by (--test).");
        }

        AtomicFile.Write(file, stream =>
        {
            using var writer = new NpzWriter(stream);
            training.Write(writer, "train", learned, cancellationToken);
            testing.Write(writer, "test", judged, cancellationToken);
        });
        var report = new ImageFolderImportReport
        {
            Folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            File = file,
            InputShape = shape,
            Classes = learn.Names,
            Training = learned.Length,
            Test = judged.Length,
            Dropped = read.Dropped,
            PassedOver = all.Sum(part => part.PassedOver),
            WithoutClass = all.Sum(part => part.WithoutClass),
            EmptyFolders = all.Sum(part => part.EmptyFolders),
            PartsLeftOut = parts.LeftOut,
        };
        ImportDescription.Write(file, ClassesSuffix, report with { File = Path.GetFileName(file) });
        return report;
    }

    /// <summary>The size that most images to learn from have, how many have it and how many there are; null where none tells its size.</summary>
    internal static (int Height, int Width, int Images, int Total)? MostFrequentSize(string folder, CancellationToken cancellationToken)
    {
        var parts = FolderParts.Of(folder, new ImageFolderImportOptions { ImageShape = [1, 1] });
        var images = ClassFolders.Read(parts.Training, cancellationToken).Images;
        var sizes = new Dictionary<(int Height, int Width), int>();
        foreach (var image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ImageFile.Header(image.Path) is { } header)
            {
                var size = (header.Height, header.Width);
                sizes[size] = sizes.GetValueOrDefault(size) + 1;
            }
        }

        if (sizes.Count == 0)
        {
            return null;
        }

        var ((height, width), count) = sizes.MaxBy(size => (size.Value, size.Key));
        return (height, width, count, images.Count);
    }

    // Before the images are read, which takes long, and again without those that had to be left out.
    private static void Check(ClassFolders learn, IEnumerable<string> classes, ClassFolders? judge)
    {
        var counts = classes.CountBy(name => name).ToDictionary();
        if (counts.Count < 2 || learn.Names.FirstOrDefault(name => !counts.ContainsKey(name)) is not null)
        {
            throw new DataException(
                learn.Path,
                $"'{learn.Path}' cannot be learned from.",
                $"It has images of {counts.Count} classes{(learn.Names.Count > counts.Count ? $" in {learn.Names.Count} folders" : "")}{Beside(learn)}.",
                "Put the PNG, JPEG or BMP images of each class, two classes or more, into a folder that is called like the class.");
        }

        if (judge is null && learn.Names.FirstOrDefault(name => counts[name] == 1) is { } single)
        {
            throw new DataException(
                learn.Path, $"'{learn.Path}' has too few images.", $"Class '{single}' has one: it cannot be both learned from and judged by.",
                "Add images of this class, remove its folder, or name a folder to judge by (--test).");
        }

        if (judge?.Names.FirstOrDefault(name => !counts.ContainsKey(name)) is { } unknown)
        {
            throw new DataException(
                judge.Path, $"'{judge.Path}' does not go with '{learn.Path}'.", $"It has a class '{unknown}', which the other has not.",
                "Give both folders the same classes.");
        }
    }

    private static string Beside(ClassFolders folders) => (folders.WithoutClass, folders.PassedOver) switch
    {
        (0, 0) => "",
        (0, var others) => $", and {others} files that are none by their names",
        (var images, _) => $", and {images} images that lie in no folder of a class",
    };

    private static long[] Shape(ImageFolderImportOptions options, IEnumerable<ClassImage> images, CancellationToken cancellationToken)
    {
        if (options.ImageShape.Count == 3)
        {
            return [.. options.ImageShape];
        }

        var hasColour = images.Any(image =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ImageFile.Header(image.Path) is { IsGrey: false };
        });
        return [hasColour ? 3 : 1, .. options.ImageShape];
    }

    private static (int[] Learn, int[] Judge) SetAside(ImagePart part, ImageFolderImportOptions options)
    {
        var isTest = StratifiedSplit.Of([.. part.Labels], options.ShareSetAside, options.Seed);
        return (Array.FindAll(part.Places, place => !isTest[place]), Array.FindAll(part.Places, place => isTest[place]));
    }
}
