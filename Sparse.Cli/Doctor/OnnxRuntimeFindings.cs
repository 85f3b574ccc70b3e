using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Cli.Errors;

namespace SparseHybrid.Cli.Doctor;

/// <summary>ONNX Runtime and its execution providers.</summary>
internal static class OnnxRuntimeFindings
{
    private const string Key = "onnxRuntime";
    private const string Name = "ONNX Runtime";

    public static Finding OnnxRuntime()
    {
        try
        {
            var environment = OrtEnv.Instance();
            var (version, providers) = (environment.GetVersionString(), environment.GetAvailableProviders());
            var names = providers.Select(name => name.Replace("ExecutionProvider", ""));
            var description = $"{version}, providers: {string.Join(", ", names)}";
            return new Finding(Key, Name, true, description, null, new { version, providers });
        }
        catch (Exception error)
        {
            var why = ErrorReport.FirstLine(ErrorReport.Unwrap(error).Message);
            const string advice = "Remove the folder node_modules and run ./sparse again, which fetches it.";
            return new Finding(Key, Name, false, why, advice, new { error = why });
        }
    }
}
