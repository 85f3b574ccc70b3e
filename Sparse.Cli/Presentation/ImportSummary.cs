using SparseHybrid.Data.Tables;

namespace SparseHybrid.Cli.Presentation;

/// <summary>What became of a table, in lines.</summary>
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
        yield return $"files     {report.File}, {Path.ChangeExtension(report.File, null)}{TableImport.ColumnsSuffix}";
        yield return "";
        yield return $"Next: ./sparse train --data numpy --data-file {report.File} --model {Model(report)} {Steps(report.Training)} --target-sparsity 0.8";
    }

    private static string OfWords(IGrouping<string, TableFeature> column) => $"; {column.Count()} for the words of '{column.Key}'";

    private static string Model(TableImportReport report) => report.InputShape.Count == 1 ? "mlp" : "lenet-300-100";

    private static string Steps(long rows)
    {
        var batch = rows < SmallTable ? 16 : 128;
        var stepsInEpoch = (rows + batch - 1) / batch;
        return $"{(batch == 128 ? "" : $"--batch {batch} ")}--epochs {Math.Clamp(LeastSteps / stepsInEpoch, LeastEpochs, MostEpochs)}";
    }

    private static string Few(IReadOnlyCollection<string> names) =>
        names.Count <= Shown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more";
}
