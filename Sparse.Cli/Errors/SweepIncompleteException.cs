using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Errors;

/// <summary>A sweep came to its end, and some of its runs failed.</summary>
internal sealed class SweepIncompleteException(SweepReport report, string folder)
    : SparseHybridException(
        what: $"{report.Failed.Count} of {report.Planned} runs failed: {string.Join(", ", report.Failed.Select(failure => failure.Run))}.",
        why: $"The first: {report.Failed[0].Error}",
        fix: $"Mend what is wrong, then try them again: ./sparse sweep --resume {folder}");
