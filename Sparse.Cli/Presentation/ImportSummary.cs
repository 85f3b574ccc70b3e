using SparseHybrid.Data.Folders;
using SparseHybrid.Data.Tables;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What became of a table or a folder of images, in lines.</summary>
internal static class ImportSummary
{
    // With fewer steps than this the penalty has hardly begun to act; a small table needs small batches to have as many.
    private const int LeastSteps = 3000;
    private const long SmallTable = 4000;
    private const long LeastEpochs = 10;
    private const long MostEpochs = 100;
    private const int Shown = 12;

    public static IEnumerable<string> Of(TableImportReport report)
    {
        var words = report.Features.Where(feature => feature.Value is not null).GroupBy(feature => feature.Column).ToList();
        yield return $"table     {report.Table}: {report.Separator} between the fields, {(report.HasHeader ? "the first row names the columns" : "no names: columns go by their numbers")}";
        yield return $"inputs    {Format.Count(report.Features.Count)}: {Format.Count(report.Features.Count(feature => feature.Value is null))} numbers{string.Concat(words.Select(OfWords))}";
        yield return $"classes   {report.Classes.Count} in column '{report.Label}': {Few(report.Classes)}";
        yield return $"rows      {Format.Count(report.Training)} to learn from, {Format.Count(report.Test)} to judge by{(report.Dropped == 0 ? "" : $", {Format.Count(report.Dropped)} incomplete ones left out")}";
        foreach (var line in End(report.File, TableImport.ColumnsSuffix, report.InputShape.Count == 1 ? "mlp" : "lenet-300-100", report.Training))
        {
            yield return line;
        }
    }

    public static IEnumerable<string> Of(ImageFolderImportReport report)
    {
        yield return $"inputs    {string.Join('x', report.InputShape)}, {(report.InputShape[0] == 1 ? "grey" : "red, green and blue")}";
        yield return $"classes   {report.Classes.Count}: {Few(report.Classes)}";
        yield return $"images    {Format.Count(report.Training)} to learn from, {Format.Count(report.Test)} to judge by{(report.Dropped == 0 ? "" : $", {Format.Count(report.Dropped)} that cannot be read left out")}";
        string?[] passed =
        [
            Passed(report.PassedOver, "files that are hidden or no PNG, JPEG or BMP images"),
            Passed(report.WithoutClass, "images that lie in no folder of a class"),
            Passed(report.EmptyFolders, "folders that are hidden or hold no images"),
            report.PartsLeftOut.Count == 0 ? null : string.Join(", ", report.PartsLeftOut.Select(part => $"{part}/")),
        ];
        if (Array.Exists(passed, words => words is not null))
        {
            yield return $"passed    over {string.Join("; ", passed.OfType<string>())}";
        }

        var isSmall = report.InputShape.Skip(1).Any(size => size < 4); // less than small-vgg can halve
        foreach (var line in End(report.File, ImageFolderImport.ClassesSuffix, isSmall ? "lenet-300-100" : "small-vgg", report.Training))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> End(string file, string suffix, string model, long samples) =>
    [
        $"files     {file}, {Path.ChangeExtension(file, null)}{suffix}",
        "",
        $"Next: ./sparse train --data numpy --data-file {file} --model {model} {Steps(samples)} --target-sparsity 0.8",
    ];

    private static string? Passed(long count, string what) => count == 0 ? null : $"{Format.Count(count)} {what}";

    private static string OfWords(IGrouping<string, TableFeature> column) => $"; {column.Count()} for the words of '{column.Key}'";

    private static string Steps(long rows)
    {
        var batch = rows < SmallTable ? 16 : 128;
        var stepsInEpoch = (rows + batch - 1) / batch;
        return $"{(batch == 128 ? "" : $"--batch {batch} ")}--epochs {Math.Clamp(LeastSteps / stepsInEpoch, LeastEpochs, MostEpochs)}";
    }

    private static string Few(IReadOnlyCollection<string> names) =>
        names.Count <= Shown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more";
}
