using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class LayerValueTests
{
    /// <summary>A layer, its parameters filled with 0, 1, 2, ..., an input of 0, 1, 2, ..., and the values of PyTorch 1.13.</summary>
    public static TheoryData<string, Func<torch.nn.Module<Tensor, Tensor>>, long[], double[]> Table => new()
    {
        {
            "transposed conv1d", () => torch.nn.ConvTranspose1d(2, 2, 3, stride: 2, padding: 1, output_padding: 1, bias: false, dtype: float64),
            [1, 2, 2], [14, 34, 22, 26, 20, 52, 34, 38]
        },
        {
            "transposed conv2d", () => torch.nn.ConvTranspose2d(1, 1, 2, stride: 2, dtype: float64), [1, 1, 2, 2],
            [0, 0, 0, 1, 0, 0, 2, 3, 0, 2, 0, 3, 4, 6, 6, 9]
        },
        { "conv3d", () => torch.nn.Conv3d(1, 1, 2, dtype: float64), [1, 1, 2, 2, 3], [202, 230] },
        {
            "group norm", () => torch.nn.GroupNorm(1, 2, affine: false), [1, 2, 2],
            [-1.341635419968927, -0.447211806656309, 0.447211806656309, 1.341635419968927]
        },
        {
            "instance norm", () => torch.nn.InstanceNorm1d(2), [1, 2, 2],
            [-0.999980000599980, 0.999980000599980, -0.999980000599980, 0.999980000599980]
        },
        { "max pool 1d", () => torch.nn.MaxPool1d(2, padding: 1), [1, 2, 6], [0, 2, 4, 5, 6, 8, 10, 11] },
        { "average pool 1d", () => torch.nn.AvgPool1d(2, padding: 1), [1, 2, 6], [0, 1.5, 3.5, 2.5, 3, 7.5, 9.5, 5.5] },
        { "adaptive average pool 1d", () => torch.nn.AdaptiveAvgPool1d(2), [1, 2, 6], [1, 4, 7, 10] },
        { "adaptive max pool", () => torch.nn.AdaptiveMaxPool2d([1, 2]), [1, 1, 3, 4], [9, 11] },
        { "upsample to the nearest", () => torch.nn.Upsample(scale_factor: [2.0]), [1, 1, 2], [0, 0, 1, 1] },
        { "upsample linearly", () => torch.nn.Upsample(scale_factor: [2.0], mode: UpsampleMode.Linear), [1, 1, 2], [0, 0.25, 0.75, 1] },
        {
            "upsample to corners", () => torch.nn.Upsample([2, 3], mode: UpsampleMode.Bilinear, align_corners: true), [1, 1, 2, 2],
            [0, 0.5, 1, 2, 2.5, 3]
        },
        { "reflection pad", () => torch.nn.ReflectionPad1d((1, 2)), [1, 1, 3], [1, 0, 1, 2, 1, 0] },
        { "replication pad", () => torch.nn.ReplicationPad2d((1, 0, 0, 1)), [1, 1, 2, 2], [0, 0, 1, 2, 2, 3, 2, 2, 3] },
        { "constant pad", () => torch.nn.ConstantPad1d((1, -1), 7), [1, 1, 3], [7, 0, 1] },
        { "zero pad", () => torch.nn.ZeroPad2d(1), [1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Values_are_those_of_PyTorch(string name, Func<torch.nn.Module<Tensor, Tensor>> create, long[] shape, double[] expected)
    {
        Assert.NotEmpty(name);
        using DisposeScope scope = NewDisposeScope();
        using torch.nn.Module<Tensor, Tensor> layer = create();
        using (no_grad())
        {
            foreach (TorchSharp.Modules.Parameter parameter in layer.parameters())
            {
                parameter.copy_(Counting(parameter.shape));
            }
        }

        Tensor output = layer.call(Counting(shape));

        AssertClose(expected, output.flatten(), 1e-12);
    }

    [Fact]
    public void An_embedding_gives_rows_of_its_weight_and_no_gradient_to_the_padding_row()
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.Embedding embedding = torch.nn.Embedding(3, 2, padding_idx: 1, dtype: float64);
        Tensor numbers = tensor(new long[] { 2, 1, 2 });

        Tensor rows = embedding.call(numbers);
        rows.sum().backward();

        AssertClose(Entries.Of(embedding.weight.index_select(0, numbers).flatten()), rows.flatten(), 0);
        AssertClose([0, 0], embedding.weight[1], 0);
        AssertClose([0, 0, 0, 0, 2, 2], embedding.weight.grad.flatten(), 0);
    }

    [Fact]
    public void An_embedding_with_a_largest_norm_scales_the_rows_it_uses_down_to_it()
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.Embedding embedding = torch.nn.Embedding(2, 2, max_norm: 1.0, dtype: float64);
        using (no_grad())
        {
            embedding.weight.fill_(3);
        }

        AssertClose([Math.Sqrt(0.5), Math.Sqrt(0.5)], embedding.call(tensor(new long[] { 0 })).flatten(), 1e-6);
        AssertClose([3, 3], embedding.weight[1], 0);
    }

    [Fact]
    public void A_transposed_convolution_reaches_an_asked_size_within_one_stride()
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.ConvTranspose1d layer = torch.nn.ConvTranspose1d(1, 1, 3, stride: 2, dtype: float64);
        Tensor input = Counting(1, 1, 4);

        Assert.Equal([1L, 1, 10], layer.forward(input, [10]).shape);
        Assert.Equal(layer.forward(input).shape, layer.forward(input, [9]).shape);
        Assert.Throws<ArgumentException>(() => layer.forward(input, [11]));
    }

    [Fact]
    public void Upsample_needs_a_factor_for_each_spatial_dimension()
    {
        using DisposeScope scope = NewDisposeScope();
        using TorchSharp.Modules.Upsample layer = torch.nn.Upsample(scale_factor: [2.0]);

        Assert.Throws<ArgumentException>(() => layer.call(Counting(1, 1, 2, 2)));
    }

    [Fact]
    public void Dropout_of_channels_zeroes_whole_channels_in_training_only()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        using TorchSharp.Modules.Dropout2d layer = torch.nn.Dropout2d(0.5);
        Tensor input = ones(4, 8, 3, 3);

        double[] sums = Entries.Of(layer.call(input).sum([2, 3]).flatten().to_type(float64));
        layer.eval();

        Assert.All(sums, sum => Assert.Contains(sum, new double[] { 0, 18 }));
        Assert.Contains(0, sums);
        Assert.Contains(18, sums);
        AssertClose(Entries.Of(input.flatten().to_type(float64)), layer.call(input).flatten(), 0);
    }
}
