using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Methods;
using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say how many zeros to end with.</summary>
internal sealed class TargetOptions
{
    private readonly Setting<double> targetSparsity = Settings.Real(
        "--target-sparsity",
        0,
        "Share of zeros among the regularised weights to end with, above 0, below 1. Pruning methods need it; for methods with a penalty it "
            + "moves lambda during training, to end within 0.005 of it. Default: none, lambda stays as it is.",
        value => value is > 0 and < 1,
        "a number above 0 and below 1");

    private readonly Setting<IReadOnlyList<LayerSparsity>> layerSparsity = Settings.LayerBounds(
        "--layer-sparsity",
        "With --target-sparsity: bounds on the share of zeros in single parameters, as 'fc3.weight=..0.9,conv*=0.5..0.95'. "
            + "Either bound may be left out; of several patterns that fit a parameter the first one counts. Default: none.");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [targetSparsity, layerSparsity];

    /// <summary>The target with what the command line gives in its place.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="method">The method that trains.</param>
    /// <param name="present">The target so far; null: none.</param>
    /// <param name="givesLambda">Whether the command line gives lambda as well.</param>
    /// <exception cref="UsageException">They do not go together.</exception>
    public TargetSparsityOptions? Over(ParseResult result, MethodOptions method, TargetSparsityOptions? present, bool givesLambda)
    {
        if (method.PrunesToTarget && layerSparsity.IsGiven(result))
        {
            throw new UsageException($"--layer-sparsity does not go with --method {method.Name}, which ranks the weights of all layers together.", "Leave it out.");
        }

        var target = targetSparsity.IsGiven(result) ? Given(result, method, present, givesLambda) : present;
        if (target is null && method.PrunesToTarget)
        {
            throw new UsageException(
                $"--method {method.Name} needs --target-sparsity.", "Name the share of zeros to prune to, above 0 and below 1, as --target-sparsity 0.9.");
        }

        return layerSparsity.IsGiven(result)
            ? (target ?? throw new UsageException("--layer-sparsity needs --target-sparsity.", "Give the share of the whole network too."))
                with
            { Layers = layerSparsity.Read(result) }
            : target;
    }

    private TargetSparsityOptions Given(ParseResult result, MethodOptions method, TargetSparsityOptions? present, bool givesLambda)
    {
        if (!method.PrunesToTarget && !method.HasPenalty)
        {
            throw new UsageException(
                $"{targetSparsity.Given(result)} does not go with --method {method.Name}, which makes no zeros.", "Leave it out, or choose another --method.");
        }

        // A pruning method may have a lambda of its own kind; a controller finds it.
        var share = targetSparsity.Read(result);
        return !givesLambda || method.PrunesToTarget
            ? (present ?? new TargetSparsityOptions { Share = share }) with { Share = share }
            : throw new UsageException("--lambda and --target-sparsity exclude each other: the latter finds lambda.", "Leave one of them out.");
    }
}
