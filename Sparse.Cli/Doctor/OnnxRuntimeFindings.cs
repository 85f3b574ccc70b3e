using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Deploy;
using SparseHybrid.Deploy.Session.Cuda;

namespace SparseHybrid.Cli.Doctor;

/// <summary>ONNX Runtime and its execution providers.</summary>
internal static class OnnxRuntimeFindings
{
    private const string Key = "onnxRuntime";
    private const string Name = "ONNX Runtime";
    private const string CudaKey = "onnxRuntimeCuda";
    private const string CudaName = "ONNX Runtime on CUDA";

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
            var advice = Installation.Choose("Remove the folder node_modules and run ./sparse again, which fetches it.", "Install the tool again.");
            return new Finding(Key, Name, false, why, advice, new { error = why });
        }
    }

    /// <summary>The provider of <c>bench --provider cuda</c>: what it lacks is advice only where there is a GPU or the provider itself.</summary>
    public static Finding Cuda(bool hasDriver)
    {
        try
        {
            return Describe(CudaProvider.Find(), hasDriver);
        }
        catch (ProviderException error)
        {
            return new Finding(CudaKey, CudaName, false, error.Why, null, new { problem = error.Why }); // the finding above says what to do
        }
    }

    private static Finding Describe(CudaProviderState state, bool hasDriver)
    {
        var isWanted = hasDriver || state.IsBuiltIn || state.Library is not null;
        var description = (state.IsUsable, state.Library) switch
        {
            (true, _) => $"{state.Library ?? "built in"}: bench --provider cuda",
            (false, null) => $"{state.Problem} Looked in {string.Join(", ", state.LookedFor.Select(Path.GetDirectoryName))}.",
            _ => $"{state.Library}: {state.Problem}",
        };
        return new Finding(
            CudaKey,
            CudaName,
            state.IsUsable,
            description,
            isWanted ? state.Advice : null,
            new { isBuiltIn = state.IsBuiltIn, library = state.Library, lookedFor = state.LookedFor, missing = state.MissingLibraries, problem = state.Problem });
    }
}
