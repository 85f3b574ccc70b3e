using System.CommandLine;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Configuration;
using SparseHybrid.Methods;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say how to train, with the defaults of the command that offers them.</summary>
/// <param name="lambda">Default of --lambda.</param>
/// <param name="epochs">Default of --epochs.</param>
/// <param name="threads">Default of --threads; null leaves libtorch its own choice.</param>
internal sealed class TrainingSettings(double lambda, int epochs, int? threads = null)
{
    private readonly DataOptions data = new();

    private readonly ModelOptions model = new();

    private readonly LearningOptions learning = new(lambda);

    private readonly Setting<long> epochCount = Settings.Whole(
        "--epochs", epochs, $"Passes over the training data, 1 or more. Default: {epochs}.", least: 1);

    private readonly Setting<long> batch = Settings.Whole("--batch", 128, "Images in a training step, 1 or more. Default: 128.", least: 1);

    private readonly Option<bool> dropLast = new("--drop-last-batch")
    {
        Description = "Leave out the last batch of an epoch where it is not full. Default: off.",
    };

    private readonly Setting<long> seed = Settings.Whole(
        "--seed", 1, "Seed of the initial weights and of the order of the images, a whole number. Default: 1.", least: 0, most: long.MaxValue);

    private readonly Setting<ComputeDevice> device = Settings.Choice(
        "--device", ComputeDevice.Cpu, "Where to train. Default: cpu.", ("cpu", ComputeDevice.Cpu), ("cuda", ComputeDevice.Cuda));

    private readonly Setting<long> threadCount = Settings.Whole(
        "--threads",
        threads ?? 0,
        $"Processor threads to train with, 1 or more. Default: {(threads is null ? "as many as libtorch chooses" : $"{threads}")}.",
        least: 1,
        most: 1024);

    private readonly Setting<string?> weights = Settings.Place(
        "--weights",
        "FILE",
        "Weights to start from, a safetensors file: a run's model.safetensors or one from PyTorch (samples/pytorch_weights.py). Default: random ones.");

    private readonly Setting<double> checkpointSeconds = Settings.Real(
        "--checkpoint-seconds",
        0,
        "Seconds between checkpoints, above 0. Default: so many that saving takes at most about 1 % of the time.",
        value => value > 0,
        "a number above 0");

    private readonly Setting<long> checkpointSteps = Settings.Whole(
        "--checkpoint-steps", 0, "Training steps between checkpoints, 1 or more. Default: by time.", least: 1);

    private readonly Setting<long> keptCheckpoints = Settings.Whole(
        "--keep", 2, "Checkpoints that are kept, the newest ones, 1 or more. Default: 2.", least: 1);

    private readonly Setting<string?> config = Settings.Place(
        "--config", "FILE", "JSON file of settings, as --print-config writes them; options of the command line override it. Default: none.");

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Change any setting of --print-config, as --set method.mixing=0.2; may be given several times. Default: none.",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Everything that may vary in a run of one's own.</summary>
    public IReadOnlyList<Option> All =>
    [
        .. data.All,
        .. model.All,
        .. learning.All,
        epochCount,
        batch,
        dropLast,
        seed,
        device,
        threadCount,
        weights,
        checkpointSeconds,
        checkpointSteps,
        keptCheckpoints,
        config,
        set,
    ];

    /// <summary>The few that may vary in the demonstration.</summary>
    public IReadOnlyList<Option> OfDemonstration => [data.Folder, learning.Strength, epochCount, seed, device, threadCount];

    /// <summary>The whole run. Every value is in its range already, alone; whether they fit together is checked here.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="path">The run folder.</param>
    /// <exception cref="UsageException">Options do not go together, or the data set needs a folder and none was given.</exception>
    /// <exception cref="ConfigurationException">The file of settings cannot be used.</exception>
    public TrainingRunSettings ForRun(ParseResult result, string path) => Configuration(result).ForRun(path);

    /// <summary>The defaults, over them the file of settings, over that the options of the command line, over all --set.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="share">The share of zeros to end with, for a command that has an option of its own for it.</param>
    /// <exception cref="UsageException">Options do not go together, or the data set needs a folder and none was given.</exception>
    /// <exception cref="ConfigurationException">The file of settings cannot be used.</exception>
    public TrainingConfiguration Configuration(ParseResult result, double? share = null)
    {
        var options = new SparseTrainerOptions { Epochs = epochs, Threads = threads }.WithStrength(lambda);
        var defaults = new TrainingConfiguration { Options = options };
        var start = config.Read(result) is { } file ? TrainingConfiguration.Read(file, defaults) : defaults;
        start = share is { } asked ? start with { Options = start.Options.WithTargetSparsity(asked) } : start;
        var given = model.Apply(result, data.Apply(result, start)) with
        {
            Weights = weights.Over(result, start.Weights),
            Options = learning.Apply(result, Loop(result, start.Options)),
        };
        given = (result.GetValue(set) ?? []).Aggregate(given, Set);
        Check(given);
        return given;
    }

    /// <summary>A method by its name: that of the settings, or another one, with what the command line says of methods.</summary>
    /// <exception cref="UsageException">An option does not go with the method.</exception>
    public MethodOptions Method(ParseResult result, TrainingConfiguration configuration, string name) =>
        name == configuration.Options.Method.Name ? configuration.Options.Method : learning.Shape(result, MethodOptions.Create(name));

    private SparseTrainerOptions Loop(ParseResult result, SparseTrainerOptions options) => options with
    {
        Epochs = (int)epochCount.Over(result, options.Epochs),
        BatchSize = (int)batch.Over(result, options.BatchSize),
        DropLastBatch = options.DropLastBatch || result.GetValue(dropLast),
        Seed = seed.Over(result, options.Seed),
        Device = device.Over(result, options.Device),
        Threads = threadCount.IsGiven(result) ? (int)threadCount.Read(result) : options.Threads,
        CheckpointEverySeconds = checkpointSeconds.IsGiven(result) ? checkpointSeconds.Read(result) : options.CheckpointEverySeconds,
        CheckpointEverySteps = checkpointSteps.IsGiven(result) ? (int)checkpointSteps.Read(result) : options.CheckpointEverySteps,
        KeptCheckpoints = (int)keptCheckpoints.Over(result, options.KeptCheckpoints),
    };

    private static TrainingConfiguration Set(TrainingConfiguration configuration, string assignment) =>
        assignment.IndexOf('=') is > 0 and var at
            ? configuration.With(assignment[..at], assignment[(at + 1)..])
            : throw new UsageException($"--set '{assignment}' sets nothing.", "Write it as KEY=VALUE, as --set method.mixing=0.2.");

    private static void Check(TrainingConfiguration configuration)
    {
        try
        {
            configuration.Validate();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message, "See './sparse train --help'; './sparse train --print-config' shows all settings.");
        }
    }
}
