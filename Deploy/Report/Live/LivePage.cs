using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SparseHybrid.Deploy.Report.Findings;
using SparseHybrid.Deploy.Report.Sections;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>The page of a run while it trains: the charts of its report, as far as it has come.</summary>
internal sealed class LivePage
{
    private readonly WatchedState state;
    private readonly HtmlPage page;
    private readonly Lazy<byte[]> html;
    private readonly Lazy<byte[]> update;

    /// <param name="state">What is known of the run.</param>
    /// <param name="run">What its folder says; null while there is none.</param>
    /// <param name="name">What the run is called.</param>
    public LivePage(WatchedState state, RunFindings? run, string name)
    {
        this.state = state;
        page = new HtmlPage(run is null ? name : RunPage.Title(run), Lead(state, run), run is null ? [] : Sections(run), new { Path = run?.Path })
        {
            IsLive = true,
        };
        html = new Lazy<byte[]>(() => Encoding.UTF8.GetBytes(page.ToHtml()));
        update = new Lazy<byte[]>(() => Encoding.UTF8.GetBytes($"data: {UpdateJson()}\n\n"));
    }

    /// <summary>Is there nothing to come?</summary>
    public bool IsLast => state.Ending is not null;

    /// <summary>The page for who opens it now.</summary>
    public byte[] Html => html.Value;

    /// <summary>The event for who has it open, as an event stream has it.</summary>
    public byte[] Update => update.Value;

    private string UpdateJson() => new JsonObject
    {
        ["tab"] = Tab(),
        ["title"] = page.Title,
        ["lead"] = page.Lead,
        ["notice"] = state.Ending?.Notice ?? "",
        ["isEnded"] = IsLast,
        ["main"] = page.Main,
        ["charts"] = JsonNode.Parse(page.Charts),
    }.ToJsonString(JsonSerializerOptions.Web); // no line break in it, which would end the event

    private string Tab() => (state.Ending, state.Latest) switch
    {
        ({ } ending, _) => $"{ending.Stage} – {page.Title}",
        (_, { } latest) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * latest.Fraction):0} % – {page.Title}"),
        _ => page.Title,
    };

    private static Section[] Sections(RunFindings run)
    {
        var layers = LayersSection.Of([run]);
        return [TrainingSection.Of([run]), .. layers is null ? Array.Empty<Section>() : [layers], SettingsSection.Of([run])];
    }

    private static string Lead(WatchedState state, RunFindings? run) => (run, state.Latest) switch
    {
        ({ IsDone: true }, _) => RunPage.Outcome(run),
        (_, { } latest) => state.Ending is null ? $"{Position(latest)} {Time(latest)}" : Position(latest),
        (not null, _) => "Training begins.",
        _ => "Training has not begun: the data are being read.",
    };

    private static string Position(TrainingProgress latest)
    {
        var right = latest.TestAccuracy is { } accuracy ? $", {Figures.Percent(accuracy)} % of the test images classified rightly at the last look" : "";
        return $"Epoch {latest.Epoch} of {latest.Epochs}, batch {latest.Batch} of {latest.BatchesPerEpoch}: training loss {Figures.Decimals(latest.TrainLoss, 4)} so far, "
            + $"{Figures.Percent(latest.Sparsity)} % zeros{right}.";
    }

    private static string Time(TrainingProgress latest) => $"{Figures.Duration(latest.Elapsed)} are gone, about {Figures.Duration(latest.Remaining)} are to come.";
}
