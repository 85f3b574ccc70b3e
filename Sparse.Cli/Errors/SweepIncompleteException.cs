using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Errors;

/// <summary>A series of runs came to its end, and some of them failed.</summary>
internal sealed class SweepIncompleteException(IReadOnlyList<SweepFailure> failed, int planned, string command)
    : SparseHybridException(
        what: $"{failed.Count} of {planned} runs failed: {string.Join(", ", failed.Select(failure => failure.Run))}.",
        why: $"The first: {failed[0].Error}",
        fix: $"Mend what is wrong, then try them again: {command}");
