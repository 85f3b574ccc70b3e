using SparseHybrid.Deploy.Export;
using SparseHybrid.Models.Graphs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public class RefusalTests
{
    private sealed class Doubling() : nn.Module<Tensor, Tensor>(nameof(Doubling))
    {
        public override Tensor forward(Tensor input) => input * 2;
    }

    private sealed class TwoPaths : nn.Module<Tensor, Tensor>
    {
        private readonly Linear inner = nn.Linear(2, 2);

        public TwoPaths()
            : base(nameof(TwoPaths)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input + inner.call(input);
    }

    public static TheoryData<string, nn.Module<Tensor, Tensor>, long[]> Refused => new()
    {
        { "padding mode is Circular", nn.Conv2d(1, 1, 3, padding: 1, padding_mode: PaddingModes.Circular), [1, 5, 5] },
        { "it expects 3 channels", nn.Conv2d(3, 1, 3), [1, 5, 5] },
        { "size of its kernel", nn.Conv2d(1, 1, 6), [1, 5, 5] },
        { "it expects samples of 4 features", nn.Linear(4, 2), [5] },
        { "samples of shape [4, 2]", nn.Linear(4, 2), [4, 2] },
        { "no running statistics", nn.BatchNorm2d(2, track_running_stats: false), [2, 3, 3] },
        { "it expects 2 channels", nn.BatchNorm1d(2), [3] },
        { "ceil_mode", nn.AvgPool2d(2, ceil_mode: true), [1, 5, 5] },
        { "does not divide", nn.AdaptiveAvgPool2d(3), [1, 5, 5] },
        { "size of its window", nn.MaxPool2d(6), [1, 5, 5] },
        { "samples of 3 dimensions", nn.MaxPool2d(2), [5, 5] },
        { "it flattens dimensions 0 to -1", nn.Flatten(0), [5] },
        { "it works along dimension 0", nn.Softmax(0), [5] },
        { "it works along dimension 3", nn.LogSoftmax(3), [5, 2] },
        { "last sizes are [3]", nn.LayerNorm(3), [5, 2] },
        { "divisor_override", nn.AvgPool2d(2, divisor_override: 3), [1, 4, 4] },
        { "it expects 3 channels in 2 spatial dimensions", nn.ConvTranspose2d(3, 1, 3), [1, 5, 5] },
        { "larger than its padding takes away", nn.ConvTranspose2d(1, 1, 1, padding: 1), [1, 1, 1] },
        { "channels in 3 groups", nn.GroupNorm(3, 6), [4, 5] },
        { "it expects 2 channels in samples of 3 dimensions", nn.InstanceNorm2d(2), [3, 5, 5] },
        { "its threshold is 5", nn.Softplus(1, 5), [2] },
        { "it expects 3 channels", nn.PReLU(3), [2] },
        { "larger than what is cut off", nn.ConstantPad1d(-3, 0), [1, 5] },
        { "whole sizes", nn.Upsample(scale_factor: [1.5]), [1, 5] },
        { "no whole multiples", nn.Upsample([7]), [1, 5] },
        { "channels in 1 spatial dimensions", nn.Upsample(scale_factor: [2.0]), [1, 4, 4] },
        { "it takes whole numbers", nn.Embedding(3, 2), [5] },
        { "as many entries as [2, 2]", nn.Unflatten(1, [2, 2]), [5] },
        { "Float64", nn.Linear(2, 2, dtype: float64), [2] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_has_no_proven_form_is_refused_by_name_path_and_reason(string reason, nn.Module<Tensor, Tensor> module, long[] inputShape)
    {
        using var model = nn.Sequential(("outer", nn.Sequential(("inner", module))));
        var error = Assert.Throws<ExportException>(() => OnnxExporter.Export(model, inputShape));
        Assert.Equal("outer.inner", error.ModulePath);
        Assert.Contains("outer.inner", error.What, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_of_other_types_are_refused_with_those_that_are_known()
    {
        using var model = nn.Sequential(("features", nn.Sequential(nn.ReLU(), new Doubling())));
        var error = Assert.Throws<ExportException>(() => OnnxExporter.Export(model, [2]));
        Assert.Equal("features.1", error.ModulePath);
        Assert.Contains("'features.1', a Doubling", error.What, StringComparison.Ordinal);
        Assert.Contains("Conv2d", error.Fix, StringComparison.Ordinal);
        Assert.Contains(nameof(IForwardGraph), error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_only_contains_known_ones_is_not_taken_for_a_sequence()
    {
        using var model = new TwoPaths();
        var error = Assert.Throws<ExportException>(() => OnnxExporter.Export(model, [2]));
        Assert.Equal("", error.ModulePath);
        Assert.Contains("the model, a TwoPaths", error.What, StringComparison.Ordinal);
    }
}
