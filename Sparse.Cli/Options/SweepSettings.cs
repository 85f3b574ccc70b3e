using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Methods;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say which runs a sweep consists of.</summary>
internal sealed class SweepSettings
{
    private const int DefaultSeeds = 3;

    private static readonly IReadOnlyList<double> DefaultLambdas = LogSpacing.Lambdas(1e-6, 2e-5, 4);

    private readonly Setting<IReadOnlyList<double>?> lambdas = Lists.Lambdas(
        "--lambda",
        "Strengths of the penalty, in the unit of a gradient entry, 0 or more: a list as 1e-6,5e-6,2e-5, or FIRST:LAST:COUNT with equal "
            + $"ratios between neighbours, as 1e-6:1e-4:5. Default: {string.Join(',', DefaultLambdas.Select(value => SweepValue.ToText(SweepVariable.Lambda, value)))}.");

    private readonly Setting<IReadOnlyList<double>?> targets = Lists.Targets(
        "--target-sparsity",
        "In place of --lambda: shares of zeros to end with, above 0 and below 1: a list as 0.9,0.95,0.99, or FIRST:LAST:COUNT with equal "
            + "ratios of what is left, as 0.8:0.99:5. Default: none.");

    private readonly Setting<IReadOnlyList<string>?> methods = Lists.Names(
        "--method", "Training methods, a list as xrda,proximal-sgd. Each meets every value and every seed. Default: xrda.", MethodOptions.Names);

    private readonly Setting<(long[] Listed, int Count)?> seeds = Lists.SeedsOrCount(
        "--seeds", $"How many seeds, 1, 2 and so on, or the seeds themselves, two or more, as 5,6,7. Default: {DefaultSeeds}.");

    private readonly Setting<string> warmStart = Settings.Choice(
        "--warm-start",
        "off",
        "on: a run begins with the weights that the run before it on the path (same method, same seed) ended with; the path is walked in the "
            + "order given, and a result is not one of training from scratch. off: every run starts from random weights and has the same budget. Default: off.",
        ["on", "off"]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [lambdas, targets, methods, seeds, warmStart];

    /// <summary>The first share of zeros that is asked for; null when the path is one of strengths.</summary>
    public double? FirstTarget(ParseResult result) => targets.Read(result)?[0];

    /// <summary>The sweep that the command line asks for.</summary>
    /// <exception cref="UsageException">Two options do not go together.</exception>
    /// <param name="result">The parsed command line.</param>
    /// <param name="present">The method of the settings, which trains when --method is not given.</param>
    /// <param name="method">A method by its name, with what the command line says of it.</param>
    public SweepOptions Read(ParseResult result, MethodOptions present, Func<string, MethodOptions> method)
    {
        var target = targets.Read(result);
        if (target is not null && lambdas.IsGiven(result))
        {
            throw new UsageException("--lambda and --target-sparsity cannot be given together.", "A sweep follows one of them: leave the other out.");
        }

        var (listed, count) = seeds.Read(result) ?? ([], DefaultSeeds);
        return new SweepOptions
        {
            Variable = target is null ? SweepVariable.Lambda : SweepVariable.TargetSparsity,
            Values = target ?? lambdas.Read(result) ?? DefaultLambdas,
            Methods = [.. (methods.Read(result) ?? [present.Name]).Select(method)],
            Seeds = listed.Length > 0 ? listed : [.. Enumerable.Range(1, count).Select(seed => (long)seed)],
            WarmStart = warmStart.Read(result) == "on",
        };
    }
}
