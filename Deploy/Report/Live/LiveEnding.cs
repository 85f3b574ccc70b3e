namespace SparseHybrid.Deploy.Report.Live;

/// <summary>How a run that was watched ended.</summary>
/// <param name="Stage">A word or two: "done", "interrupted".</param>
/// <param name="Notice">What happened and how to go on, a sentence or two.</param>
public sealed record LiveEnding(string Stage, string Notice);
