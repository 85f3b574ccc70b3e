namespace SparseHybrid.Data.Tables;

/// <summary>What became of a table; also the contents of the file beside the arrays, which applications need to feed the network.</summary>
public sealed record TableImportReport
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The arrays.</summary>
    public required string File { get; init; }

    /// <summary>Every input of the network, in order.</summary>
    public required IReadOnlyList<TableFeature> Features { get; init; }

    /// <summary>Shape of one input: [D] of flat features, [H, W] or [C, H, W] of images.</summary>
    public required IReadOnlyList<long> InputShape { get; init; }

    /// <summary>The column of the classes.</summary>
    public required string Label { get; init; }

    /// <summary>What the classes are called, in the order of the network's outputs.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Rows to learn from.</summary>
    public required long Training { get; init; }

    /// <summary>Rows to judge by.</summary>
    public required long Test { get; init; }

    /// <summary>Rows that were left out because they lack a value.</summary>
    public required long Dropped { get; init; }

    /// <summary>What stands between the fields of the table.</summary>
    public required string Separator { get; init; }

    /// <summary>Whether the first row names the columns.</summary>
    public required bool HasHeader { get; init; }
}
