using SparseHybrid.Deploy.Export;
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
        { "padding mode is Reflect", nn.Conv2d(1, 1, 3, padding: 1, padding_mode: PaddingModes.Reflect), [1, 5, 5] },
        { "it expects 3 channels", nn.Conv2d(3, 1, 3), [1, 5, 5] },
        { "size of its kernel", nn.Conv2d(1, 1, 6), [1, 5, 5] },
        { "it expects samples of 4 features", nn.Linear(4, 2), [5] },
        { "samples of shape [2, 4]", nn.Linear(4, 2), [2, 4] },
        { "no running statistics", nn.BatchNorm2d(2, track_running_stats: false), [2, 3, 3] },
        { "it expects 2 channels", nn.BatchNorm1d(2), [3] },
        { "divisor_override", nn.AvgPool2d(2, divisor_override: 3), [1, 4, 4] },
        { "ceil_mode", nn.AvgPool2d(2, ceil_mode: true), [1, 5, 5] },
        { "does not divide", nn.AdaptiveAvgPool2d(3), [1, 5, 5] },
        { "size of its window", nn.MaxPool2d(6), [1, 5, 5] },
        { "samples of 3 dimensions", nn.MaxPool2d(2), [5, 5] },
        { "it flattens dimensions 0 to -1", nn.Flatten(0), [5] },
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
