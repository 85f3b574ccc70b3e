using System.CommandLine;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Cli.Options;

/// <summary>The options of commands that write a model: its form and its files.</summary>
internal sealed class FormOptions
{
    private readonly Setting<ModelForm> form = Settings.Choice(
        "--form",
        ModelForm.Shrunk,
        "dense keeps every unit and weight; shrunk leaves out the units that do nothing. Default: shrunk.",
        ("dense", ModelForm.Dense),
        ("shrunk", ModelForm.Shrunk));

    private readonly Setting<long> roundTo = Settings.Whole(
        "--round-to",
        1,
        $"With --form shrunk: layers keep a multiple of this many units, where they had as many, 1 to {ShrinkOptions.MostRoundTo}. Default: 1.",
        least: 1,
        most: ShrinkOptions.MostRoundTo);

    private readonly Setting<long> externalData = Settings.Choice(
        "--external-data",
        VerifiedModelOptions.MostBytesInside,
        "always writes the weights into a second file beside the model, NAME.onnx.data; auto does so for models above 2 GB, which one "
            + "ONNX file cannot hold. Default: auto.",
        ("auto", VerifiedModelOptions.MostBytesInside),
        ("always", 0));

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [form, roundTo, externalData];

    public ModelForm Form(ParseResult result) => form.Read(result);

    /// <summary>The settings with these in place.</summary>
    public T Apply<T>(ParseResult result, T options)
        where T : VerifiedModelOptions => options with
        {
            Form = form.Read(result),
            RoundTo = (int)roundTo.Read(result),
            ExternalDataAbove = externalData.Read(result),
        };
}
