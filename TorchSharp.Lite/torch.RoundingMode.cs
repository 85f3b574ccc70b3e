namespace TorchSharp;

public static partial class torch
{
    /// <summary>What a division does with the quotient.</summary>
    public enum RoundingMode
    {
        /// <summary>True division.</summary>
        None = 0,

        /// <summary>Towards zero.</summary>
        trunc = 1,

        /// <summary>Down.</summary>
        floor = 2,
    }
}
