namespace SparseHybrid.Kernels;

/// <summary>What all operators read from their node: packed weights, bias, activation.</summary>
/// <param name="Weights">Input 1, unpacked.</param>
/// <param name="Bias">The last input, a number for each row of the weights; null: none.</param>
/// <param name="Relu">The attribute <c>activation</c>: "Relu", or "" for none.</param>
internal sealed record LayerParameters(SparseMatrix Weights, float[]? Bias, bool Relu)
{
    /// <param name="info">The node.</param>
    /// <param name="biasInput">The bias's number among its inputs.</param>
    /// <exception cref="InvalidDataException">An input or attribute is not as the operators are documented.</exception>
    public static LayerParameters Read(KernelInfo info, int biasInput = 2)
    {
        var weights = PackedWeights.Unpack(info.ConstantBytes(1, "W"));
        var outputs = info.Int64("outputs"u8) ?? weights.Rows;
        if (outputs != weights.Rows)
        {
            throw new InvalidDataException($"The attribute outputs is {outputs}, but the weights W have {weights.Rows} rows.");
        }

        var bias = info.InputCount > biasInput ? info.ConstantFloats(biasInput, "B").ToArray() : null;
        if (bias is not null && bias.Length != weights.Rows)
        {
            throw new InvalidDataException($"The bias B has {bias.Length} numbers, but the weights W have {weights.Rows} rows.");
        }

        return new LayerParameters(weights, bias, ReadRelu(info));
    }

    private static bool ReadRelu(KernelInfo info) => info.String("activation"u8) switch
    {
        null or "" => false,
        "Relu" => true,
        var other => throw new InvalidDataException($"The attribute activation is '{other}'; it is \"Relu\" or \"\" for none."),
    };
}
