using Onnx;
using SparseHybrid.Deploy.Optimize.Folding;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.SparseForm;
using SparseHybrid.Deploy.SparseForm.Measure;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>A model in the form that was asked for, and what that came to.</summary>
/// <param name="Model">A new model; its tensors may share the bytes of the given one.</param>
/// <param name="Layers">The layers that were understood, in the order of the graph.</param>
internal sealed record FormedModel(ModelProto Model, IReadOnlyList<LayerReport> Layers)
{
    /// <summary>How each tensor is stored, where there was a choice.</summary>
    public IReadOnlyList<TensorChoice> Tensors { get; init; } = [];

    /// <summary>How long the whole network takes in its forms; null when nothing was measured.</summary>
    public NetworkTimes? Times { get; init; }
}

/// <summary>The one place that turns a model into a form.</summary>
public static class ModelForms
{
    /// <summary>Every form.</summary>
    public static IReadOnlyList<ModelForm> All { get; } = Enum.GetValues<ModelForm>();

    /// <summary>Whether a model in that form may have layers on sparse kernels.</summary>
    public static bool MayHaveKernels(ModelForm form) => form is ModelForm.SparseKernels or ModelForm.Auto;

    /// <summary>The name of a form, as the command line and certificates have it.</summary>
    public static string NameOf(ModelForm form) => form switch
    {
        ModelForm.Dense => "dense",
        ModelForm.SparseWeights => "sparse-weights",
        ModelForm.Shrunk => "shrunk",
        ModelForm.SparseKernels => "sparse-kernels",
        ModelForm.Auto => "auto",
        _ => throw Unknown(form),
    };

    /// <summary>Applies a form.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="options">Valid ones.</param>
    /// <param name="samples">What the model is timed on, where the form asks for that.</param>
    /// <param name="progress">Told what is being measured.</param>
    /// <param name="cancellationToken">Stops between two measurements.</param>
    internal static FormedModel Apply(
        ModelProto model, VerifiedModelOptions options, SampleSource samples, IProgress<string>? progress, CancellationToken cancellationToken) =>
        options.Form switch
        {
            ModelForm.Dense or ModelForm.SparseWeights => new FormedModel(model, [.. ModelShrinker.Layers(model).Select(LayerReport.Of)]),
            ModelForm.Shrunk => Shrunk(ModelShrinker.Shrink(model, new ShrinkOptions { RoundTo = options.RoundTo })),
            ModelForm.SparseKernels => ByThresholds(ShrunkWidths.Of(BatchNormFolding.Fold(model), options.RoundTo), options),
            ModelForm.Auto => Auto(model, options, samples, progress, cancellationToken),
            _ => throw Unknown(options.Form),
        };

    /// <summary>The model as it goes into its file: of sparse-weights, tensors as their non-zeros where that is smaller.</summary>
    /// <remarks>It comes last, since what else is done to a model reads its tensors.</remarks>
    internal static FormedModel Store(FormedModel formed, ModelForm form)
    {
        if (form != ModelForm.SparseWeights)
        {
            return formed;
        }

        var (sparse, tensors) = SparseWeights.Apply(formed.Model);
        var chosen = tensors.Where(tensor => tensor.IsSparse).Select(tensor => tensor.Name).ToHashSet();
        var layers = formed.Layers.Select(layer => chosen.Contains(layer.Size.WeightName) ? layer with { Choice = ModelForm.SparseWeights } : layer);
        return formed with { Model = sparse, Layers = [.. layers], Tensors = tensors };
    }

    private static ArgumentOutOfRangeException Unknown(ModelForm form) => new(nameof(form), form, "There is no such form.");

    private static FormedModel Shrunk(ShrinkResult shrunk) => new(shrunk.Model, [.. shrunk.Layers.Select(LayerReport.Of)]);

    private static FormedModel ByThresholds(ShrunkWidths widths, VerifiedModelOptions options) =>
        SparseChoice.ByThresholds(widths.Shrunk).Apply(options.Precision);

    private static FormedModel Auto(
        ModelProto model, VerifiedModelOptions options, SampleSource samples, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var folded = BatchNormFolding.Fold(model);
        if (!options.MayMeasure)
        {
            return ByThresholds(ShrunkWidths.Of(folded, options.RoundTo), options);
        }

        var widths = options.RoundTo == 1 ? ShrunkWidths.Tried(folded) : [ShrunkWidths.Of(folded, options.RoundTo)];
        var inputs = NetworkInputs.Take(model, samples, options.Batches[0]);
        var choice = new AutoChoice(model, widths, inputs, options.Threads, options.Precision, what => progress?.Report(what));
        return choice.TryChoose(cancellationToken) ?? ByThresholds(widths[0], options);
    }
}
