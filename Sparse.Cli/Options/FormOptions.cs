using System.CommandLine;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Shrink;

namespace SparseHybrid.Cli.Options;

/// <summary>The options of commands that write a model: its form and its files.</summary>
internal sealed class FormOptions
{
    private static readonly OptimizeOptions Defaults = new();

    private readonly Setting<ModelForm> form = Settings.Choice(
        "--form",
        ModelForm.Shrunk,
        "dense keeps every unit and weight; sparse-weights stores tensors with many zeros as their non-zeros, for a smaller file; shrunk leaves "
            + "out the units that do nothing; sparse-kernels also puts layers with many zeros on "
            + "kernels of this program that skip them (applications register these, see README); auto measures on this machine which of dense, "
            + "shrunk and sparse-kernels is fastest for each layer, so that its choices may differ from run to run; they are recorded. Default: shrunk.",
        [.. ModelForms.All.Select(form => (ModelForms.NameOf(form), form))]);

    private readonly Setting<IReadOnlyList<int>> batch = Lists.Wholes(
        "--batch",
        Defaults.Batches,
        "COUNTS",
        "Batch sizes to compare in, joined by commas; a model that fixes one is compared in that. --form auto measures with the first. "
            + $"Default: {string.Join(',', Defaults.Batches)}.",
        least: 1,
        most: 1 << 20);

    private readonly Setting<long> threads = MeasuringSettings.Threads("with which --form auto measures, 1 to 1024", 1);

    private readonly Option<bool> noMeasure = new("--no-measure")
    {
        Description = "With --form auto: decide by each layer's zeros, kind and shape, as sparse-kernels does. Default: measure.",
    };

    private readonly Setting<long> roundTo = Settings.Whole(
        "--round-to",
        1,
        $"Unless --form is dense: layers keep a multiple of this many units, where they had as many, 1 to {ShrinkOptions.MostRoundTo}. Default: 1; "
            + "--form auto also tries what suits the processor.",
        least: 1,
        most: ShrinkOptions.MostRoundTo);

    private readonly Setting<long> externalData = Settings.Choice(
        "--external-data",
        VerifiedModelOptions.MostBytesInside,
        "always writes the weights into a second file beside the model, NAME.onnx.data; auto does so for models above 2 GB, which one "
            + "ONNX file cannot hold. Default: auto.",
        ("auto", VerifiedModelOptions.MostBytesInside),
        ("always", 0));

    /// <summary>The help says what each form is: their names need not stand beside the option too, where they leave it no room.</summary>
    public FormOptions() => form.HelpName = "FORM";

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [form, roundTo, batch, threads, noMeasure, externalData];

    public ModelForm Form(ParseResult result) => form.Read(result);

    /// <summary>The settings with these in place.</summary>
    public T Apply<T>(ParseResult result, T options)
        where T : VerifiedModelOptions => options with
        {
            Form = form.Read(result),
            RoundTo = (int)roundTo.Read(result),
            Batches = batch.Over(result, options.Batches),
            Threads = (int)threads.Read(result),
            MayMeasure = !result.GetValue(noMeasure),
            ExternalDataAbove = externalData.Read(result),
        };
}
