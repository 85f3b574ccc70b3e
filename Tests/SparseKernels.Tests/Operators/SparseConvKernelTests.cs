using Microsoft.ML.OnnxRuntime;
using Onnx;
using SparseHybrid.Deploy.Graph;

namespace SparseHybrid.Kernels.Tests;

public sealed class SparseConvKernelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Conv_equals_the_dense_layer_for_any_geometry(bool hasPools)
    {
        var random = new Random(1);
        for (var i = 0; i < 150; i++)
        {
            var group = random.Next(1, 4);
            var (channels, outputs) = (group * random.Next(1, 6), group * random.Next(1, 9));
            var (kernelHeight, kernelWidth) = (random.Next(1, 5), random.Next(1, 5));
            var (height, width, batch) = (random.Next(5, 20), random.Next(5, 20), random.Next(2) == 0 ? random.Next(1, 4) : random.Next(16, 40));
            long[] pool = hasPools ? [random.Next(1, 4), random.Next(1, 4)] : [1, 1];
            AttributeProto[] attributes =
            [
                Protos.Attribute("kernel_shape", [kernelHeight, kernelWidth]), Protos.Attribute("group", group),
                Protos.Attribute("strides", [random.Next(1, 4), random.Next(1, 4)]),
                Protos.Attribute("pads", Enumerable.Range(0, 4).Select(_ => (long)random.Next(0, 3)).ToArray()),
                Protos.Attribute("dilations", [random.Next(1, 3), random.Next(1, 3)]),
            ];
            if (FreeSpace(height, kernelHeight, attributes, 0) < (pool[0] - 1) * attributes[2].Ints[0] + 1
                || FreeSpace(width, kernelWidth, attributes, 1) < (pool[1] - 1) * attributes[2].Ints[1] + 1)
            {
                continue;
            }

            var (columns, relu) = (channels / group * kernelHeight * kernelWidth, random.Next(2) == 0);
            var weights = RandomMatrix.Dense(random, outputs * columns, random.NextDouble());
            var (bias, x) = (RandomMatrix.Dense(random, outputs, 0.0), RandomMatrix.Dense(random, batch * channels * height * width, 0.0));
            AttributeProto[] ofKernel = [.. attributes, SparseModel.Relu(relu), .. hasPools ? [Protos.Attribute("pool_shape", pool)] : Array.Empty<AttributeProto>()];
            using var sparse = SmallModel.Session(
                SparseModel.Layer(hasPools ? "SparseConvMaxPool" : "SparseConv", weights, outputs, columns, bias, [null, channels, null, null], ofKernel));
            long[] shape = [outputs, channels / group, kernelHeight, kernelWidth];
            using var dense = SmallModel.Session(hasPools
                ? DenseModel.ConvMaxPool(weights, shape, channels, bias, relu, attributes, pool)
                : DenseModel.Conv(weights, shape, channels, bias, relu, attributes));

            Outputs.AssertClose(
                SmallModel.Run(dense, x, batch, channels, height, width), SmallModel.Run(sparse, x, batch, channels, height, width), $"case {i}");
        }
    }

    [Fact]
    public void A_sum_equals_that_of_dense_layers()
    {
        var random = new Random(1);
        foreach (var (channels, outputs, kernel, stride, size, batch, relu) in new[]
        {
            (3, 4, 3, 1, 9, 1, true), (16, 16, 3, 1, 32, 1, true), (16, 16, 3, 1, 32, 3, false), (64, 8, 3, 1, 50, 2, true), (8, 12, 3, 2, 15, 2, true),
            (20, 6, 1, 1, 7, 5, true), (32, 6, 1, 1, 16, 1, false), (16, 8, 3, 1, 4, 35, true), (64, 5, 1, 1, 4, 1, true), (5, 3, 2, 1, 6, 16, false),
        })
        {
            AttributeProto[] attributes = [Protos.Attribute("kernel_shape", [kernel, kernel]), Protos.Attribute("strides", [stride, stride])];
            long[] shape = [outputs, channels, kernel, kernel];
            var count = outputs * channels * kernel * kernel;
            var (weights, others) = (RandomMatrix.Dense(random, count, 0.8), RandomMatrix.Dense(random, count, 0.5));
            var (bias, x) = (RandomMatrix.Dense(random, outputs, 0.0), RandomMatrix.Dense(random, batch * channels * size * size, 0.0));
            using var sparse = SmallModel.Session(DenseModel.SparseConvAdd(weights, others, shape, channels, bias, attributes, [.. attributes, SparseModel.Relu(relu)]));
            using var dense = SmallModel.Session(DenseModel.ConvAddConv(weights, others, shape, channels, bias, relu, attributes));

            Outputs.AssertClose(SmallModel.Run(dense, x, batch, channels, size, size), SmallModel.Run(sparse, x, batch, channels, size, size), $"{channels} channels");
        }
    }

    [Fact]
    public void What_is_added_must_be_as_large_as_the_output()
    {
        AttributeProto[] ofKernel = [Protos.Attribute("kernel_shape", [3, 3]), Protos.Attribute("pads", [1, 1, 1, 1])];
        using var session = SmallModel.Session(DenseModel.SparseConvAdd(new float[54], new float[54], [3, 2, 3, 3], 2, new float[3], [Kernel], ofKernel));

        var error = Assert.Throws<OnnxRuntimeException>(() => SmallModel.Run(session, new float[50], 1, 2, 5, 5));

        Assert.Contains("R is [1, 3, 3, 3]; it is added to [1, 3, 5, 5]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_the_output_are_known_when_the_model_is_loaded()
    {
        using var known = Session([2, 3, 9, 9], Kernel, Protos.Attribute("strides", [2, 1]), Protos.Attribute("pads", [1, 0, 1, 0]));
        using var open = Session([null, 3, null, 9], Kernel);

        using var pooled = Session("SparseConvMaxPool", [2, 3, 9, 9], Kernel, Protos.Attribute("pool_shape", [2, 3]));

        Assert.Equal([2, 4, 5, 7], known.OutputMetadata["y"].Dimensions);
        Assert.Equal([2, 4, 3, 2], pooled.OutputMetadata["y"].Dimensions);
        Assert.Equal([-1, 4, -1, 7], open.OutputMetadata["y"].Dimensions);
        Assert.Equal("d0", open.OutputMetadata["y"].SymbolicDimensions[0]);
        Assert.NotEqual("d2", open.OutputMetadata["y"].SymbolicDimensions[2]);
    }

    [Fact]
    public void What_does_not_fit_is_refused_when_the_session_is_made()
    {
        Refused("kernel_shape is []");
        Refused("kernel_shape is [3]", Protos.Attribute("kernel_shape", [3]));
        Refused("kernel_shape is [0, 3]", Protos.Attribute("kernel_shape", [0, 3]));
        Refused("strides is [0, 1]", Kernel, Protos.Attribute("strides", [0, 1]));
        Refused("pads is [1, 1]", Kernel, Protos.Attribute("pads", [1, 1]));
        Refused("pads is [-1, 0, 0, 0]", Kernel, Protos.Attribute("pads", [-1, 0, 0, 0]));
        Refused("dilations is [1, 99999]", Kernel, Protos.Attribute("dilations", [1, 99999]));
        Refused("auto_pad is 'SAME_UPPER'", Kernel, Protos.Attribute("auto_pad", "SAME_UPPER"));
        Refused("rows of 3", Kernel, Protos.Attribute("group", 3));
        Refused("columns are a multiple of 16", Protos.Attribute("kernel_shape", [4, 4]));
        RefusedPooled("pool_shape is []", Kernel);
        RefusedPooled("pool_shape is [2]", Kernel, Protos.Attribute("pool_shape", [2]));
        RefusedPooled("pool_shape is [2, 0]", Kernel, Protos.Attribute("pool_shape", [2, 0]));
    }

    [Fact]
    public void An_input_that_does_not_fit_is_refused_by_name()
    {
        using var session = Session([null, null, null, null], Kernel);

        Assert.Contains("[N, 3, H, W]", Message([1, 2, 9, 9]), StringComparison.Ordinal);
        Assert.Contains("2 x 9; the window does not fit", Message([1, 3, 2, 9]), StringComparison.Ordinal);
        using var pooled = Session("SparseConvMaxPool", [null, null, null, null], Kernel, Protos.Attribute("pool_shape", [3, 1]));
        Assert.Contains("4 x 9; the pool does not fit", MessageOf(pooled, [1, 3, 4, 9]), StringComparison.Ordinal);

        string Message(long[] shape) => MessageOf(session, shape);

        static string MessageOf(InferenceSession session, long[] shape) =>
            Assert.Throws<OnnxRuntimeException>(() => SmallModel.Run(session, new float[shape.Aggregate((a, b) => a * b)], shape)).Message;
    }

    private static AttributeProto Kernel => Protos.Attribute("kernel_shape", [3, 3]);

    private static InferenceSession Session(IEnumerable<long?> inputShape, params AttributeProto[] attributes) => Session("SparseConv", inputShape, attributes);

    private static InferenceSession Session(string operation, IEnumerable<long?> inputShape, params AttributeProto[] attributes) => SmallModel.Session(
        SparseModel.Layer(operation, RandomMatrix.Dense(new Random(2), 4 * 27, 0.5), 4, 27, new float[4], inputShape, attributes));

    private static void Refused(string why, params AttributeProto[] attributes) => Refused("SparseConv", why, attributes);

    private static void RefusedPooled(string why, params AttributeProto[] attributes) => Refused("SparseConvMaxPool", why, attributes);

    private static void Refused(string operation, string why, AttributeProto[] attributes)
    {
        var error = Assert.Throws<OnnxRuntimeException>(() => Session(operation, [null, 3, null, null], attributes).Dispose());

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static long FreeSpace(int size, int kernel, AttributeProto[] attributes, int axis) =>
        size + attributes[3].Ints[axis] + attributes[3].Ints[axis + 2] - (attributes[4].Ints[axis] * (kernel - 1));
}
