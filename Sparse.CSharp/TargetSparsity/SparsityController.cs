using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;
using TorchSharp;

namespace SparseHybrid.TargetSparsity;

/// <summary>
/// Moves lambda during training so that the run ends with the share of zeros asked for. The weights are those that the method
/// makes: nothing is pruned. Zeros are counted on the device about 500 times in a run, and only then does the host wait for it.
/// </summary>
internal sealed class SparsityController : Sparsifier
{
    private const string MemoryName = "memory";

    private readonly TargetSparsityOptions options;
    private readonly SparsifierContext context;
    private readonly ZeroShares shares;
    private readonly int[] bounded; // indices into the names of shares
    private readonly bool isGrouped; // whether most weights vanish in groups, which takes a path of its own
    private readonly RunLaws laws;
    private readonly SparsityTrace trace;

    /// <summary>A controller of a run that has not begun.</summary>
    /// <exception cref="ArgumentException">Nothing is there to control, or the bounds of the layers rule out the share.</exception>
    public SparsityController(TargetSparsityOptions options, SparsifierContext context)
    {
        (this.options, this.context) = (options, context);
        shares = new ZeroShares(context.Model, context.Optimizer);
        if (!shares.Names.Any(HasLambda))
        {
            throw new ArgumentException(
                $"{options.Share} zeros were asked for, but no parameter has a penalty with a lambda above 0 to control.", nameof(options));
        }

        var bounds = BoundedLayers.Of(options, shares);
        bounded = [.. Enumerable.Range(0, bounds.Count).Where(index => bounds[index] is not null)];
        isGrouped = context.Options.Method.PullsByStepSize
            && StrengthByTime.IsOfGroups([.. shares.Parameters.Select(item => (context.Optimizer.Plan.Of(item.Name), item.Parameter.shape))]);
        laws = new RunLaws(options, bounds.OfType<LayerSparsity>(), isGrouped ? SparsityPath.OfGroups : SparsityPath.OfWeights);
        trace = new SparsityTrace(context.StepsPerEpoch);
    }

    /// <summary>Strength of the run's penalty in the next step.</summary>
    public double Lambda => context.Options.Strength * Math.Exp(laws.LogFactor);

    /// <summary>A few moments of an epoch, counted from 0.</summary>
    public IReadOnlyList<SparsityTracePoint> TraceOf(int epoch) => trace.OfEpoch(epoch);

    /// <inheritdoc/>
    public override void BeforeStep(long step)
    {
        if (step == 1)
        {
            laws.Start(StartingPoint());
            Apply();
        }
    }

    /// <inheritdoc/>
    public override void AfterStep(long step)
    {
        if (!LookSchedule.IsDue(step, context.TotalSteps))
        {
            return;
        }

        var zeros = shares.Count();
        var stepSize = context.Options.Method.ThresholdsFollowStepSize ? context.Optimizer.StepSize : 0;
        var seen = new SparsityObservation((double)step / context.TotalSteps, shares.Share(zeros), stepSize);
        laws.Move(seen, [.. bounded.Select(index => (double)zeros[index] / shares.Sizes[index])]);
        Apply();
        trace.Note(new SparsityTracePoint(step, Lambda, seen.Share));
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, torch.Tensor> StateTensors() =>
        new Dictionary<string, torch.Tensor> { [MemoryName] = torch.tensor([.. laws.ToNumbers(), .. trace.ToNumbers()]) };

    /// <inheritdoc/>
    public override void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        if (!tensors.TryGetValue(MemoryName, out var memory) || memory.numel() < laws.Size)
        {
            throw new ArgumentException($"The controller's state lacks '{MemoryName}' of at least {laws.Size} numbers.", nameof(tensors));
        }

        using var inMemory = memory.cpu();
        var numbers = inMemory.data<double>().ToArray();
        laws.Restore(numbers);
        trace.Restore(numbers.Skip(laws.Size));
    }

    private bool HasLambda(string name) => RegularizerModule.FindStrength(context.Optimizer.Plan.Of(name)) is > 0;

    private double StartingPoint()
    {
        var byTime = context.Options.Method.PullsByStepSize ? StartByTime() : null;
        return isGrouped && byTime is { } start ? start : Math.Max(StartByGradient(), byTime ?? double.NegativeInfinity);
    }

    private double? StartByTime()
    {
        var steps = Math.Max(1, (long)(SparsityPath.Arrival * context.TotalSteps));
        var time = 0.0;
        for (var step = 1L; step <= steps; step++)
        {
            time += context.Options.Schedule.At(context.Options.InitialStepSize, context.TotalSteps, context.StepsPerEpoch, step).StepSize;
        }

        return StrengthByTime.LogFactor(
            options.Share,
            time,
            isGrouped ? StrengthByTime.HasteOfGroups : StrengthByTime.HasteOfWeights,
            shares.Parameters.Where(item => HasLambda(item.Name)).Select(item => (context.Optimizer.Plan.Of(item.Name), item.Parameter)));
    }

    // A zero is held against its gradient, or where lambda is in the unit of the parameter, against the weight itself.
    private double StartByGradient()
    {
        using var scope = torch.NewDisposeScope();
        var held = new List<(Regularizer Penalty, torch.Tensor Held)>();
        foreach (var (name, parameter) in shares.Parameters.Where(item => HasLambda(item.Name)))
        {
            if ((context.Options.Method.LambdaIsInUnitOfParameter ? parameter.detach() : parameter.grad) is { } tensor)
            {
                held.Add((context.Optimizer.Plan.Of(name), tensor));
            }
        }

        return held.Count == 0 ? 0 : StrengthByGradient.LogFactor(options.Share, held);
    }

    private void Apply()
    {
        context.Optimizer.StrengthFactor = Math.Exp(laws.LogFactor);
        for (var i = 0; i < bounded.Length; i++)
        {
            context.Optimizer.SetStrengthFactor(shares.Names[bounded[i]], Math.Exp(laws.LogFactorOf(i)));
        }
    }
}
