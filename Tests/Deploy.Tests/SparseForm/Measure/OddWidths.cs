using Onnx;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.SparseForm.Measure;

/// <summary>A network of two convolutions of which some filters are zero as a whole.</summary>
internal static class OddWidths
{
    private const int Width = 32;

    /// <param name="alive">Filters of each convolution that are not zero, up to 32.</param>
    public static ModelProto Model(int alive) => new SequentialGraph(3, 8, 8)
        .Conv("first", Width, 3, Filters(27, alive), padding: 1).Then("Relu")
        .Conv("second", Width, Width, Filters(Width * 9, alive), padding: 1).Then("Relu")
        .Flatten().Gemm("fc", 3, Running.RandomFloats(new Random(3), 3 * Width * 64)).Build(3);

    private static float[] Filters(int size, int alive) => PartlySparse.Weights(Width * size, 0, dead: (Width - alive) * size);
}
