using TorchSharp;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>A module of every exported kind, with the shape of one of its samples.</summary>
internal sealed record TorchModel(string Name, long[] InputShape, Func<nn.Module<Tensor, Tensor>> Create)
{
    public static IReadOnlyList<TorchModel> All { get; } =
    [
        new("linear", [7], () => nn.Linear(7, 5)),
        new("linear without bias", [7], () => nn.Linear(7, 5, hasBias: false)),
        new("conv2d", [3, 9, 8], () => nn.Conv2d(3, 4, 3)),
        new(
            "conv2d with settings", [4, 11, 13],
            () => nn.Conv2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 2), dilation: (1, 2), groups: 2, bias: false)),
        new("conv2d same", [2, 6, 7], () => nn.Conv2d(2, 3, (4, 3), Padding.Same)),
        new("linear over a sequence", [4, 7], () => nn.Linear(7, 5)),
        new("linear over a sequence without bias", [4, 7], () => nn.Linear(7, 5, hasBias: false)),
        new("conv2d reflected", [2, 6, 7], () => nn.Conv2d(2, 3, 3, padding: 2, padding_mode: TorchSharp.PaddingModes.Reflect)),
        new("conv2d replicated", [2, 6, 7], () => nn.Conv2d(2, 3, 3, padding: 1, padding_mode: TorchSharp.PaddingModes.Replicate)),
        new("conv1d", [3, 12], () => nn.Conv1d(3, 4, 5, stride: 2, padding: 1)),
        new("conv3d", [2, 5, 6, 7], () => nn.Conv3d(2, 4, (3, 2, 3), stride: (1, 2, 2), padding: (1, 0, 1), groups: 2)),
        new("conv3d same", [2, 4, 5, 4], () => nn.Conv3d(2, 3, 2, TorchSharp.Padding.Same)),
        new("transposed conv1d", [3, 6], () => nn.ConvTranspose1d(3, 4, 3, stride: 2, padding: 1, output_padding: 1)),
        new("transposed conv2d", [4, 5, 6], () => nn.ConvTranspose2d(4, 6, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2), groups: 2, bias: false)),
        new("transposed conv2d that doubles", [4, 5, 6], () => nn.ConvTranspose2d(4, 2, 4, stride: 2, padding: 1)),
        new("batch norm 3d", [3, 2, 4, 5], () => nn.BatchNorm3d(3)),
        new("group norm", [6, 4, 5], WithScaleAndShift),
        new("group norm over a sequence", [6, 5], () => nn.GroupNorm(2, 6, eps: 1e-3, affine: false)),
        new("instance norm 1d", [4, 7], () => nn.InstanceNorm1d(4)),
        new("instance norm 2d", [4, 5, 6], () => nn.InstanceNorm2d(4, affine: true)),
        new("instance norm 2d with running statistics", [4, 5, 6], () => nn.InstanceNorm2d(4, track_running_stats: true)),
        new("relu6", [3, 4], () => nn.ReLU6()),
        new("prelu", [3, 4], () => nn.PReLU(1)),
        new("prelu per channel", [3, 4, 5], () => nn.PReLU(3, init: 0.1)),
        new("elu", [3, 4], () => nn.ELU(0.7)),
        new("celu", [3, 4], () => nn.CELU(1.3)),
        new("selu", [3, 4], () => nn.SELU()),
        new("mish", [3, 4], () => nn.Mish()),
        new("hardswish", [3, 4], () => nn.Hardswish()),
        new("hardsigmoid", [3, 4], () => nn.Hardsigmoid()),
        // TorchSharp 0.107.0 leaves the numbers as they are, unless in place.
        new("hardtanh", [3, 4], () => nn.Sequential(nn.LeakyReLU(0.5), nn.Hardtanh(-0.5, 2, inplace: true))),
        new("softplus", [3, 4], () => nn.Softplus()),
        new("softplus with beta", [3, 4], () => nn.Softplus(beta: 2.5)),
        new("softsign", [3, 4], () => nn.Softsign()),
        new("max pool 1d", [2, 9], () => nn.MaxPool1d(3, stride: 2, padding: 1)),
        new("max pool 1d with dilation", [2, 9], () => nn.MaxPool1d(2, dilation: 2, ceil_mode: true)),
        new("average pool 1d", [2, 9], () => nn.AvgPool1d(3, padding: 1, count_include_pad: false)),
        new("adaptive average pool 1d", [2, 9], () => nn.AdaptiveAvgPool1d(3)),
        new("global average pool 1d", [2, 9], () => nn.AdaptiveAvgPool1d(1)),
        new("adaptive max pool", [4, 6, 9], () => nn.AdaptiveMaxPool2d([2, 3])),
        new("global max pool", [4, 6, 9], () => nn.AdaptiveMaxPool2d([1, 1])),
        new("zero pad", [2, 4, 5], () => nn.ZeroPad2d((1, 2, 3, 0))),
        new("constant pad", [2, 4, 5], () => nn.ConstantPad2d((1, 2, -1, 0), 1.5)),
        new("constant pad 1d", [2, 5], () => nn.ConstantPad1d(2, -0.5)),
        new("reflection pad", [2, 4, 5], () => nn.ReflectionPad2d((1, 2, 3, 0))),
        new("reflection pad 1d", [2, 5], () => nn.ReflectionPad1d((1, 2))),
        new("replication pad", [2, 4, 5], () => nn.ReplicationPad2d(2)),
        new("replication pad 1d", [2, 5], () => nn.ReplicationPad1d((0, 3))),
        new("upsample", [2, 4, 5], () => nn.Upsample(scale_factor: [2.0, 2.0])),
        new("upsample 1d", [2, 5], () => nn.Upsample(scale_factor: [3.0])),
        new("upsample bilinear", [2, 4, 5], () => nn.Upsample(scale_factor: [2.0, 3.0], mode: UpsampleMode.Bilinear)),
        new("upsample bilinear to corners", [2, 4, 5], () => nn.Upsample([8, 10], mode: UpsampleMode.Bilinear, align_corners: true)),
        new("upsample linear", [2, 5], () => nn.Upsample([10], mode: UpsampleMode.Linear, align_corners: false)),
        new("dropout of channels", [3, 4, 5], () => nn.Sequential(nn.Dropout2d(), nn.AlphaDropout())),
        new("batch norm 1d", [6], () => nn.BatchNorm1d(6)),
        new("batch norm 1d over a sequence", [6, 5], () => nn.BatchNorm1d(6, eps: 1e-3)),
        new("batch norm 2d", [3, 4, 5], () => nn.BatchNorm2d(3)),
        new("batch norm 2d without affine", [3, 4, 5], () => nn.BatchNorm2d(3, affine: false)),
        new("relu", [3, 4], () => nn.ReLU()),
        new("sigmoid", [3, 4], () => nn.Sigmoid()),
        new("tanh", [3, 4], () => nn.Tanh()),
        new("leaky relu", [3, 4], () => nn.LeakyReLU(0.2)),
        new("gelu", [3, 4], () => nn.GELU()),
        new("gelu by tanh", [3, 4], () => nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh)),
        new("silu", [3, 4], () => nn.SiLU()),
        new("softmax", [3, 4], () => nn.Softmax(1)),
        new("softmax from the end", [3, 4], () => nn.Softmax(-1)),
        new("log softmax", [3, 4], () => nn.LogSoftmax(2)),
        new("layer norm", [3, 4], () => nn.LayerNorm(4)),
        new("layer norm over two dimensions", [5, 3, 4], () => nn.LayerNorm([3, 4], eps: 1e-3)),
        new("layer norm without affine", [3, 4], () => nn.LayerNorm(4, elementwise_affine: false)),
        new("layer norm without bias", [3, 4], () => nn.LayerNorm(4, bias: false)),
        new("max pool", [2, 7, 9], () => nn.MaxPool2d(2)),
        new("max pool with settings", [2, 9, 11], () => nn.MaxPool2d((3, 2), stride: (2, 1), padding: (1, 1), dilation: (2, 1))),
        new("max pool rounding up", [2, 7, 8], () => nn.MaxPool2d(3, stride: 2, ceil_mode: true)),
        new("average pool", [2, 6, 9], () => nn.AvgPool2d(3)),
        new("average pool counting padding", [2, 7, 7], () => nn.AvgPool2d(3, stride: 2, padding: 1)),
        new("average pool not counting padding", [2, 7, 7], () => nn.AvgPool2d(3, stride: 2, padding: 1, count_include_pad: false)),
        new("global average pool", [4, 5, 7], () => nn.AdaptiveAvgPool2d(1)),
        new("adaptive average pool", [4, 6, 9], () => nn.AdaptiveAvgPool2d((2, 3))),
        new("flatten", [2, 3, 4], () => nn.Flatten()),
        new("flatten in part", [2, 3, 4, 5], () => nn.Flatten(2, 3)),
        new("unflatten", [12, 5], () => nn.Unflatten(1, [3, -1])),
        new("dropout alone", [5], () => nn.Dropout(0.5)),
        new("empty", [5], () => nn.Sequential()),
        new("nested", [1, 12, 12], Nested),
    ];

    public static TorchModel Named(string name) => All.Single(model => model.Name == name);

    /// <summary>Creates the module with random weights and running statistics that are not the trivial ones.</summary>
    public nn.Module<Tensor, Tensor> CreateTrained(long seed = 1)
    {
        manual_seed(seed);
        var module = Create();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        module.train();
        for (var i = 0; i < 3; i++)
        {
            module.call(randn([8, .. InputShape]) * 2 + 1);
        }

        module.eval();
        return module;
    }

    public Tensor Samples(int count) => randn([count, .. InputShape]);

    // TorchSharp 0.107.0 leaves in both what was in memory before.
    private static nn.Module<Tensor, Tensor> WithScaleAndShift()
    {
        var module = nn.GroupNorm(3, 6);
        using var _ = no_grad();
        nn.init.uniform_(module.weight, 0.5, 1.5);
        nn.init.normal_(module.bias!);
        return module;
    }

    private static nn.Module<Tensor, Tensor> Nested() => nn.Sequential(
        ("features", nn.Sequential(
            ("conv", nn.Conv2d(1, 6, 3, padding: 1)), ("norm", nn.BatchNorm2d(6)), ("relu", nn.ReLU()), ("pool", nn.MaxPool2d(2)),
            ("block", nn.Sequential(nn.Conv2d(6, 8, 3), nn.ReLU())))),
        ("pool", nn.AdaptiveAvgPool2d(1)),
        ("flatten", nn.Flatten()),
        ("head", nn.Sequential(
            ("fc1", nn.Linear(8, 10)), ("drop", nn.Dropout(0.3)), ("act", nn.Tanh()), ("same", nn.Identity()), ("fc2", nn.Linear(10, 4)))));
}
