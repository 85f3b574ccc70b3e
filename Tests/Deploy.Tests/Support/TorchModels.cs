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
        new("conv1d", [3, 12], () => nn.Conv1d(3, 4, 5, stride: 2, padding: 1)),
        new("batch norm 1d", [6], () => nn.BatchNorm1d(6)),
        new("batch norm 1d over a sequence", [6, 5], () => nn.BatchNorm1d(6, eps: 1e-3)),
        new("batch norm 2d", [3, 4, 5], () => nn.BatchNorm2d(3)),
        new("batch norm 2d without affine", [3, 4, 5], () => nn.BatchNorm2d(3, affine: false)),
        new("relu", [3, 4], () => nn.ReLU()),
        new("sigmoid", [3, 4], () => nn.Sigmoid()),
        new("tanh", [3, 4], () => nn.Tanh()),
        new("max pool", [2, 7, 9], () => nn.MaxPool2d(2)),
        new("max pool with settings", [2, 9, 11], () => nn.MaxPool2d((3, 2), stride: (2, 1), padding: (1, 1), dilation: (2, 1))),
        new("max pool rounding up", [2, 7, 8], () => nn.MaxPool2d(3, stride: 2, ceil_mode: true)),
        new("average pool", [2, 6, 9], () => nn.AvgPool2d(3)),
        new("average pool counting padding", [2, 7, 7], () => nn.AvgPool2d(3, stride: 2, padding: 1)),
        new("average pool not counting padding", [2, 7, 7], () => nn.AvgPool2d(3, stride: 2, padding: 1, count_include_pad: false)),
        new("global average pool", [4, 5, 7], () => nn.AdaptiveAvgPool2d(1)),
        new("adaptive average pool", [4, 6, 9], () => nn.AdaptiveAvgPool2d((2, 3))),
        new("flatten", [2, 3, 4], () => nn.Flatten()),
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

    private static nn.Module<Tensor, Tensor> Nested() => nn.Sequential(
        ("features", nn.Sequential(
            ("conv", nn.Conv2d(1, 6, 3, padding: 1)), ("norm", nn.BatchNorm2d(6)), ("relu", nn.ReLU()), ("pool", nn.MaxPool2d(2)),
            ("block", nn.Sequential(nn.Conv2d(6, 8, 3), nn.ReLU())))),
        ("pool", nn.AdaptiveAvgPool2d(1)),
        ("flatten", nn.Flatten()),
        ("head", nn.Sequential(
            ("fc1", nn.Linear(8, 10)), ("drop", nn.Dropout(0.3)), ("act", nn.Tanh()), ("same", nn.Identity()), ("fc2", nn.Linear(10, 4)))));
}
