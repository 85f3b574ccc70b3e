namespace SparseHybrid.Data.Tables;

/// <summary>A row of a CSV file.</summary>
/// <param name="Line">Line of the file at which it begins, counted from 1.</param>
/// <param name="Fields">Its fields, without quotes and without blanks around them.</param>
internal sealed record CsvRow(int Line, string[] Fields);
