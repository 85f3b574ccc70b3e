namespace SparseHybrid.Cli.Doctor;

/// <summary>One thing that was looked for on this machine.</summary>
/// <param name="Key">Its key in JSON.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsFound">Is it there, and usable?</param>
/// <param name="Description">What was found, or why it counts as missing.</param>
/// <param name="Advice">What to do about it; null when nothing needs doing.</param>
/// <param name="Details">The same as values, for JSON.</param>
internal sealed record Finding(string Key, string Name, bool IsFound, string Description, string? Advice, object? Details = null);
