namespace SparseHybrid.Deploy.Quantize;

/// <summary>Weights as signed codes with one scale for each output: w is about scale * code, and zero stays exactly zero.</summary>
/// <param name="Codes">In the order of the weights.</param>
/// <param name="Scales">One for each output.</param>
internal sealed record SymmetricWeights(sbyte[] Codes, float[] Scales)
{
    private const double LargestBiasCode = 1 << 30; // leaves room for the sum that the bias is added to

    /// <summary>The largest code of a weight.</summary>
    /// <remarks>
    /// With 7 bits two products with 8-bit inputs add up to at most 2 * 64 * 255 = 32640, within 16 bits, whatever the inputs are.
    /// </remarks>
    public static int LargestCode(int bits) => bits == 7 ? 64 : sbyte.MaxValue;

    /// <summary>Quantises the weights of a layer.</summary>
    /// <param name="layer">All weights and biases are finite.</param>
    /// <param name="inputScale">The scale of the layer's input, which that of the bias is a multiple of.</param>
    /// <param name="bits">7 or 8.</param>
    public static SymmetricWeights Of(IntegerLayer layer, float inputScale, int bits)
    {
        var largestCode = LargestCode(bits);
        var values = layer.Weight.Values;
        var scales = new float[layer.Outputs];
        for (var i = 0; i < values.Length; i++)
        {
            ref var largest = ref scales[layer.OutputOf(i)];
            largest = Math.Max(largest, Math.Abs(values[i]));
        }

        for (var output = 0; output < scales.Length; output++)
        {
            // Wide enough for the bias, whose codes have the scale of input times weight.
            var leastForBias = Math.Abs(layer.Bias?[output] ?? 0f) / (inputScale * LargestBiasCode);
            var scale = (float)Math.Max(scales[output] / largestCode, leastForBias);
            scales[output] = float.IsNormal(scale) && float.IsNormal(scale * inputScale) ? scale : 1;
        }

        var codes = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            codes[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / scales[layer.OutputOf(i)]), -largestCode, largestCode);
        }
        return new SymmetricWeights(codes, scales);
    }
}
