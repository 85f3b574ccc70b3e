namespace SparseHybrid.Deploy.Session.Cuda;

/// <summary>What there is of ONNX Runtime's CUDA provider on this machine, and what keeps it from running.</summary>
public sealed record CudaProviderState
{
    /// <summary>Whether ONNX Runtime was built with the provider, as the official GPU package is; otherwise it comes as a plug-in library.</summary>
    public required bool IsBuiltIn { get; init; }

    /// <summary>The provider's library; null if none was found.</summary>
    public string? Library { get; init; }

    /// <summary>Where the library was looked for, in this order.</summary>
    public required IReadOnlyList<string> LookedFor { get; init; }

    /// <summary>Libraries that the provider needs and the loader does not find, by name.</summary>
    public IReadOnlyList<string> MissingLibraries { get; init; } = [];

    /// <summary>Why the provider cannot run, a sentence; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>What to do about it, a sentence; null if it can run.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether sessions can use the provider.</summary>
    public bool IsUsable => Problem is null;
}
