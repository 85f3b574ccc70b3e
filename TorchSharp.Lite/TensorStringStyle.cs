namespace TorchSharp;

/// <summary>Ways to write a tensor as text.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, element type and device only.</summary>
    Metadata = 0,

    /// <summary>Rows in brackets, as NumPy writes them.</summary>
    Numpy = 2,

    /// <summary>As Numpy.</summary>
    Default = 4,
}
