using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;

namespace SparseHybrid.Cli.Commands;

/// <summary>Names of models that nobody chose.</summary>
internal static class ModelNames
{
    /// <summary>The file that an export writes into a run folder.</summary>
    public static string In(string run, ModelForm form, Precision precision = Precision.Float32) => Path.Combine(run, $"{NameOf(form, precision)}.onnx");

    /// <summary>The file that optimising writes beside the original: model.onnx becomes model.shrunk.onnx, or model.shrunk.int8.onnx.</summary>
    public static string Beside(string model, ModelForm form, Precision precision) =>
        Path.Combine(Path.GetDirectoryName(model) ?? "", $"{Path.GetFileNameWithoutExtension(model)}.{NameOf(form, precision)}.onnx");

    private static string NameOf(ModelForm form, Precision precision) =>
        precision == Precision.Float32 ? ModelForms.NameOf(form) : $"{ModelForms.NameOf(form)}.{ModelPrecision.NameOf(precision)}";
}
