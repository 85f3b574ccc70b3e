namespace SparseHybrid.Cli.Errors;

/// <summary>The user stopped the command.</summary>
/// <param name="what">What was stopped and what is kept, a sentence.</param>
/// <param name="goOn">How to go on, a sentence.</param>
/// <param name="inner">The cancellation.</param>
internal sealed class InterruptedException(string what, string goOn, Exception inner)
    : OperationCanceledException($"{what}{Environment.NewLine}{goOn}", inner);
