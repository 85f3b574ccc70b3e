namespace SparseHybrid.Kernels;

/// <summary>A part of the output whose inputs are arranged together.</summary>
internal struct Panel
{
    /// <summary>The image in the first lanes.</summary>
    public int FirstImage;

    /// <summary>Images, fewer than the layout's where the batch ends.</summary>
    public int Images;

    /// <summary>Its first row of the output, in the first row group.</summary>
    public int FirstRow;

    /// <summary>Rows in each row group.</summary>
    public int Rows;

    /// <summary>Its first column of the output.</summary>
    public int FirstColumn;

    /// <summary>What decides which lanes lie within the input.</summary>
    public readonly (int FirstRow, int FirstColumn, int Images) Place => (FirstRow, FirstColumn, Images);
}
