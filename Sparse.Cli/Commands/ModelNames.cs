using SparseHybrid.Deploy.Export;

namespace SparseHybrid.Cli.Commands;

/// <summary>Names of exported models.</summary>
internal static class ModelNames
{
    /// <summary>The form as the command line spells it.</summary>
    public static string Of(ExportForm form) => form.ToString().ToLowerInvariant();

    /// <summary>The file that an export writes into a run folder.</summary>
    public static string In(string run, ExportForm form) => Path.Combine(run, $"{Of(form)}.onnx");
}
