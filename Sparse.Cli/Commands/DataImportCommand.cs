using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Cli.Options;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Data.Tables;

namespace SparseHybrid.Cli.Commands;

/// <summary>Makes of the user's own table the arrays that training reads.</summary>
internal static class DataImportCommand
{
    private static readonly Argument<string> Table = new("TABLE")
    {
        Description = "The CSV file, a sample in each row: commas, semicolons or tabs between the fields, a point in numbers. "
            + "Its first row names the columns where none of its fields is a number.",
    };

    private static readonly Setting<string?> Label = Settings.Place(
        "--label", "COLUMN", "The column of the classes, by its name, or where the file has no names by its number from 1. Default: the last.");

    private static readonly Setting<string[]> Ignore = new("--ignore", [], "Columns that are no inputs, joined by commas. Default: none.", token => (token.Split(','), null))
    {
        HelpName = "COLUMNS",
    };

    private static readonly Setting<string?> Test = Settings.Place(
        "--test", "TABLE", "A CSV file of the same columns to judge by. Default: none, rows are set aside.");

    private static readonly Setting<double> TestShare = Settings.Real(
        "--test-share", new TableImportOptions().TestShare, "Share of the rows of each class that is set aside to judge by, above 0, below 1. Default: 0.2.",
        value => value is > 0 and < 1, "a number above 0 and below 1");

    private static readonly Setting<long> Seed = Settings.Whole("--seed", 1, "Seed by which these rows are drawn, 0 or more. Default: 1.", least: 0);

    private static readonly Setting<long[]?> Image = Settings.Sizes(
        "--image", "Where the columns are pixels, row by row: height and width, or channels, height and width, as 1x28x28. Default: none, the columns are features.");

    private static readonly Option<bool> DropIncomplete = new("--drop-incomplete")
    {
        Description = "Leave out rows that lack a value (nothing, ?, NA, NaN, null). Default: off, they are an error.",
    };

    private static readonly Setting<string?> Out = Settings.Place("--out", "FILE", "The .npz file to write; one that exists is replaced. Default: NAME.npz in this folder.");

    public static Command Create()
    {
        var command = new Command("import", "Makes of a CSV file of your own the arrays that training reads (--data numpy), and says what became of each column.")
        {
            Table,
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
            "./sparse data import digits.csv --label label --image 28x28 --test digits-test.csv");
        return command;
    }

    private static void Run(ParseResult result, Terminal terminal, CancellationToken cancellation)
    {
        var table = result.GetValue(Table)!;
        if (Test.IsGiven(result) && TestShare.IsGiven(result))
        {
            throw new UsageException("--test and --test-share do not go together.", "Name a table to judge by, or have rows set aside.");
        }

        if (Image.Read(result) is { Length: not (2 or 3) } sizes)
        {
            throw new UsageException($"--image is '{string.Join('x', sizes)}'; it must be height and width, or channels, height and width, as 1x28x28.", "See --help.");
        }

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
}
