using SparseHybrid.Data;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Runs;
using SparseHybrid.Sparsifiers;
using SparseHybrid.TargetSparsity;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Training;

/// <summary>One sitting of a run: epochs, steps, evaluation, checkpoints. Owns its optimizer: dispose it.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly Module<torch.Tensor, torch.Tensor> model;
    private readonly TrainingSetup setup;
    private readonly BatchSources sources;
    private readonly IBatchSource training;
    private readonly SparseOptimizer optimizer;
    private readonly IReadOnlyList<Sparsifier> sparsifiers;
    private readonly IReadOnlyList<(string Prefix, IStateOwner Owner)> stateOwners;
    private readonly RegularizationPolicy policy;
    private readonly WeightAverage? average;
    private readonly TrainedWeights trained;
    private readonly DeadLayers deadLayers;
    private readonly EpochLosses losses;
    private readonly NonFiniteSearch search;
    private readonly ProgressReporter progress;
    private readonly CheckpointTiming timing;
    private readonly Stopwatch stopwatch;
    private readonly List<EpochSummary> epochs = [];
    private long step;
    private int epoch;
    private int batch;
    private StopReason? stopped;
    private string? lastCheckpoint;

    public TrainingLoop(
        Module<torch.Tensor, torch.Tensor> model,
        TrainingSetup setup,
        BatchSources sources,
        IProgress<TrainingProgress>? progress)
    {
        this.model = model;
        this.setup = setup;
        this.sources = sources;
        training = sources.Training;
        stopwatch = new Stopwatch(setup.Clock);
        timing = new CheckpointTiming(setup.Options, setup.Clock);
        this.progress = new ProgressReporter(progress, setup.Clock);
        optimizer = new SparseOptimizer(
            model.named_parameters(),
            Options.Method,
            Options.Method.Penalty(Options.Regularizer),
            Options.Groups,
            setup.Policy,
            Options.InitialStepSize);
        policy = optimizer.Plan.Policy;
        CheckRegularised();
        sparsifiers = CreateSparsifiers();
        average = Options.WeightAveraging is { } averaging ? new WeightAverage(averaging, model) : null;
        trained = new TrainedWeights(model, optimizer, average);
        deadLayers = new DeadLayers(model, optimizer, Options);
        stateOwners =
        [
            ("optimizer.", optimizer),
            .. sparsifiers.Select((owner, index) => ($"sparsifier{index}.", (IStateOwner)owner)),
            .. new[] { average }.OfType<IStateOwner>().Select(owner => ("average.", owner)),
        ];
        search = new NonFiniteSearch(model);
        losses = new EpochLosses(training.BatchesPerEpoch, Options.Device.Open());
    }

    private SparseTrainerOptions Options => setup.Options;

    private long TotalSteps => (long)Options.Epochs * training.BatchesPerEpoch;

    public void Restore(Checkpoint checkpoint)
    {
        // The state is that of the stage in which the last step was taken.
        optimizer.UseStage(StageShare(Math.Max(1, checkpoint.Position.Step)));
        CheckpointContents.Restore(checkpoint, Options, model, stateOwners, losses);
        (step, epoch, batch) = (checkpoint.Position.Step, checkpoint.Position.Epoch, checkpoint.Position.Batch);
        stopped = checkpoint.Position.Stopped;
        epochs.AddRange(checkpoint.Position.Epochs);
        stopwatch.AddEarlier(checkpoint.Position.ElapsedSeconds, checkpoint.Position.ProcessorSeconds);
        setup.Run?.WriteMetrics(epochs); // a killed process may have written a line too few, or more than this checkpoint knows of
    }

    public TrainingReport Run(CancellationToken cancellationToken)
    {
        Announce(callback => callback.OnFitStart(Options));
        if (step == 0)
        {
            SaveCheckpoint(); // so that a run can be resumed at any moment, and a disk too small for it is found at once
        }

        while (epoch < Options.Epochs && stopped is null)
        {
            TrainEpoch(cancellationToken);
            var summary = FinishEpoch();
            // Every callback hears of every epoch, also when an earlier one asked to stop.
            if (setup.Callbacks.Count(callback => !callback.OnEpochEnd(summary)) > 0)
            {
                stopped = StopReason.CallbackAsked;
            }
            else if (epoch < Options.Epochs && Options.EarlyStop is { } stop && stop.IsDue(epochs))
            {
                stopped = StopReason.NoMoreGain;
            }

            if (stopped is not null)
            {
                SaveCheckpoint(); // resumed from it, the run ends here as well
            }
        }

        trained.PutInPlace();

        var report = Report(stopped ?? StopReason.EpochsDone);
        Announce(callback => callback.OnFitEnd(report));
        return report;
    }

    public void Dispose()
    {
        foreach (var sparsifier in sparsifiers)
        {
            sparsifier.Dispose();
        }

        average?.Dispose();
        optimizer.Dispose();
        losses.Dispose();
    }

    private void TrainEpoch(CancellationToken cancellationToken)
    {
        model.train();
        using var batches = training.OpenEpoch(epoch);
        while (batch < training.BatchesPerEpoch)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                SaveCheckpoint();
                throw new OperationCanceledException($"Training was stopped after step {step} of {TotalSteps}.", cancellationToken);
            }

            TakeStep(batches);
            progress.ReportIfDue(Progress);
            if (batch < training.BatchesPerEpoch && setup.Run is not null && timing.IsDueAfterStep(step))
            {
                CheckFinite();
                SaveCheckpoint();
            }
        }
    }

    private void TakeStep(IEpochBatches batches)
    {
        using var scope = torch.NewDisposeScope();
        var current = batches.Read(batch);
        model.zero_grad();
        var loss = functional.cross_entropy(model.call(current.Inputs), current.Labels, label_smoothing: Options.LabelSmoothing);
        loss.backward();
        losses.Record(batch, loss);
        if (losses.IsReadingFree && search.AfterBackward(loss, current) is { } finding)
        {
            StopAsNonFinite(finding, step + 1);
        }

        if (Options.GradientClipNorm is { } limit)
        {
            GradientClipping.Clip(optimizer.parameters(), limit);
        }

        MoveParameters(step + 1);
        step++;
        batch++;
    }

    // With gradients in place: the schedule, the optimizer's step, and whatever surrounds it.
    private void MoveParameters(long next)
    {
        if (Options.Method.RestartsAtStages && next > 1 && StageShare(next) is var share && share != StageShare(next - 1))
        {
            optimizer.BeginStage(share);
        }

        var (scheduleStep, length) = SchedulePosition(next);
        optimizer.Follow(Options.Schedule.At(Options.InitialStepSize, length, training.BatchesPerEpoch, scheduleStep));
        foreach (var sparsifier in sparsifiers)
        {
            sparsifier.BeforeStep(next);
        }

        optimizer.step();
        foreach (var sparsifier in sparsifiers)
        {
            sparsifier.AfterStep(next);
        }

        average?.Follow(next);
    }

    private (long Step, long TotalSteps) SchedulePosition(long next) =>
        sparsifiers.Count == 0 ? (next, TotalSteps) : sparsifiers[0].SchedulePosition(next, TotalSteps);

    private SparsityController? Controller => sparsifiers.OfType<SparsityController>().FirstOrDefault();

    private double StageShare(long next) => Options.Schedule.StageShare(training.BatchesPerEpoch, SchedulePosition(next).Step);

    // A pruning method ends with the share asked for by itself; for the others a controller moves lambda.
    private Sparsifier[] CreateSparsifiers()
    {
        var context = new SparsifierContext(model, optimizer, Options, TotalSteps, training.BatchesPerEpoch);
        var ofMethod = Options.Method.CreateSparsifier(context);
        var controller = Options.Method.PrunesToTarget ? null : Options.TargetSparsity?.CreateController(context);
        return [.. new[] { ofMethod, controller }.OfType<Sparsifier>()];
    }

    private EpochSummary FinishEpoch()
    {
        CheckFinite();
        epoch++;
        batch = 0;
        var dead = deadLayers.Find();
        var (evaluation, validation, count, layers) = Judge();
        var summary = new EpochSummary
        {
            Epoch = epoch,
            Step = step,
            TrainLoss = losses.Mean(training.BatchesPerEpoch),
            TestLoss = evaluation?.Loss,
            TestAccuracy = evaluation?.Accuracy,
            ValidationLoss = validation?.Loss,
            ValidationAccuracy = validation?.Accuracy,
            Sparsity = count.Sparsity,
            Nonzeros = count.Nonzeros,
            StepSize = optimizer.StepSize,
            Averaging = optimizer.Averaging,
            Strength = Strength,
            DeadLayers = dead,
            Layers = layers,
            Control = Controller?.TraceOf(epoch - 1),
            Seconds = stopwatch.Elapsed.TotalSeconds,
        };
        epochs.Add(summary);
        deadLayers.Act(dead, epoch);
        if (epoch == Options.Epochs || timing.IsDueAfterEpoch())
        {
            SaveCheckpoint();
        }

        setup.Run?.WriteMetrics(epochs);
        progress.Report(Progress() with { Epoch = epoch, Batch = training.BatchesPerEpoch, TrainLoss = summary.TrainLoss });
        return summary;
    }

    // The epoch that has ended, with the weights that would be saved.
    private (Evaluation? Test, Evaluation? Validation, SparsityCount Count, IReadOnlyList<LayerZeros> Layers) Judge()
    {
        using var weights = trained.InPlaceForAWhile();
        var isDue = epoch % Options.EvaluateEvery == 0 || epoch == Options.Epochs;
        return (
            isDue ? Evaluation.Of(model, sources.Test) : null,
            isDue && sources.Validation is { } heldOut ? Evaluation.Of(model, heldOut) : null,
            SparsityCount.Of(model, policy),
            LayerZeros.Of(model, policy));
    }

    // Where reading a loss would make the host wait for the device, those of an epoch so far are looked at together. And a
    // step may have overflowed a parameter without a further batch to show it.
    private void CheckFinite()
    {
        var wrong = losses.FirstNonFinite(batch);
        var finding = search.InParameters();
        if (wrong is not null || finding is not null)
        {
            var atStep = wrong is { } index ? step - batch + index + 1 : step;
            StopAsNonFinite(finding ?? new NonFiniteSearch.Finding("loss", "The loss is not finite."), atStep);
        }
    }

    private void StopAsNonFinite(NonFiniteSearch.Finding finding, long atStep)
    {
        // Only a state without a trace of the fault is worth keeping.
        if (atStep == step + 1 && search.InParameters() is null)
        {
            SaveCheckpoint();
        }

        throw new NonFiniteException(
            finding.Layer,
            atStep,
            what: $"Training stopped at step {atStep}, in the layer '{finding.Layer}'.",
            why: finding.What,
            fix: $"Use a smaller step size (it is {Options.InitialStepSize}), and check the data for values that are not numbers."
                + (lastCheckpoint is null ? "" : $" The last good checkpoint is '{lastCheckpoint}'."));
    }

    private void SaveCheckpoint()
    {
        if (setup.Run is null)
        {
            return;
        }

        timing.Save(() =>
        {
            using var scope = torch.NewDisposeScope();
            var position = new TrainingPosition(step, epoch, batch, stopwatch.Elapsed.TotalSeconds, [.. epochs], stopped, stopwatch.ProcessorSeconds);
            var checkpoint = new Checkpoint(position, Options, CheckpointContents.Collect(model, stateOwners, losses));
            lastCheckpoint = setup.Run.Checkpoints.Save(checkpoint, Options.KeptCheckpoints);
        });
        Announce(callback => callback.OnCheckpointSaved(lastCheckpoint!));
    }

    private TrainingProgress Progress()
    {
        var elapsed = stopwatch.Elapsed;
        var done = (double)step / TotalSteps;
        return new TrainingProgress
        {
            Epoch = epoch + 1,
            Epochs = Options.Epochs,
            Batch = batch,
            BatchesPerEpoch = training.BatchesPerEpoch,
            TrainLoss = losses.Mean(Math.Max(batch, 1)),
            TestAccuracy = epochs.LastOrDefault(summary => summary.TestAccuracy is not null)?.TestAccuracy,
            Sparsity = PresentSparsity(),
            Strength = Controller?.Lambda,
            Elapsed = elapsed,
            Remaining = done > 0 ? elapsed * ((1 - done) / done) : TimeSpan.Zero,
        };
    }

    private TrainingReport Report(StopReason reason)
    {
        var last = epochs[^1];
        var test = last is { TestAccuracy: { } accuracy, TestLoss: { } loss } ? (Accuracy: accuracy, Loss: loss) : Judged();
        var count = SparsityCount.Of(model, policy);
        return new TrainingReport
        {
            StopReason = reason,
            StopExplanation = reason switch
            {
                StopReason.EpochsDone => $"All {Options.Epochs} epochs are done.",
                StopReason.CallbackAsked => $"A callback asked to stop after epoch {last.Epoch} of {Options.Epochs}.",
                _ => $"No gain in {Options.EarlyStop!.Patience} epochs: stopped after epoch {last.Epoch} of {Options.Epochs}.",
            },
            Epochs = last.Epoch,
            Seed = Options.Seed,
            TestAccuracy = test.Accuracy,
            TestLoss = test.Loss,
            TrainLoss = last.TrainLoss,
            Sparsity = count.Sparsity,
            RegularisedWeights = count.RegularisedWeights,
            Nonzeros = count.Nonzeros,
            Parameters = count.Parameters,
            TargetSparsity = Options.TargetSparsity is { } target
                ? SparsityVerdict.Of(target, new ZeroShares(model, optimizer), Controller?.Lambda, isWhole: last.Epoch == Options.Epochs)
                : null,
            Seconds = last.Seconds,
            ProcessorSeconds = stopwatch.ProcessorSeconds,
        };
    }

    // The last epoch may not have been due for an evaluation.
    private (double Accuracy, double Loss) Judged()
    {
        var evaluation = Evaluation.Of(model, sources.Test);
        return (evaluation.Accuracy, evaluation.Loss);
    }

    private double Strength => Options.Method.HasPenalty ? Controller?.Lambda ?? Options.Strength : 0;

    // Where the parameters are not the model, making the model for each report would cost too much.
    private double PresentSparsity() =>
        Options.Method.ParameterIsModel || epochs.Count == 0 ? SparsityCount.Of(model, policy).Sparsity : epochs[^1].Sparsity;

    private void CheckRegularised()
    {
        var makesZeros = Options.Method.PrunesToTarget || (Options.Method.HasPenalty && (Options.Strength > 0 || Options.TargetSparsity is not null));
        var parameters = model.named_parameters().ToList();
        if (makesZeros && !parameters.Any(item => policy.Covers(item.Item1, item.Item2)))
        {
            var found = string.Join(", ", parameters.Select(item => $"{item.Item1} [{string.Join(", ", item.Item2.shape)}]"));
            throw new ArgumentException(
                $"The network has no weight that can be regularised: the policy is '{policy.Name}', the parameters are {found}. "
                + "Add a group that names the ones to regularise, with the policy 'all', or set lambda to 0.");
        }
    }

    private void Announce(Action<ITrainerCallback> moment)
    {
        foreach (var callback in setup.Callbacks)
        {
            moment(callback);
        }
    }
}
