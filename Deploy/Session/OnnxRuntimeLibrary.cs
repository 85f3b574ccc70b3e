using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Session;

/// <summary>The native library of ONNX Runtime.</summary>
internal static class OnnxRuntimeLibrary
{
    /// <summary>Loads it.</summary>
    /// <exception cref="ProviderException">It is not here, or is of another version than the binding.</exception>
    public static void Check()
    {
        try
        {
            OrtEnv.Instance();
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new ProviderException(
                "ONNX Runtime cannot be loaded.", error.GetBaseException().Message, "Run ./sparse doctor: it says what is missing.", error);
        }
    }
}
