using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Deploy.Report.Images;

namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>What a network takes for what: the confusion matrix and the mistakes it is surest of.</summary>
internal static class ClassesSection
{
    private const int MostClassesInMatrix = 20;
    private const int MostConfusions = 30;
    private const double ThumbnailRem = 6;

    public static Section Of(IReadOnlyList<RunFindings> runs) => new(
        "Classes and mistakes",
        runs.Count == 1 ? [.. Blocks(runs[0])] : [.. runs.Select((run, index) => new Fold(run.Name, [.. Blocks(run)], IsOpen: index == 0))]);

    private static IEnumerable<PageBlock> Blocks(RunFindings run) => run.Test is not { } test
        ? [new Paragraph(run.TestProblem ?? "")]
        :
        [
            new Paragraph(Judged(run, test)),
            new Heading("Confusion matrix"),
            .. test.Classes.Count <= MostClassesInMatrix ? Matrix(test) : [Confusions(test)],
            new TableBehind(PerClass(test)),
            new Heading("The surest mistakes"),
            .. Mistakes(test),
        ];

    private static string Judged(RunFindings run, TestFindings test)
    {
        var now = $"{Figures.Percent(test.Accuracy)} % of {Figures.Count(test.Images)} test images are classified rightly";
        var then = run.Record.Result!.TestAccuracy;
        return Math.Abs(then - test.Accuracy) * test.Images < 0.5
            ? $"{now}, as when training ended."
            : $"{now}, where training ended with {Figures.Percent(then)} %: the data, the machine or the libraries are not quite what they were.";
    }

    private static IEnumerable<PageBlock> Matrix(TestFindings test) =>
    [
        new Paragraph("Rows are what the images show, columns what they were taken for; numbers are images, and the colour is their share of the row."),
        new ShareTable(["", .. test.Classes], [.. test.Confusion.Select((row, label) => new ShareRow(test.Classes[label], row))]),
    ];

    private static DataTable Confusions(TestFindings test)
    {
        var entries =
            from row in test.Confusion.Index()
            from cell in row.Item.Index()
            where cell.Index != row.Index && cell.Item > 0
            orderby cell.Item descending
            select (IReadOnlyList<string>)[test.Classes[row.Index], test.Classes[cell.Index], Figures.Count(cell.Item)];
        return new DataTable([new Column("Shown", IsNumber: false), new Column("Taken for", IsNumber: false), new Column("Images")], [.. entries.Take(MostConfusions)]);
    }

    private static DataTable PerClass(TestFindings test) => new(
        [
            new Column("Class", IsNumber: false),
            new Column("Images"),
            new Column("Of these found (recall), %"),
            new Column("Taken for it, images"),
            new Column("Of these rightly (precision), %"),
        ],
        [
            .. test.Classes.Select((name, label) =>
            {
                var (shown, taken, right) = (test.Confusion[label].Sum(), test.Confusion.Sum(row => row[label]), test.Confusion[label][label]);
                return (IReadOnlyList<string>)[name, Figures.Count(shown), Share(right, shown), Figures.Count(taken), Share(right, taken)];
            }),
        ]);

    private static string Share(long part, long whole) => whole == 0 ? "–" : Figures.Percent((double)part / whole);

    private static IEnumerable<PageBlock> Mistakes(TestFindings test)
    {
        if (test.Mistakes.Count == 0)
        {
            return [new Paragraph("There are none: every test image is classified rightly.")];
        }

        return test.Mistakes.Any(mistake => mistake.Image is null)
            ? [MistakeTable(test)]
            :
            [
                new Paragraph("What the image shows → what it was taken for, with the network's probability of that; the number is the image's place in the test data."),
                new Gallery([.. test.Mistakes.Select(mistake => Thumbnail(mistake, test))], "thumbnails"),
            ];
    }

    private static Picture Thumbnail(Mistake mistake, TestFindings test)
    {
        var (shows, taken) = (test.Classes[mistake.Label], test.Classes[mistake.Prediction]);
        var caption = $"{shows} → {taken}\n{Figures.Decimals(100 * mistake.Probability, 1)} %, no. {mistake.Index}";
        return new Picture(null, caption, $"Test image {mistake.Index}: {shows}, taken for {taken}.", mistake.Image!.Png, mistake.Image.Width, mistake.Image.Height, ThumbnailRem);
    }

    private static DataTable MistakeTable(TestFindings test) => new(
        [new Column("Sample, from 0"), new Column("Shows", IsNumber: false), new Column("Taken for", IsNumber: false), new Column("Probability, %")],
        [
            .. test.Mistakes.Select(mistake => (IReadOnlyList<string>)
                [$"{mistake.Index}", test.Classes[mistake.Label], test.Classes[mistake.Prediction], Figures.Decimals(100 * mistake.Probability, 1)]),
        ]);
}
