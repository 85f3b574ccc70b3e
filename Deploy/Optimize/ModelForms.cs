using Onnx;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Deploy.Optimize;

/// <summary>A model in the form that was asked for, and what that came to.</summary>
/// <param name="Model">A new model; its tensors may share the bytes of the given one.</param>
/// <param name="Layers">The layers that were understood, in the order of the graph.</param>
internal sealed record FormedModel(ModelProto Model, IReadOnlyList<LayerReport> Layers);

/// <summary>The one place that turns a model into a form.</summary>
public static class ModelForms
{
    /// <summary>The name of a form, as the command line and certificates have it.</summary>
    public static string NameOf(ModelForm form) => form switch
    {
        ModelForm.Dense => "dense",
        ModelForm.Shrunk => "shrunk",
        _ => throw Unknown(form),
    };

    /// <summary>Applies a form.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="form">The form.</param>
    /// <param name="roundTo">What <see cref="ShrinkOptions.RoundTo"/> says; the other forms change no width.</param>
    internal static FormedModel Apply(ModelProto model, ModelForm form, int roundTo) => form switch
    {
        ModelForm.Dense => new FormedModel(model, [.. ModelShrinker.Layers(model).Select(LayerReport.Of)]),
        ModelForm.Shrunk => Shrink(model, roundTo),
        _ => throw Unknown(form),
    };

    private static ArgumentOutOfRangeException Unknown(ModelForm form) => new(nameof(form), form, "There is no such form.");

    private static FormedModel Shrink(ModelProto model, int roundTo)
    {
        var shrunk = ModelShrinker.Shrink(model, new ShrinkOptions { RoundTo = roundTo });
        return new FormedModel(shrunk.Model, [.. shrunk.Layers.Select(LayerReport.Of)]);
    }
}
