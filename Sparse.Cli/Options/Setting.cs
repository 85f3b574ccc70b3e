using System.CommandLine;
using System.CommandLine.Parsing;

namespace SparseHybrid.Cli.Options;

/// <summary>
/// An option with a default that its help states in words. A setting knows whether the user gave it, which a plain
/// option with a default does not.
/// </summary>
internal sealed class Setting<T> : Option<T>
{
    private readonly T fallback;

    /// <param name="name">With its dashes.</param>
    /// <param name="fallback">The value when the option is not given.</param>
    /// <param name="help">What it does, its unit and its default, sentences.</param>
    /// <param name="parse">Reads the one token; an error message comes back instead of a value when it is out of range.</param>
    public Setting(string name, T fallback, string help, Func<string, (T Value, string? Problem)> parse)
        : base(name)
    {
        this.fallback = fallback;
        Description = help;
        Arity = ArgumentArity.ExactlyOne;
        CustomParser = argument => Parse(argument, parse);
    }

    /// <summary>The value given, or the default.</summary>
    public T Read(ParseResult result) => IsGiven(result) ? result.GetValue(this)! : fallback;

    /// <summary>The value given, or else what is set already.</summary>
    public T Over(ParseResult result, T present) => IsGiven(result) ? result.GetValue(this)! : present;

    /// <summary>Did the user give this option?</summary>
    public bool IsGiven(ParseResult result) => result.GetResult(this) is not null;

    /// <summary>The option and its value as the user wrote them; empty when not given.</summary>
    public string Given(ParseResult result) => IsGiven(result) ? $"{Name} {result.GetResult(this)!.Tokens[0].Value}" : "";

    private T? Parse(ArgumentResult argument, Func<string, (T Value, string? Problem)> parse)
    {
        var token = argument.Tokens[0].Value;
        var (value, problem) = parse(token);
        if (problem is not null)
        {
            argument.AddError($"{Name} is '{token}'; {problem}.");
        }

        return value;
    }
}
