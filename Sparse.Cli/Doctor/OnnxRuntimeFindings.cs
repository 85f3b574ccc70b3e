using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Cli.Errors;

namespace SparseHybrid.Cli.Doctor;

/// <summary>ONNX Runtime and its execution providers.</summary>
internal static class OnnxRuntimeFindings
{
    public static Finding OnnxRuntime()
    {
        try
        {
            var environment = OrtEnv.Instance();
            var (version, providers) = (environment.GetVersionString(), environment.GetAvailableProviders());
            var names = providers.Select(name => name.Replace("ExecutionProvider", ""));
            return new Finding("onnxRuntime", "ONNX Runtime", true, $"{version}, providers: {string.Join(", ", names)}", null, new { version, providers });
        }
        catch (Exception error)
        {
            var why = ErrorReport.FirstLine(ErrorReport.Unwrap(error).Message);
            return new Finding(
                "onnxRuntime", "ONNX Runtime", false, why, "Remove the folder node_modules and run ./sparse again, which fetches it.", new { error = why });
        }
    }
}
