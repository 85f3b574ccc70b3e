using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SparseHybrid.Data;
using SparseHybrid.Models;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using SparseHybrid.Training;

namespace SparseHybrid.Configuration;

/// <summary>
/// A run as a file of settings describes it: what to train, on which data, how. Immutable. In JSON the keys are those of run.json,
/// in camelCase; what a file leaves out stays as it is by default.
/// </summary>
public sealed record TrainingConfiguration
{
    private const string Advice = "'train --config-schema' describes every setting, 'train --print-config' shows them all.";

    /// <summary>One of <see cref="ImageDatasets.Names"/>. Default fashion-mnist.</summary>
    public string Data { get; init; } = "fashion-mnist";

    /// <summary>Where the data's files are; null: its default folder. Default null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>How arrays of the user's own are named and laid out; null for other data. Default null.</summary>
    public NumpyOptions? Numpy { get; init; }

    /// <summary>One of <see cref="ModelCatalog.Names"/>. Default lenet-300-100.</summary>
    public string Model { get; init; } = "lenet-300-100";

    /// <summary>Sizes of the model that may be chosen. Default: the published ones.</summary>
    public ModelSettings ModelSettings { get; init; } = new();

    /// <summary>A safetensors file of weights to start from; null: random ones. Default null.</summary>
    public string? Weights { get; init; }

    /// <summary>lambda, in place of the strength of the options' regularizer, finite, 0 or more; null: that one. Default null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Lambda { get; init; }

    /// <summary>What vanishes together, in place of the grouping of the options' regularizer; null: that one. Default null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Grouping? Mode { get; init; }

    /// <summary>How to train. Default: 10 epochs, lambda 5e-6.</summary>
    public SparseTrainerOptions Options { get; init; } = new SparseTrainerOptions { Epochs = 10 }.WithStrength(5e-6);

    /// <summary>Reads a file of settings; comments and trailing commas are allowed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="defaults">What settings are that the file leaves out; null: the defaults.</param>
    /// <exception cref="ConfigurationException">
    /// The file cannot be read, is not JSON, has keys that are unknown (the nearest known one is named), or values of the wrong kind;
    /// all problems are listed. Ranges are for <see cref="Validate"/>, when everything that overrides the file is known.
    /// </exception>
    public static TrainingConfiguration Read(string path, TrainingConfiguration? defaults = null)
    {
        try
        {
            return Parse(File.ReadAllText(path), $"'{path}'", defaults);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                path, $"Cannot read '{path}'.", error.Message, "Name a JSON file of settings; 'train --print-config' writes one.", error);
        }
    }

    /// <summary>Reads settings from JSON.</summary>
    /// <param name="json">An object.</param>
    /// <param name="source">What it was read from, for errors.</param>
    /// <param name="defaults">What settings are that it leaves out; null: the defaults.</param>
    /// <exception cref="ConfigurationException">As <see cref="Read"/>.</exception>
    public static TrainingConfiguration Parse(string json, string source, TrainingConfiguration? defaults = null)
    {
        var file = new SettingsFile(source, Advice);
        var configuration = file.Read<TrainingConfiguration>(ConfigurationMerge.Over(Node(defaults ?? new()), file.ParseObject(json)));
        try
        {
            return configuration.Resolve();
        }
        catch (ArgumentException error)
        {
            throw file.Unusable(error.Message, error);
        }
    }

    /// <summary>Checks the range of every setting, and whether they go together.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists them all by their paths in JSON.</exception>
    public void Validate()
    {
        var problems = SettingProblem.Within("options", Options.Problems()).Concat(SettingProblem.Within("modelSettings", ModelSettings.Problems()));
        var inJson = problems.Select(problem => problem with { Name = string.Join('.', problem.Name.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)) });
        SettingProblem.ThrowIfAny(inJson, "The settings are out of range");
    }

    /// <summary>Every setting as JSON, indented; <see cref="Parse"/> reads it back.</summary>
    public string ToJson() => Node(this).ToJsonString(RunJson.Indented);

    /// <summary>The JSON schema of a file of settings, indented.</summary>
    public static string Schema() => ConfigurationSchema.Of(typeof(TrainingConfiguration)).ToJsonString(RunJson.Indented);

    /// <summary>The same settings with one changed.</summary>
    /// <param name="key">Where it is: options.method.weightDecay, or shorter method.weightDecay.</param>
    /// <param name="value">As JSON; what is not JSON is taken as a word.</param>
    /// <exception cref="ConfigurationException">There is no such setting, or the value does not fit.</exception>
    public TrainingConfiguration With(string key, string value)
    {
        var path = key.Split('.');
        var root = Node(this);
        if (!root.ContainsKey(path[0]))
        {
            path = ["options", .. path];
        }

        JsonNode? leaf = JsonOrWord(value);
        foreach (var name in path.Reverse())
        {
            leaf = new JsonObject { [name] = leaf };
        }

        return Parse(leaf!.ToJsonString(), $"{key}={value}", this);
    }

    /// <summary>What the settings amount to, for a run folder.</summary>
    /// <param name="runPath">The folder to make.</param>
    public TrainingRunSettings ForRun(string runPath) => new()
    {
        Data = Data,
        DataFolder = DataFolder,
        Numpy = Numpy,
        Model = Model,
        ModelSettings = ModelSettings,
        Weights = Weights,
        RunPath = runPath,
        Options = Options,
    };

    // The two shortcuts go where they belong.
    private TrainingConfiguration Resolve()
    {
        var regularizer = Lambda is { } lambda ? RegularizerModule.WithStrength(lambda, Options.Regularizer) : Options.Regularizer;
        regularizer = Mode is { } mode ? RegularizerModule.WithGrouping(mode, regularizer) : regularizer;
        return this with { Lambda = null, Mode = null, Options = Options with { Regularizer = regularizer } };
    }

    private static JsonObject Node(TrainingConfiguration configuration) => JsonSerializer.SerializeToNode(configuration, RunJson.Indented)!.AsObject();

    private static JsonNode? JsonOrWord(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
