using SparseHybrid.Deploy.Graph;
using SparseHybrid.Models.Graphs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Export.Converters;

/// <summary>The table of modules that have an ONNX form. Exporting another type is one more line in it.</summary>
internal static class ModuleConverters
{
    // Looked up by exact type: a class derived from one of these may compute something else.
    private static readonly Dictionary<Type, Func<ModuleSite, GraphValue, GraphValue>> Converters = new()
    {
        [typeof(Sequential)] = ConvertChildren,
        [typeof(Identity)] = Unchanged,
        [typeof(Linear)] = For<Linear>(LinearConverter.Convert),
        [typeof(Embedding)] = For<Embedding>(EmbeddingConverter.Convert),
        [typeof(Conv1d)] = For<Conv1d>(ConvolutionConverter.Convert),
        [typeof(Conv2d)] = For<Conv2d>(ConvolutionConverter.Convert),
        [typeof(Conv3d)] = For<Conv3d>(ConvolutionConverter.Convert),
        [typeof(ConvTranspose1d)] = For<ConvTranspose1d>(ConvolutionConverter.ConvertTransposed),
        [typeof(ConvTranspose2d)] = For<ConvTranspose2d>(ConvolutionConverter.ConvertTransposed),

        [typeof(BatchNorm1d)] = For<BatchNorm1d>(BatchNormConverter.ForSamplesOf(1, 2)),
        [typeof(BatchNorm2d)] = For<BatchNorm2d>(BatchNormConverter.ForSamplesOf(3)),
        [typeof(BatchNorm3d)] = For<BatchNorm3d>(BatchNormConverter.ForSamplesOf(4)),
        [typeof(LayerNorm)] = For<LayerNorm>(NormalizationConverter.Layer),
        [typeof(GroupNorm)] = For<GroupNorm>(NormalizationConverter.Group),
        [typeof(InstanceNorm1d)] = For<InstanceNorm1d>((module, site, input) => NormalizationConverter.Instance(module, site, input, 1)),
        [typeof(InstanceNorm2d)] = For<InstanceNorm2d>((module, site, input) => NormalizationConverter.Instance(module, site, input, 2)),

        [typeof(ReLU)] = Elementwise("Relu"),
        [typeof(ReLU6)] = (site, input) => ActivationConverter.Clip(site, input, 0, 6),
        [typeof(LeakyReLU)] = For<LeakyReLU>((module, site, input) => site.Elementwise("LeakyRelu", input, Alpha(module.negative_slope))),
        [typeof(PReLU)] = For<PReLU>(ActivationConverter.Prelu),
        [typeof(ELU)] = For<ELU>((module, site, input) => site.Elementwise("Elu", input, Alpha(module.alpha))),
        [typeof(CELU)] = For<CELU>((module, site, input) => site.Elementwise("Celu", input, Alpha(module.alpha))),
        [typeof(SELU)] = Elementwise("Selu"),
        [typeof(GELU)] = For<GELU>(ActivationConverter.Gelu),
        [typeof(SiLU)] = ActivationConverter.Silu,
        [typeof(Mish)] = ActivationConverter.Mish,
        [typeof(Hardswish)] = ActivationConverter.Hardswish,
        [typeof(Hardsigmoid)] = ActivationConverter.Hardsigmoid,
        [typeof(Hardtanh)] = For<Hardtanh>((module, site, input) => ActivationConverter.Clip(site, input, module.min_val, module.max_val)),
        [typeof(Softplus)] = For<Softplus>(ActivationConverter.Softplus),
        [typeof(Softsign)] = Elementwise("Softsign"),
        [typeof(Sigmoid)] = Elementwise("Sigmoid"),
        [typeof(Tanh)] = Elementwise("Tanh"),
        [typeof(Softmax)] = For<Softmax>((module, site, input) => ActivationConverter.Softmax("Softmax", site, input, module.dim)),
        [typeof(LogSoftmax)] = For<LogSoftmax>((module, site, input) => ActivationConverter.Softmax("LogSoftmax", site, input, module.dim)),

        [typeof(MaxPool1d)] = For<MaxPool1d>((module, site, input) => PoolingConverter.Max(site, input, Window.Of(
            1, [module.kernel_size], Window.OfOne(module.stride), Window.OfOne(module.padding), Window.OfOne(module.dilation), module.ceil_mode))),
        [typeof(MaxPool2d)] = For<MaxPool2d>((module, site, input) => PoolingConverter.Max(
            site, input, Window.Of(2, module.kernel_size, module.stride, module.padding, module.dilation, module.ceil_mode))),
        [typeof(AvgPool1d)] = For<AvgPool1d>((module, site, input) => PoolingConverter.Average(
            site, input, Window.Of(1, [module.kernel_size], Window.OfOne(module.stride), Window.OfOne(module.padding), null, module.ceil_mode),
            module.count_include_pad)),
        [typeof(AvgPool2d)] = For<AvgPool2d>((module, site, input) => PoolingConverter.Average(
            site, input, Window.Of(2, module.kernel_size, module.stride, module.padding, null, module.ceil_mode), module.count_include_pad,
            module.divisor_override)),
        [typeof(AdaptiveAvgPool1d)] = For<AdaptiveAvgPool1d>(
            (module, site, input) => PoolingConverter.Adaptive("Average", site, input, 1, module.output_size)),
        [typeof(AdaptiveAvgPool2d)] = For<AdaptiveAvgPool2d>(
            (module, site, input) => PoolingConverter.Adaptive("Average", site, input, 2, module.output_size)),
        [typeof(AdaptiveMaxPool2d)] = For<AdaptiveMaxPool2d>(
            (module, site, input) => PoolingConverter.Adaptive("Max", site, input, 2, module.output_size)),

        [typeof(ZeroPad2d)] = For<ZeroPad2d>(PaddingConverter.In(PaddingModes.Constant)),
        [typeof(ConstantPad1d)] = For<ConstantPad1d>(PaddingConverter.In(PaddingModes.Constant)),
        [typeof(ConstantPad2d)] = For<ConstantPad2d>(PaddingConverter.In(PaddingModes.Constant)),
        [typeof(ReflectionPad1d)] = For<ReflectionPad1d>(PaddingConverter.In(PaddingModes.Reflect)),
        [typeof(ReflectionPad2d)] = For<ReflectionPad2d>(PaddingConverter.In(PaddingModes.Reflect)),
        [typeof(ReplicationPad1d)] = For<ReplicationPad1d>(PaddingConverter.In(PaddingModes.Replicate)),
        [typeof(ReplicationPad2d)] = For<ReplicationPad2d>(PaddingConverter.In(PaddingModes.Replicate)),
        [typeof(Upsample)] = For<Upsample>(UpsampleConverter.Convert),
        [typeof(Flatten)] = For<Flatten>(ShapeConverter.Flatten),
        [typeof(Unflatten)] = For<Unflatten>(ShapeConverter.Unflatten),

        [typeof(Dropout)] = Unchanged, // the identity in evaluation mode, as its relatives
        [typeof(Dropout1d)] = Unchanged,
        [typeof(Dropout2d)] = Unchanged,
        [typeof(AlphaDropout)] = Unchanged,
    };

    /// <summary>Appends what a module computes.</summary>
    /// <param name="site">The module and its place.</param>
    /// <param name="input">What it takes.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="ExportException">Neither does the table know the module's type, nor does the module describe itself.</exception>
    public static GraphValue Convert(ModuleSite site, GraphValue input)
    {
        if (Converters.TryGetValue(site.Module.GetType(), out var convert))
        {
            return convert(site, input);
        }

        return site.Module is IForwardGraph described ? described.Describe(new DescriptionWriter(site), input)
            : throw site.Refusal(
                "it has no ONNX form here.",
                $"Let the class say what it computes by implementing {nameof(IForwardGraph)}, or build the model from "
                    + $"{string.Join(", ", Converters.Keys.Select(type => type.Name))}.");
    }

    private static Func<ModuleSite, GraphValue, GraphValue> For<T>(Func<T, ModuleSite, GraphValue, GraphValue> convert)
        where T : nn.Module => (site, input) => convert((T)site.Module, site, input);

    private static Func<ModuleSite, GraphValue, GraphValue> Elementwise(string operation) => (site, input) => site.Elementwise(operation, input);

    private static Onnx.AttributeProto Alpha(double value) => Protos.Attribute("alpha", (float)value);

    private static GraphValue Unchanged(ModuleSite site, GraphValue input) => input;

    private static GraphValue ConvertChildren(ModuleSite site, GraphValue input) =>
        site.Module.named_children().Aggregate(input, (value, child) => Convert(site.Child(child.Item1, child.Item2), value));
}
