using System.CommandLine;
using System.Globalization;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.TargetSparsity;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say how to train, with the defaults of the command that offers them.</summary>
/// <param name="lambda">Default of --lambda.</param>
/// <param name="epochs">Default of --epochs.</param>
/// <param name="threads">Default of --threads; null leaves libtorch its own choice.</param>
internal sealed class TrainingSettings(double lambda, int epochs, int? threads = null)
{
    private readonly Setting<string> data = Settings.Choice(
        "--data", "fashion-mnist", "Data set. Default: fashion-mnist.", ImageDatasets.Names);

    private readonly ModelOptions model = new();

    private readonly Setting<string> method = Settings.Choice(
        "--method",
        "xrda",
        $"Training method: {Words.Alternatives(MethodOptions.Names)}. Default: xrda, extended regularized dual averaging.",
        MethodOptions.Names,
        "METHOD");

    private readonly Setting<Grouping> mode = Settings.Choice(
        "--mode",
        Grouping.Element,
        "What vanishes together in convolutions: single weights, kernels or whole output filters. "
            + "Linear layers always go weight by weight. Default: element.",
        ("element", Grouping.Element),
        ("kernel", Grouping.Kernel),
        ("output-filter", Grouping.OutputFilter));

    private readonly Setting<double> stepSize = Settings.Real(
        "--step-size",
        1,
        "Initial step size, falling to 0 along a cosine. No unit; above 0. Default: 1.",
        value => value > 0,
        "a number above 0");

    private readonly Setting<double> strength = Settings.Real(
        "--lambda",
        lambda,
        "Strength of the penalty, in the unit of a gradient entry, 0 or more; more gives more zeros, 0 trains a dense network. "
            + $"Default: {Number(lambda)}.",
        value => value >= 0,
        "a number, 0 or more");

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

    private readonly Setting<double> maximumFactor = Settings.Real(
        "--maximum-factor",
        500,
        "How many times harder the penalty pulls on a weight at zero than on the largest of its layer, 1 (plain l1) or more. Default: 500.",
        value => value >= 1,
        "a number, 1 or more");

    private readonly Setting<double> timeScale = Settings.Real(
        "--time-scale",
        9.5,
        "Memory of the momentum and of the adaptive weights, in the unit of the step size, 0 or more. Default: 9.5.",
        value => value >= 0,
        "a number, 0 or more");

    private readonly Setting<double> weightDecay = Settings.Real(
        "--weight-decay",
        5e-4,
        "Share of each parameter added to its gradient, 0 or more. Default: 5e-4.",
        value => value >= 0,
        "a number, 0 or more");

    private readonly Setting<long> epochCount = Settings.Whole(
        "--epochs", epochs, $"Passes over the training data, 1 or more. Default: {epochs}.", least: 1);

    private readonly Setting<long> batch = Settings.Whole("--batch", 128, "Images in a training step, 1 or more. Default: 128.", least: 1);

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

    private readonly Setting<string?> dataFolder = Settings.Place(
        "--data-folder",
        "FOLDER",
        "Folder of the data set's files, as published or unpacked; for numpy a folder of .npy files. "
            + $"Default: where './sparse data list' finds it, for fashion-mnist also {ImageDatasets.FashionMnistFolder}.");

    private readonly Setting<string?> dataFile = Settings.Place(
        "--data-file", "FILE", "The .npz file of --data numpy. Default: none; --data-folder may name a folder of .npy files instead.");

    private readonly Setting<string> dataArrays = new(
        "--data-arrays",
        "x_train,y_train,x_test,y_test",
        "Names of the arrays of --data numpy: training inputs, their labels, test inputs, their labels. Default: x_train,y_train,x_test,y_test.",
        token => token.Split(',') is { Length: 4 } names && names.All(name => name.Length > 0 && !name.Contains('/'))
            ? (token, null)
            : (token, "it must be four names joined by commas"))
    {
        HelpName = "NAMES",
    };

    private readonly Setting<ImageLayout> dataChannels = Settings.Choice(
        "--data-channels",
        ImageLayout.Auto,
        "Where images of --data numpy have their channels: [N, C, H, W] or [N, H, W, C]. Default: auto, where the shape leaves no doubt.",
        ("auto", ImageLayout.Auto),
        ("first", ImageLayout.ChannelsFirst),
        ("last", ImageLayout.ChannelsLast));

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

    /// <summary>Everything that may vary in a run of one's own.</summary>
    public IReadOnlyList<Option> All =>
    [
        data,
        dataFolder,
        dataFile,
        dataArrays,
        dataChannels,
        .. model.All,
        method,
        mode,
        strength,
        targetSparsity,
        layerSparsity,
        stepSize,
        maximumFactor,
        timeScale,
        weightDecay,
        epochCount,
        batch,
        seed,
        device,
        threadCount,
        weights,
        checkpointSeconds,
        checkpointSteps,
        keptCheckpoints,
    ];

    /// <summary>The few that may vary in the demonstration.</summary>
    public IReadOnlyList<Option> OfDemonstration => [dataFolder, strength, epochCount, seed, device, threadCount];

    public string Model(ParseResult result) => model.Name(result);

    /// <summary>The whole run. Every value is in its range already, alone; whether they fit together is checked here.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="path">The run folder.</param>
    /// <exception cref="UsageException">The data set needs a folder and none was given.</exception>
    public TrainingRunSettings ForRun(ParseResult result, string path)
    {
        var name = data.Read(result);
        var folder = Place(result, name);
        return new TrainingRunSettings
        {
            Data = name,
            DataFolder = folder,
            Numpy = name == NumpyDataset.Name ? Arrays(result) : null,
            Model = Model(result),
            ModelSettings = model.Sizes(result),
            RunPath = path,
            Weights = weights.Read(result),
            Options = Trainer(result),
        };
    }

    private string Place(ParseResult result, string name)
    {
        if (name == NumpyDataset.Name)
        {
            return dataFile.Read(result) ?? dataFolder.Read(result)
                ?? throw new UsageException("--data numpy needs --data-file.", "Name a .npz file, or with --data-folder a folder of .npy files.");
        }

        Option[] ofNumpy = [dataFile, dataArrays, dataChannels];
        if (Array.Find(ofNumpy, option => result.GetResult(option) is not null) is { } stray)
        {
            throw new UsageException($"{stray.Name} goes with --data numpy, not with --data {name}.", "Leave one of them out.");
        }

        return dataFolder.Read(result) ?? ImageDatasets.DefaultFolder(name)
            ?? throw new UsageException($"--data {name} needs --data-folder: it is not here.", ImageDatasets.Find(name).HowToGetIt);
    }

    private NumpyOptions Arrays(ParseResult result)
    {
        var names = dataArrays.Read(result).Split(',');
        return new NumpyOptions
        {
            TrainingInputs = names[0],
            TrainingLabels = names[1],
            TestInputs = names[2],
            TestLabels = names[3],
            Layout = dataChannels.Read(result),
        };
    }

    private SparseTrainerOptions Trainer(ParseResult result) => new()
    {
        Epochs = (int)epochCount.Read(result),
        BatchSize = (int)batch.Read(result),
        Seed = seed.Read(result),
        Device = device.Read(result),
        Threads = threadCount.Read(result) is > 0 and var count ? (int)count : null,
        CheckpointEverySeconds = checkpointSeconds.Read(result) is > 0 and var seconds ? seconds : null,
        CheckpointEverySteps = checkpointSteps.Read(result) is > 0 and var steps ? (int)steps : null,
        KeptCheckpoints = (int)keptCheckpoints.Read(result),
        Method = Method(result),
        StepSize = stepSize.IsGiven(result) ? stepSize.Read(result) : null,
        Regularizer = Regularizers.AdaptiveL1(strength.Read(result), maximumFactor.Read(result), timeScale.Read(result), mode.Read(result)),
        TargetSparsity = Target(result),
    };

    private TargetSparsityOptions? Target(ParseResult result)
    {
        var chosen = MethodOptions.Create(method.Read(result));
        if (chosen.PrunesToTarget && layerSparsity.IsGiven(result))
        {
            throw new UsageException($"--layer-sparsity does not go with --method {chosen.Name}, which ranks the weights of all layers together.", "Leave it out.");
        }

        if (!targetSparsity.IsGiven(result))
        {
            (string What, string Fix)? missing = (chosen.PrunesToTarget, layerSparsity.IsGiven(result)) switch
            {
                (true, _) => ($"--method {chosen.Name} needs --target-sparsity.", "Name the share of zeros to prune to, above 0 and below 1, as --target-sparsity 0.9."),
                (_, true) => ("--layer-sparsity needs --target-sparsity.", "Give the share of the whole network too."),
                _ => null,
            };
            return missing is { } problem ? throw new UsageException(problem.What, problem.Fix) : null;
        }

        if (!chosen.PrunesToTarget && !chosen.HasPenalty)
        {
            throw new UsageException(
                $"{targetSparsity.Given(result)} does not go with --method {chosen.Name}, which makes no zeros.", "Leave it out, or choose another --method.");
        }

        // A pruning method may have a lambda of its own kind; a controller finds it.
        return !strength.IsGiven(result) || chosen.PrunesToTarget
            ? new TargetSparsityOptions { Share = targetSparsity.Read(result), Layers = layerSparsity.Read(result) }
            : throw new UsageException("--lambda and --target-sparsity exclude each other: the latter finds lambda.", "Leave one of them out.");
    }

    private MethodOptions Method(ParseResult result)
    {
        var (momentum, decay) = (timeScale.Read(result), weightDecay.Read(result));
        return MethodOptions.Create(method.Read(result)) switch
        {
            XrdaOptions xrda => xrda with { MomentumTimeScale = momentum, WeightDecay = decay },
            ProximalSgdOptions sgd => sgd with { MomentumTimeScale = momentum, WeightDecay = decay },
            LinearizedBregmanOptions bregman => bregman with { MomentumTimeScale = momentum, WeightDecay = decay },
            SgdOptions sgd => sgd with { MomentumTimeScale = momentum, WeightDecay = decay },
            PruningOptions pruning => pruning with { MomentumTimeScale = momentum, WeightDecay = decay },
            StructuredLassoOptions lasso => lasso with { MomentumTimeScale = momentum, WeightDecay = decay },
            var other => other,
        };
    }

    private static string Number(double value) => value.ToString("0.#e-0", CultureInfo.InvariantCulture);
}
