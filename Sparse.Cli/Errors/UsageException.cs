namespace SparseHybrid.Cli.Errors;

/// <summary>Options that are each fine but do not go together, or that cannot be judged while parsing.</summary>
/// <param name="what">What is wrong, with the offending value, a sentence.</param>
/// <param name="fix">What to do, a sentence.</param>
internal sealed class UsageException(string what, string fix) : Exception($"{what}{Environment.NewLine}{fix}");
