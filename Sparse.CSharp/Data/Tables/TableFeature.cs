namespace SparseHybrid.Data.Tables;

/// <summary>What one input of a network is made of.</summary>
/// <param name="Column">The column of the table.</param>
/// <param name="Value">For words: the input is 1 where the column has this value, else 0. Null for numbers: the input is the number.</param>
public sealed record TableFeature(string Column, string? Value);
