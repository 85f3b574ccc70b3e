using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Data.Folders;
using SparseHybrid.Data.Tables;

namespace SparseHybrid.Cli.Commands;

/// <summary>Makes of the user's own table or folder of images the arrays that training reads.</summary>
internal static class DataImportCommand
{
    private static readonly Argument<string> Source = new("DATA")
    {
        Description = "A CSV file, a sample in each row: commas, semicolons or tabs between the fields, a point in numbers; "
            + "its first row names the columns where none of its fields is a number. "
            + "Or a folder of PNG, JPEG or BMP images: DATA/CLASS/..., or DATA/train/CLASS/... and DATA/test/CLASS/... (or validation, or val).",
    };

    private static readonly Setting<string?> Label = Settings.Place(
        "--label", "COLUMN", "Of a table: the column of the classes, by its name, or where the file has no names by its number from 1. Default: the last.");

    private static readonly Setting<string[]> Ignore = new("--ignore", [], "Of a table: columns that are no inputs, joined by commas. Default: none.", token => (token.Split(','), null))
    {
        HelpName = "COLUMNS",
    };

    private static readonly Setting<string?> Test = Settings.Place(
        "--test", "DATA", "A CSV file of the same columns, or a folder of the same classes, to judge by. "
            + "Default: the folder's own part for it, else rows or images are set aside.");

    private static readonly Setting<double> TestShare = Settings.Real(
        "--test-share", new TableImportOptions().TestShare, "Share of the rows or images of each class that is set aside to judge by, above 0, below 1. Default: 0.2.",
        value => value is > 0 and < 1, "a number above 0 and below 1");

    private static readonly Setting<long> Seed = Settings.Whole("--seed", 1, "Seed by which these are drawn, 0 or more. Default: 1.", least: 0);

    private static readonly Setting<long[]?> Image = Settings.Sizes(
        "--image", "Height and width, or channels, height and width, as 1x28x28. Of a table: that of the images whose pixels, row by row, are its columns. "
            + "Of a folder, which needs it: that which all images are scaled and cut to. Default: none, the columns are features.");

    private static readonly Option<bool> DropIncomplete = new("--drop-incomplete")
    {
        Description = "Leave out rows that lack a value (nothing, ?, NA, NaN, null), or images that cannot be read. Default: off, they are an error.",
    };

    private static readonly Setting<string?> Out = Settings.Place("--out", "FILE", "The .npz file to write; one that exists is replaced. Default: NAME.npz in this folder.");

    public static Command Create()
    {
        var command = new Command("import", "Makes of a CSV file or a folder of images of your own the arrays that training reads (--data numpy), and says what became of them.")
        {
            Source,
            Label,
            Ignore,
            Test,
            TestShare,
            Seed,
            Image,
            DropIncomplete,
            Out,
        };
        command.SetJob(Run);
        HelpWithExamples.Add(
            command,
            "./sparse data import flowers.csv --label species",
            "./sparse data import customers.csv --label churned --ignore id,name --drop-incomplete",
            "./sparse data import digits.csv --label label --image 28x28 --test digits-test.csv",
            "./sparse data import photos/ --image 32x32");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var source = result.GetValue(Source)!;
        if (Test.IsGiven(result) && TestShare.IsGiven(result))
        {
            throw new UsageException("--test and --test-share do not go together.", "Name what to judge by, or have a share set aside.");
        }

        if (Image.Read(result) is { Length: not (2 or 3) } sizes)
        {
            throw new UsageException($"--image is '{string.Join('x', sizes)}'; it must be height and width, or channels, height and width, as 1x28x28.", "See --help.");
        }

        if (Directory.Exists(source))
        {
            ImportFolder(source, result, terminal, cancellation);
        }
        else
        {
            ImportTable(source, result, terminal);
        }
    }

    private static void ImportTable(string table, ParseResult result, Terminal terminal)
    {
        var options = new TableImportOptions
        {
            Label = Label.Read(result),
            Ignored = Ignore.Read(result),
            TestTable = Test.Read(result),
            TestShare = TestShare.Read(result),
            Seed = Seed.Read(result),
            ImageShape = Image.Read(result),
            DropsIncomplete = result.GetValue(DropIncomplete),
        };
        var report = TableImport.Write(table, Out.Read(result) ?? Path.GetFileNameWithoutExtension(table) + ".npz", options);
        terminal.Lines(ImportSummary.Of(report));
        terminal.Json(report);
    }

    private static void ImportFolder(string folder, ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        if (Label.IsGiven(result) || Ignore.IsGiven(result))
        {
            throw new UsageException(
                $"{(Label.IsGiven(result) ? "--label" : "--ignore")} is for tables; '{folder}' is a folder, where each class is a folder of images.",
                "Leave it out, or name a CSV file.");
        }

        var options = new ImageFolderImportOptions
        {
            ImageShape = Image.Read(result) ?? throw NoSize(folder, cancellation),
            TestFolder = Test.Read(result),
            TestShare = TestShare.IsGiven(result) ? TestShare.Read(result) : null,
            Seed = Seed.Read(result),
            DropsIncomplete = result.GetValue(DropIncomplete),
        };
        CheckShape(options.ImageShape);
        var file = Out.Read(result) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) + ".npz";
        var report = terminal.While(
            $"Reading the images of {folder} ...",
            progress => ImageFolderImport.Write(folder, file, options, progress is null ? null : new Counts(progress), cancellation));
        terminal.Lines(ImportSummary.Of(report));
        terminal.Json(report);
    }

    private static void CheckShape(IReadOnlyList<long> shape)
    {
        if (shape is not ([_, _] or [1 or 3, _, _]) || shape.Any(size => size > ImageFolderImportOptions.MostPixels))
        {
            throw new UsageException(
                $"--image is '{string.Join('x', shape)}'; of a folder it must be height and width, each up to {ImageFolderImportOptions.MostPixels}, or 1 (grey) or 3 (colour), height and width.",
                "See --help.");
        }
    }

    private static UsageException NoSize(string folder, CancellationToken cancellation) => new(
        $"--image is missing: the images of '{folder}' all have to get one height and width.",
        ImageFolderImport.MostFrequentSize(folder, cancellation) is { } most
            ? $"{Format.Count(most.Images)} of {Format.Count(most.Total)} are {most.Height}x{most.Width}; small networks do with less, as --image 32x32."
            : "Name it, as --image 32x32.");

    private sealed class Counts(IProgress<string> progress) : IProgress<ImageFolderProgress>
    {
        public void Report(ImageFolderProgress value) => progress.Report($"{Format.Count(value.ImagesDone)} of {Format.Count(value.ImagesTotal)}");
    }
}
