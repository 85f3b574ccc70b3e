using SparseHybrid.Deploy.Optimize;

namespace SparseHybrid.Cli.Commands;

/// <summary>Names of models that nobody chose.</summary>
internal static class ModelNames
{
    /// <summary>The file that an export writes into a run folder.</summary>
    public static string In(string run, ModelForm form) => Path.Combine(run, $"{ModelForms.NameOf(form)}.onnx");

    /// <summary>The file that optimising writes beside the original: model.onnx becomes model.shrunk.onnx.</summary>
    public static string Beside(string model, ModelForm form) =>
        Path.Combine(Path.GetDirectoryName(model) ?? "", $"{Path.GetFileNameWithoutExtension(model)}.{ModelForms.NameOf(form)}.onnx");
}
