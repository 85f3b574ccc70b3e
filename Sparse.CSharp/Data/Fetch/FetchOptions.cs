using SparseHybrid.Optimizers;

namespace SparseHybrid.Data.Fetch;

/// <summary>Settings of a <see cref="DatasetFetch"/>. Immutable; vary one with a <c>with</c> expression.</summary>
public sealed record FetchOptions
{
    /// <summary>Address of a folder (http or https) to fetch from instead of the published places, for a mirror; null: the published places.</summary>
    public Uri? Place { get; init; }

    /// <summary>Failures in a row, without a byte received between them, after which a file is given up, at least 1. Default 6.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Wait after the first failure in a row; each further one waits twice as long, up to half a minute. Default 1 second.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Silence after which a connection counts as lost, more than 0. Default 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all.</exception>
    public void Validate() => SettingProblem.ThrowIfAny(
        [
            Place is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
                ? null
                : new SettingProblem(nameof(Place), $"{Place}", "an address that begins with http:// or https://"),
            SettingProblem.Unless(Attempts >= 1, nameof(Attempts), Attempts, "1 or more"),
            SettingProblem.Unless(FirstDelay >= TimeSpan.Zero, nameof(FirstDelay), FirstDelay, "0 or more"),
            SettingProblem.Unless(Patience > TimeSpan.Zero, nameof(Patience), Patience, "more than 0"),
        ],
        "The settings of the download are out of range");
}
