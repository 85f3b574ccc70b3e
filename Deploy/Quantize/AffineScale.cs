namespace SparseHybrid.Deploy.Quantize;

/// <summary>Eight-bit codes for real numbers: x is about Scale * (code - ZeroPoint). The code of zero stands for exactly zero.</summary>
/// <remarks>Jacob et al., arXiv:1712.05877, equation 1, with unsigned codes: those are the ones ONNX Runtime computes with on x86.</remarks>
internal readonly record struct AffineScale(float Scale, byte ZeroPoint)
{
    private const int Steps = byte.MaxValue;

    /// <summary>The codes that cover a range, zero included.</summary>
    public static AffineScale Covering(ValueRange range)
    {
        var (lowest, highest) = (Math.Min(range.Lowest, 0f), Math.Max(range.Highest, 0f));
        var width = (double)highest - lowest;
        var scale = (float)(width / Steps);
        if (!float.IsNormal(scale))
        {
            return new AffineScale(1, 0); // nothing but zeros, or numbers that vanish beside any other
        }

        // Never beyond the range: ONNX Runtime drops a Clip only in front of codes that cannot leave it.
        while ((double)scale * Steps > width)
        {
            scale = MathF.BitDecrement(scale);
        }

        return new AffineScale(scale, (byte)Math.Clamp(Math.Round(-lowest / (double)scale), 0, Steps));
    }

    public byte Quantize(float value) => (byte)Math.Clamp(MathF.Round(value / Scale) + ZeroPoint, 0, Steps);

    public float Dequantize(byte code) => Scale * (code - ZeroPoint);
}
