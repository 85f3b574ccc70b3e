using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SparseHybrid.Cli.Errors;
using SparseHybrid.Configuration;
using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Schedules;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Options;

/// <summary>The options that say how a network learns: method, penalty, schedule, and what else shapes a run.</summary>
/// <param name="lambda">Default of --lambda.</param>
internal sealed class LearningOptions(double lambda)
{
    private readonly Setting<string> method = Settings.Choice(
        "--method",
        "xrda",
        $"Training method: {Words.Alternatives(MethodOptions.Names)}. Default: xrda, extended regularized dual averaging.",
        MethodOptions.Names,
        "METHOD");

    private readonly Setting<string> regularizer = Settings.Choice(
        "--regularizer",
        "adaptive-l1",
        $"Penalty: {Words.Alternatives(RegularizerNames.All)}; others by --config. Default: adaptive-l1.",
        RegularizerNames.All,
        "NAME");

    private readonly Setting<Grouping> mode = new(
        "--mode",
        Grouping.Element,
        "What vanishes together: element, kernel, output-filter or input-channel of convolutions (linear layers then go weight by weight), "
            + "row, column, or block:RxC of any weight as a matrix. Default: element.",
        GroupingNames.Parse)
    {
        HelpName = "GROUPING",
    };

    private readonly Setting<double> strength = Settings.Real(
        "--lambda",
        lambda,
        "Strength of the penalty, in the unit of a gradient entry, 0 or more; more gives more zeros, 0 trains a dense network. "
            + $"Default: {lambda.ToString("0.#e-0", CultureInfo.InvariantCulture)}.",
        value => value >= 0,
        "a number, 0 or more");

    private readonly TargetOptions target = new();

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
        "Share of each parameter added to its gradient, 0 or more. Default: 5e-4, for methods that are published without 0.",
        value => value >= 0,
        "a number, 0 or more");

    private readonly Setting<double> stepSize = Settings.Real(
        "--step-size",
        1,
        "Initial step size. No unit; above 0. Default: 1, for adam, proximal-adam and ramda 0.001.",
        value => value > 0,
        "a number above 0");

    private readonly Setting<string> schedule = Settings.Choice(
        "--schedule",
        "cosine",
        $"How the step size falls: {Words.Alternatives(ScheduleOptions.Names)}; the last two at --milestones, to a half or a tenth. "
            + "Default: cosine, for rda and enhanced-rda constant.",
        ScheduleOptions.Names,
        "SCHEDULE");

    private readonly Setting<double[]?> milestones = Settings.Numbers(
        "--milestones", "EPOCHS", "Epochs after which --schedule halving or step lowers the step size, joined by commas. Default: none.", value => value > 0, "growing numbers above 0");

    private readonly Setting<double> warmUp = Settings.Real(
        "--warm-up", 0, "Epochs over which the step size rises from 0, 0 or more. Default: 0.", value => value >= 0, "a number, 0 or more");

    private readonly Setting<double> clipNorm = Settings.Real(
        "--clip-norm", 0, "Longest gradient, the norm over all parameters, above 0. Default: none.", value => value > 0, "a number above 0");

    private readonly Setting<double> labelSmoothing = Settings.Real(
        "--label-smoothing", 0, "Share of each label spread over all classes, from 0 to below 1. Default: 0.", value => value is >= 0 and < 1, "a number from 0 to below 1");

    private readonly Setting<Augmentation> augmentation = Settings.Choice(
        "--augmentation", Augmentation.None, "How training images vary: cifar crops and mirrors them. Default: none.", [.. Augmentation.Presets]);

    private readonly Setting<double> validationShare = Settings.Real(
        "--validation-share",
        0,
        "Share of the training data held out to judge by, from 0 to below 1. Default: 0, with --patience 0.1.",
        value => value is >= 0 and < 1,
        "a number from 0 to below 1");

    private readonly Setting<long> patience = Settings.Whole(
        "--patience", 0, "Epochs without gain in the loss on held-out data after which training stops early, 1 or more. Default: never.", least: 1);

    private readonly Setting<long> evaluateEvery = Settings.Whole(
        "--evaluate-every", 1, "Epochs between evaluations, 1 or more; the last epoch is always evaluated. Default: 1.", least: 1);

    private readonly Setting<double> averageWeights = Settings.Real(
        "--average-weights",
        0,
        "Evaluate and save a moving average of the weights that keeps this share a step, above 0, below 1. Default: none.",
        value => value is > 0 and < 1,
        "a number above 0 and below 1");

    private readonly Setting<DeadLayerPolicy> deadLayers = Settings.Choice(
        "--dead-layers",
        DeadLayerPolicy.Warn,
        "When a layer has only zeros left: warn and go on, stop, ease its lambda to a tenth, or ignore it. Default: warn.",
        ("warn", DeadLayerPolicy.Warn),
        ("stop", DeadLayerPolicy.Stop),
        ("ease", DeadLayerPolicy.Ease),
        ("ignore", DeadLayerPolicy.Ignore));

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        method, regularizer, mode, strength, .. target.All, stepSize, maximumFactor, timeScale, weightDecay, schedule, milestones, warmUp,
        clipNorm, labelSmoothing, augmentation, validationShare, patience, evaluateEvery, averageWeights, deadLayers,
    ];

    /// <summary>--lambda alone, for the demonstration.</summary>
    public Option Strength => strength;

    /// <summary>The settings with those in place of them that the command line gives.</summary>
    /// <exception cref="UsageException">Two of them do not go together.</exception>
    public SparseTrainerOptions Apply(ParseResult result, SparseTrainerOptions options)
    {
        options = options with { Method = Method(result, options.Method) };
        options = options with
        {
            Regularizer = Regularizer(result, options.Regularizer),
            StepSize = stepSize.IsGiven(result) ? stepSize.Read(result) : options.StepSize,
            Schedule = Schedule(result, options),
            GradientClipNorm = clipNorm.IsGiven(result) ? clipNorm.Read(result) : options.GradientClipNorm,
            LabelSmoothing = labelSmoothing.Over(result, options.LabelSmoothing),
            Augmentation = augmentation.Over(result, options.Augmentation),
            ValidationShare = validationShare.Over(result, patience.IsGiven(result) && options.ValidationShare == 0 ? 0.1 : options.ValidationShare),
            EvaluateEvery = (int)evaluateEvery.Over(result, options.EvaluateEvery),
            DeadLayers = deadLayers.Over(result, options.DeadLayers),
        };
        return options with
        {
            TargetSparsity = target.Over(result, options.Method, options.TargetSparsity, strength.IsGiven(result)),
            EarlyStop = patience.IsGiven(result)
                ? (options.EarlyStop ?? new EarlyStopOptions()) with { Patience = (int)patience.Read(result) }
                : options.EarlyStop,
            WeightAveraging = averageWeights.IsGiven(result) ? new WeightAveragingOptions { Kept = averageWeights.Read(result) } : options.WeightAveraging,
        };
    }

    /// <summary>A method with those of its settings changed that the command line gives.</summary>
    /// <exception cref="UsageException">The method has no such setting.</exception>
    public MethodOptions Shape(ParseResult result, MethodOptions method)
    {
        method = With(weightDecay, "weightDecay", method, isOptional: false);
        return With(timeScale, "momentumTimeScale", method, isOptional: true); // the time scale is that of the adaptive weights too

        MethodOptions With(Setting<double> setting, string key, MethodOptions method, bool isOptional)
        {
            if (!setting.IsGiven(result))
            {
                return method;
            }

            var changed = MethodSettings.With(method, key, setting.Read(result));
            return changed is null && !isOptional
                ? throw new UsageException($"{setting.Given(result)} does not go with the method {method.Name}, which has no such setting.", "Leave it out.")
                : changed ?? method;
        }
    }

    private MethodOptions Method(ParseResult result, MethodOptions former) => Shape(
        result, method.IsGiven(result) && method.Read(result) != former.Name ? MethodOptions.Create(method.Read(result)) : former);

    private Regularizer Regularizer(ParseResult result, Regularizer former)
    {
        var ofFormer = RegularizerNames.Numbers(former, lambda);
        var numbers = new RegularizerNumbers(
            strength.Over(result, ofFormer.Strength),
            maximumFactor.Over(result, ofFormer.MaximumFactor),
            timeScale.Over(result, ofFormer.TimeScale),
            mode.Over(result, ofFormer.Grouping));
        if (regularizer.IsGiven(result))
        {
            var created = RegularizerNames.Create(regularizer.Read(result), numbers);
            return mode.IsGiven(result) && !RegularizerNames.Numbers(created, lambda).Grouping.Equals(numbers.Grouping)
                ? throw new UsageException($"{mode.Given(result)} does not go with {regularizer.Given(result)}, which knows no groups.", "Leave one of them out.")
                : created;
        }

        return RegularizerNames.With(former, numbers)
            ?? (new[] { strength.Given(result), maximumFactor.Given(result), mode.Given(result) }.FirstOrDefault(given => given.Length > 0) is { } stray
                ? throw new UsageException($"{stray} does not go with the regularizer {former}.", "Leave it out, or choose another --regularizer.")
                : former);
    }

    private ScheduleOptions Schedule(ParseResult result, SparseTrainerOptions options)
    {
        var chosen = schedule.IsGiven(result) && schedule.Read(result) != options.Schedule.Name
            ? ScheduleOptions.Create(schedule.Read(result))
            : options.Schedule;
        if (!schedule.IsGiven(result) && method.IsGiven(result) && options.Method.NeedsConstantStepSize && options.Schedule == new CosineSchedule())
        {
            chosen = new ConstantSchedule();
        }

        if (milestones.Read(result) is { } epochs)
        {
            chosen = chosen is StagedSchedule staged
                ? staged with { Milestones = epochs }
                : throw new UsageException($"{milestones.Given(result)} does not go with the schedule {chosen.Name}.", "Choose --schedule halving or step.");
        }

        return chosen with { WarmUpEpochs = warmUp.Over(result, chosen.WarmUpEpochs) };
    }
}
