using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class LayerGradientTests
{
    /// <summary>Every layer with a derivative, and the shape of an input for it.</summary>
    public static TheoryData<string, Func<torch.nn.Module<Tensor, Tensor>>, long[]> Layers => new()
    {
        { "linear", () => torch.nn.Linear(4, 3, dtype: float64), [2, 4] },
        { "linear without bias", () => torch.nn.Linear(4, 3, hasBias: false, dtype: float64), [2, 3, 4] },
        { "conv1d", () => torch.nn.Conv1d(2, 3, 3, stride: 2, padding: 1, dtype: float64), [2, 2, 6] },
        { "conv2d", () => torch.nn.Conv2d(2, 3, (2, 3), stride: (2, 1), padding: (1, 0), dilation: (1, 2), dtype: float64), [2, 2, 4, 6] },
        { "grouped conv2d", () => torch.nn.Conv2d(4, 4, 2, groups: 2, bias: false, dtype: float64), [1, 4, 3, 3] },
        { "same conv2d of even width", () => torch.nn.Conv2d(1, 2, 2, Padding.Same, dtype: float64), [1, 1, 3, 3] },
        { "reflected conv2d", () => torch.nn.Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Reflect, dtype: float64), [1, 1, 4, 4] },
        { "batch norm 1d", () => torch.nn.BatchNorm1d(3, dtype: float64), [5, 3] },
        { "batch norm 2d", () => torch.nn.BatchNorm2d(2, dtype: float64), [3, 2, 2, 2] },
        { "layer norm", () => torch.nn.LayerNorm(4, dtype: float64), [3, 4] },
        { "relu", () => torch.nn.ReLU(), [3, 4] },
        { "leaky relu", () => torch.nn.LeakyReLU(0.2), [3, 4] },
        { "sigmoid", () => torch.nn.Sigmoid(), [3, 4] },
        { "tanh", () => torch.nn.Tanh(), [3, 4] },
        { "gelu", () => torch.nn.GELU(), [3, 4] },
        { "silu", () => torch.nn.SiLU(), [3, 4] },
        { "mish", () => torch.nn.Mish(), [3, 4] },
        { "elu", () => torch.nn.ELU(0.7), [3, 4] },
        { "prelu", () => torch.nn.PReLU(4, dtype: float64), [3, 4] },
        { "softsign", () => torch.nn.Softsign(), [3, 4] },
        { "conv3d", () => torch.nn.Conv3d(1, 2, 2, padding: 1, dtype: float64), [1, 1, 2, 2, 2] },
        { "transposed conv2d", () => torch.nn.ConvTranspose2d(2, 2, 2, stride: 2, padding: 1, groups: 2, dtype: float64), [1, 2, 3, 3] },
        { "group norm", () => torch.nn.GroupNorm(2, 4, dtype: float64), [2, 4, 3] },
        { "instance norm", () => torch.nn.InstanceNorm2d(2, affine: true, dtype: float64), [2, 2, 2, 2] },
        { "upsample", () => torch.nn.Upsample(scale_factor: [2.0, 2.0], mode: UpsampleMode.Bilinear), [1, 2, 3, 3] },
        { "softmax", () => torch.nn.Softmax(1), [3, 4] },
        { "log softmax", () => torch.nn.LogSoftmax(1), [3, 4] },
        { "max pool", () => torch.nn.MaxPool2d(2), [1, 2, 4, 4] },
        { "avg pool", () => torch.nn.AvgPool2d(2, padding: 1), [1, 2, 4, 4] },
        { "adaptive avg pool", () => torch.nn.AdaptiveAvgPool2d((2, 1)), [1, 2, 3, 3] },
        { "flatten", () => torch.nn.Flatten(), [2, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_of_parameters_and_input_are_the_slopes_of_the_loss(string name, Func<torch.nn.Module<Tensor, Tensor>> create, long[] inputShape)
    {
        Assert.NotEmpty(name);
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        using torch.nn.Module<Tensor, Tensor> layer = create();
        Tensor input = randn(inputShape, dtype: float64).requires_grad_();
        Tensor weights = randn_like(layer.forward(input)).detach(); // so that no symmetry hides an error

        FiniteDifferences.AssertGradients(() => (layer.forward(input) * weights).sum(), [input, .. layer.parameters()]);
    }

    [Fact]
    public void Gradient_of_cross_entropy_is_the_slope_of_the_loss()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(4);
        Tensor scores = randn([3, 4], dtype: float64).requires_grad_();
        Tensor target = tensor(new long[] { 0, 3, 1 });

        FiniteDifferences.AssertGradients(() => torch.nn.functional.cross_entropy(scores, target, label_smoothing: 0.2), scores);
        FiniteDifferences.AssertGradients(() => torch.nn.functional.mse_loss(scores, Counting(3, 4)), scores);
    }
}
