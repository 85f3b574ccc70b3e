using Microsoft.ML.OnnxRuntime;

namespace SparseHybrid.Deploy.Session.Cuda;

/// <summary>
/// ONNX Runtime's CUDA provider, in either form that it comes in: built into ONNX Runtime (the official GPU package), or a
/// plug-in library for any ONNX Runtime of 1.22 or newer. What is found when the program runs decides.
/// </summary>
public static class CudaProvider
{
    /// <summary>The variable of the environment that names the plug-in library, or the folder that holds it.</summary>
    public const string Variable = "ONNXRUNTIME_CUDA";

    private const string Name = "CUDAExecutionProvider";
    private const string FileName = "libonnxruntime_providers_cuda.so";
    private const string Registration = "sparse-hybrid-cuda";
    private const string NpmPackage = "com.github.asus4.onnxruntime.linux-x64-gpu";
    private const string HowToHave =
        $"Fetch the plug-in ('npm install --no-save --ignore-scripts {NpmPackage}@0.4.9' in the folder of SparseHybrid), name yours in {Variable}, "
        + "or build with -p:OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu; 'cpu' needs none of them.";

    private static readonly Lock Gate = new();
    private static bool isRegistered;

    /// <summary>Looks for the provider and tries to load it; does not run anything on the GPU.</summary>
    /// <exception cref="ProviderException">ONNX Runtime itself cannot be loaded.</exception>
    public static CudaProviderState Find() => Find(Environment.GetEnvironmentVariable(Variable));

    /// <summary>As <see cref="Find()"/>, with the value of <see cref="Variable"/>.</summary>
    internal static CudaProviderState Find(string? named)
    {
        OnnxRuntimeLibrary.Check();
        var places = Places(named).ToList();
        var state = new CudaProviderState
        {
            IsBuiltIn = OrtEnv.Instance().GetAvailableProviders().Contains(Name),
            LookedFor = places,
            Library = places.Find(File.Exists),
        };
        if (state is { IsBuiltIn: false, Library: null })
        {
            return state with { Problem = $"This ONNX Runtime comes without it, and there is no {FileName}{Named(named)}.", Advice = HowToHave };
        }

        var message = Load(state);
        return message is null ? CheckMachine(state) : Explain(state, message);
    }

    /// <summary>Makes a session compute on the first GPU.</summary>
    /// <exception cref="ProviderException">The provider is not here or does not start; the message says what it lacks.</exception>
    internal static void AppendTo(SessionOptions options)
    {
        var state = Find();
        if (!state.IsUsable && state.MissingLibraries is not [CudaLibraries.Cudnn]) // which may lie where the provider alone looks
        {
            throw Unusable(state.Problem!, state.Advice!, null);
        }

        try
        {
            Append(options, state);
        }
        catch (OnnxRuntimeException error)
        {
            throw Explain(error) ?? Unusable(error.Message, "Run ./sparse doctor: it says what was found of CUDA. 'cpu' needs none of it.", error);
        }
    }

    /// <summary>The error behind a message of ONNX Runtime that is about a missing library of CUDA; null if it is about something else.</summary>
    internal static ProviderException? Explain(OnnxRuntimeException error)
    {
        var missing = CudaLibraries.NamedBy(error.Message);
        if (missing.Count == 0 && error.Message.Contains("cudnn", StringComparison.OrdinalIgnoreCase))
        {
            missing = SharedLibrary.MissingAmong([CudaLibraries.Cudnn]);
        }

        return missing.Count > 0 ? Unusable(Lacks(missing), CudaLibraries.HowToInstall(missing), error) : null;
    }

    /// <summary>Has ONNX Runtime load the provider's library.</summary>
    /// <returns>Its message if it cannot.</returns>
    private static string? Load(CudaProviderState state)
    {
        try
        {
            if (state.IsBuiltIn)
            {
                using var options = new SessionOptions();
                Append(options, state);
            }
            else
            {
                Register(state.Library!);
            }

            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return error.Message;
        }
    }

    private static void Append(SessionOptions options, CudaProviderState state)
    {
        if (state.IsBuiltIn)
        {
            options.AppendExecutionProvider_CUDA(0);
        }
        else
        {
            options.AppendExecutionProvider(OrtEnv.Instance(), [Devices()[0]], null);
        }
    }

    private static CudaProviderState CheckMachine(CudaProviderState state) =>
        !state.IsBuiltIn && Devices().Count == 0
            ? state with
            {
                Problem = "The provider was loaded, but ONNX Runtime sees no NVIDIA GPU in /sys/class/drm or /sys/bus/pci.",
                Advice = "Check that nvidia-smi lists one and, in a container, that it was started with access to it.",
            }
            : Lacking(state, SharedLibrary.MissingAmong([CudaLibraries.Cudnn]));

    // The loader's message names the first missing library only: ask for all that the provider's library wants.
    private static CudaProviderState Explain(CudaProviderState state, string message)
    {
        var needed = state.Library is { } library ? SharedLibrary.NeededBy(library) : [];
        List<string> missing = [.. SharedLibrary.MissingAmong(needed).Union(CudaLibraries.NamedBy(message))];
        return missing.Count > 0
            ? Lacking(state, [.. missing.Union(SharedLibrary.MissingAmong([CudaLibraries.Cudnn]))])
            : state with { Problem = $"{message}.", Advice = $"Check that '{state.Library}' is complete and made for this version of ONNX Runtime." };
    }

    private static CudaProviderState Lacking(CudaProviderState state, IReadOnlyList<string> missing) => missing.Count > 0
        ? state with { MissingLibraries = missing, Problem = Lacks(missing), Advice = CudaLibraries.HowToInstall(missing) }
        : state;

    private static void Register(string library)
    {
        lock (Gate)
        {
            if (!isRegistered)
            {
                OrtEnv.Instance().RegisterExecutionProviderLibrary(Registration, library);
                isRegistered = true;
            }
        }
    }

    private static List<OrtEpDevice> Devices() => [.. OrtEnv.Instance().GetEpDevices().Where(device => device.EpName == Name)];

    private static IEnumerable<string> Places(string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            yield return Directory.Exists(named) ? Path.Combine(named, FileName) : Path.GetFullPath(named);
            yield break; // who names one wants no other
        }

        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var modules = Path.Combine(folder.FullName, "node_modules");
            if (Directory.Exists(modules))
            {
                yield return Path.Combine(modules, NpmPackage, "Plugins", "Linux", "x64", FileName);
            }
        }
    }

    private static string Named(string? named) => string.IsNullOrEmpty(named) ? "" : $" where {Variable} points to, '{named}'";

    private static string Lacks(IReadOnlyList<string> missing) => $"The loader does not find {string.Join(", ", missing)}.";

    private static ProviderException Unusable(string why, string fix, Exception? inner) =>
        new("Cannot run on the execution provider 'cuda'.", why, fix, inner);
}
