namespace SparseHybrid.Cli.Errors;

/// <summary>The user stopped the command; the message says what is kept and how to go on.</summary>
internal sealed class InterruptedException(string message, Exception inner) : OperationCanceledException(message, inner);
