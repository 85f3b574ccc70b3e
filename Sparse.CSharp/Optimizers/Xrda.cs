using SparseHybrid.Optim;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Optimizers;

/// <summary>
/// Dual averaging with momentum and an adaptively weighted l1 penalty (xRDA): trained weights are exactly zero, at every
/// step, without any pruning afterwards. Usable in any training loop in place of another optimizer. Owns its state:
/// dispose it.
/// </summary>
/// <remarks>
/// Siegel, Chen, Zhang and Xu, Training Sparse Neural Networks using Compressed Sensing, arXiv:2008.09661. Give the
/// optimizer its parameters on the device where they are trained. A schedule sets <see cref="StepSize"/> and
/// <see cref="Averaging"/>, or both at once by <see cref="Follow"/>, before each step.
/// </remarks>
public sealed class Xrda : torch.optim.Optimizer
{
    private const string StepsName = "steps";

    private readonly List<Slot> slots = [];

    /// <summary>An optimizer for named parameters, all of whose state is made here.</summary>
    /// <param name="parameters">As <c>module.named_parameters()</c> gives them; names are unique. Borrowed.</param>
    /// <param name="options">Settings; null: the defaults.</param>
    /// <param name="policy">Which parameters the penalty applies to; null: <see cref="RegularizationPolicy.WeightsOnly"/>.</param>
    /// <exception cref="ArgumentException">A setting is out of range, a name is taken twice, or there are no parameters.</exception>
    public Xrda(IEnumerable<(string name, Parameter parameter)> parameters, XrdaOptions? options = null, RegularizationPolicy? policy = null)
        : base(IntPtr.Zero)
    {
        Options = options ?? new XrdaOptions();
        Options.Validate();
        Averaging = Options.Averaging;
        Policy = policy ?? RegularizationPolicy.WeightsOnly;
        var named = parameters.ToList();
        CheckNames(named.Select(item => item.name).ToList());
        _parameter_groups =
        [
            new ParamGroup
            {
                Parameters = named.Select(item => item.parameter).ToList(),
                Options = new OptimizerOptions { LearningRate = Options.StepSize, InitialLearningRate = Options.StepSize },
            },
        ];
        var penalty = Options.ToRegularizer();
        foreach (var (name, parameter) in named)
        {
            var regularizer = Policy.Covers(name, parameter) ? penalty : Regularizers.Zero();
            slots.Add(new Slot(name, parameter, regularizer, Keep(DualAveraging.Init(regularizer, parameter))));
        }
    }

    /// <summary>The settings it was made with.</summary>
    public XrdaOptions Options { get; }

    /// <summary>Which parameters the penalty applies to.</summary>
    public RegularizationPolicy Policy { get; }

    /// <summary>Step size of the next step, 0 or more; the same number as the learning rate of the parameter group.</summary>
    public double StepSize
    {
        get => _parameter_groups[0].LearningRate;
        set => _parameter_groups[0].LearningRate = value;
    }

    /// <summary>Averaging alpha of the next step, from 0 (proximal gradient) to 1 (dual averaging).</summary>
    public double Averaging { get; set; }

    /// <summary>Sets step size and averaging of the next step together.</summary>
    /// <param name="point">A point of a <see cref="Schedule"/>.</param>
    public void Follow(SchedulePoint point) => (StepSize, Averaging) = (point.StepSize, point.Averaging);

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => slots.Select(slot => slot.Parameter);

    /// <summary>Forgets all gradients: the next backward pass makes new ones, and a parameter that it does not reach has none.</summary>
    public override void zero_grad() => slots.ForEach(slot => slot.Parameter.grad = null);

    /// <summary>
    /// Takes a step with the gradients that the parameters hold; a parameter without gradient is left alone, and so is
    /// its state. The gradients are not changed.
    /// </summary>
    /// <param name="closure">Computes the loss and its gradients anew, if given.</param>
    /// <returns>What the closure returns, or null.</returns>
    public override torch.Tensor step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using var withGradient = torch.set_grad_enabled(true);
            loss = closure();
        }

        var hyper = new DualAveraging.Hyperparameters(StepSize, Options.MomentumTimeScale, Averaging, Options.WeightDecay);
        foreach (var slot in slots)
        {
            using var gradient = slot.Parameter.grad;
            if (gradient is not null)
            {
                slot.State = DualAveraging.StepInPlace(hyper, slot.Regularizer, gradient, slot.Parameter, slot.State);
            }
        }

        return loss!; // the API that this overrides was written before nullable annotations
    }

    /// <summary>Not possible: every parameter goes to the constructor, with its name.</summary>
    /// <param name="param_group">Refused.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void add_param_group(ParamGroup param_group) =>
        throw new NotSupportedException("Xrda keeps its state by name: give every parameter to the constructor.");

    /// <summary>
    /// The whole state by name, for a checkpoint: four tensors and a step count for each parameter. All but the counts are
    /// borrowed.
    /// </summary>
    public IReadOnlyDictionary<string, torch.Tensor> StateTensors()
    {
        var tensors = new Dictionary<string, torch.Tensor>();
        foreach (var slot in slots)
        {
            tensors.Add($"{slot.Name}.{StepsName}", torch.tensor(slot.State.Steps));
            foreach (var (name, tensor) in DualAveraging.ToTensors(slot.State))
            {
                tensors.Add($"{slot.Name}.{name}", tensor);
            }
        }

        return tensors;
    }

    /// <summary>Puts back what <see cref="StateTensors"/> gave.</summary>
    /// <param name="tensors">On any device. Neither changed nor disposed.</param>
    /// <exception cref="ArgumentException">A tensor is missing or does not fit its parameter; the state is then unchanged.</exception>
    public void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        var restored = new List<DualAveraging.State>();
        try
        {
            foreach (var slot in slots)
            {
                restored.Add(Keep(ReadState(slot, tensors)));
            }
        }
        catch
        {
            restored.ForEach(state => state.Dispose());
            throw;
        }

        foreach (var (slot, state) in slots.Zip(restored))
        {
            slot.State.Dispose();
            slot.State = state;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            slots.ForEach(slot => slot.State.Dispose());
            slots.Clear();
        }

        base.Dispose(disposing);
    }

    private static DualAveraging.State ReadState(Slot slot, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor Find(string name) => tensors.TryGetValue($"{slot.Name}.{name}", out var tensor)
            ? tensor
            : throw new ArgumentException($"The optimizer's state lacks '{slot.Name}.{name}'.", nameof(tensors));

        var copies = DualAveraging.ToTensors(slot.State).Keys.ToDictionary(name => name, name => Find(name).to(slot.Parameter.device, copy: true));
        var state = DualAveraging.OfTensors(slot.Regularizer, slot.Parameter, Find(StepsName).cpu().item<long>(), copies);
        scope.Detach(copies.Values);
        return state;
    }

    // A state outlives the dispose scope of whoever makes it.
    private static DualAveraging.State Keep(DualAveraging.State state)
    {
        foreach (var tensor in DualAveraging.ToTensors(state).Values)
        {
            tensor.DetachFromDisposeScope();
        }

        return state;
    }

    private static void CheckNames(List<string> names)
    {
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (names.Count == 0 || twice is not null)
        {
            var why = twice is null ? "There are none." : $"The name '{twice}' is taken twice.";
            throw new ArgumentException($"An optimizer needs parameters with unique names. {why}", "parameters");
        }
    }

    private sealed class Slot(string name, Parameter parameter, Regularizer regularizer, DualAveraging.State state)
    {
        public string Name { get; } = name;

        public Parameter Parameter { get; } = parameter;

        public Regularizer Regularizer { get; } = regularizer;

        public DualAveraging.State State { get; set; } = state;
    }
}
