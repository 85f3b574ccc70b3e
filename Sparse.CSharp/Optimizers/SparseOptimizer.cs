using SparseHybrid.Methods;
using SparseHybrid.Optim;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Optimizers;

/// <summary>
/// Any method of Optim.FSharp as an optimizer over named parameters, each with its own penalty. With xRDA trained weights are
/// exactly zero, at every step, without any pruning afterwards. Usable in any training loop in place of another optimizer. Owns
/// its state: dispose it.
/// </summary>
/// <remarks>
/// Give the optimizer its parameters on the device where they are trained. A schedule sets <see cref="StepSize"/> and
/// <see cref="Averaging"/>, or both at once by <see cref="Follow"/>, before each step.
/// </remarks>
public sealed class SparseOptimizer : torch.optim.Optimizer, IStateOwner
{
    private const string FactorsName = "strengthFactors";

    private readonly Dictionary<string, SparseOptimizerSlot> slots = [];
    private Method method;

    /// <summary>An optimizer for named parameters, all of whose state is made here.</summary>
    /// <param name="parameters">As <c>module.named_parameters()</c> gives them; names are unique. Borrowed.</param>
    /// <param name="options">The method and its settings; null: xRDA with its defaults.</param>
    /// <param name="regularizer">The penalty of every parameter that is regularised; null: adaptive l1 with lambda 1e-6.</param>
    /// <param name="groups">Parameters with a penalty of their own; null: none.</param>
    /// <param name="policy">Which parameters the penalty applies to; null: <see cref="RegularizationPolicy.WeightsOnly"/>.</param>
    /// <param name="stepSize">Step size of the first step, above 0; null: the method's default.</param>
    /// <exception cref="ArgumentException">
    /// A setting is out of range, a name is taken twice, there are no parameters, or the method has no proximal operator for a
    /// penalty.
    /// </exception>
    public SparseOptimizer(
        IEnumerable<(string name, Parameter parameter)> parameters,
        MethodOptions? options = null,
        Regularizer? regularizer = null,
        IReadOnlyList<ParameterGroup>? groups = null,
        RegularizationPolicy? policy = null,
        double? stepSize = null)
        : base(IntPtr.Zero)
    {
        Options = options ?? new XrdaOptions();
        Options.Validate();
        var firstStepSize = stepSize ?? Options.DefaultStepSize;
        SettingProblem.ThrowIfAny([SettingProblem.UnlessPositive(nameof(StepSize), firstStepSize)], "The optimizer's settings are out of range");
        method = Options.CreateMethod();
        var named = parameters.ToList();
        CheckNames(named.Select(item => item.name).ToList());
        Plan = new RegularizationPlan(named, regularizer ?? DefaultRegularizer, groups, policy);
        _parameter_groups =
        [
            new ParamGroup
            {
                Parameters = named.Select(item => item.parameter).ToList(),
                Options = new OptimizerOptions { LearningRate = firstStepSize, InitialLearningRate = firstStepSize },
            },
        ];
        try
        {
            foreach (var (name, parameter) in named)
            {
                slots.Add(name, new SparseOptimizerSlot(name, parameter, method, Options.HasPenalty ? Plan.Of(name) : Regularizers.Zero()));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The penalty when none is given: adaptive l1 on single weights as published, lambda 1e-6, M 500, time scale 9.5.</summary>
    public static Regularizer DefaultRegularizer { get; } = Regularizers.AdaptiveL1(1e-6, 500, 9.5, Grouping.Element);

    /// <summary>The method and its settings.</summary>
    public MethodOptions Options { get; }

    /// <summary>Which penalty each parameter has.</summary>
    public RegularizationPlan Plan { get; }

    /// <summary>Step size of the next step, 0 or more; the same number as the learning rate of the parameter group.</summary>
    public double StepSize
    {
        get => _parameter_groups[0].LearningRate;
        set => _parameter_groups[0].LearningRate = value;
    }

    /// <summary>Averaging alpha of the next step, from 0 (proximal gradient) to 1 (dual averaging); methods without averaging do not read it.</summary>
    public double Averaging { get; set; }

    /// <summary>
    /// What lambda is multiplied with from the next step on, 0 or more; a controller moves it. Part of the state. Reading gives
    /// the factor of the first parameter; setting sets that of every parameter.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or not a number.</exception>
    public double StrengthFactor
    {
        get => slots.Values.First().StrengthFactor;
        set
        {
            foreach (var slot in slots.Values)
            {
                slot.StrengthFactor = value;
            }
        }
    }

    /// <summary>Sets step size and averaging of the next step together.</summary>
    /// <param name="point">A point of a <see cref="Schedule"/>.</param>
    public void Follow(SchedulePoint point) => (StepSize, Averaging) = (point.StepSize, point.Averaging);

    /// <summary>What lambda of one parameter is multiplied with.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public double StrengthFactorOf(string name) => SlotOf(name).StrengthFactor;

    /// <summary>Sets what lambda of one parameter is multiplied with, from the next step on. Part of the state.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="factor">Finite, 0 or more.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or the factor is out of range.</exception>
    public void SetStrengthFactor(string name, double factor) => SlotOf(name).StrengthFactor = factor;

    /// <summary>Multiplies lambda of one parameter for good, beside what a controller does. Part of the state.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="factor">Finite, 0 or more.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or the factor is out of range.</exception>
    public void Ease(string name, double factor) => SlotOf(name).Ease *= factor;

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => slots.Values.Select(slot => slot.Parameter);

    /// <summary>Forgets all gradients: the next backward pass makes new ones, and a parameter that it does not reach has none.</summary>
    public override void zero_grad()
    {
        foreach (var slot in slots.Values)
        {
            slot.Parameter.grad = null;
        }
    }

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

        var point = new SchedulePoint(StepSize, Averaging);
        foreach (var slot in slots.Values)
        {
            slot.Step(method, point);
        }

        return loss!; // the API that this overrides was written before nullable annotations
    }

    /// <summary>
    /// The parameters to evaluate and ship, by name: the ones with the exact zeros. For most methods they equal the parameters
    /// themselves; see <see cref="MethodOptions.ParameterIsModel"/>. The caller owns the tensors.
    /// </summary>
    public IReadOnlyDictionary<string, torch.Tensor> ModelWeights() => slots.ToDictionary(item => item.Key, item => item.Value.Model(method));

    /// <summary>Forgets all state but the strength factors, as if training began at the present parameters: for rewinding.</summary>
    public void Restart()
    {
        foreach (var slot in slots.Values)
        {
            slot.Restart(method);
        }
    }

    /// <summary>Forgets what is kept of some entries of a parameter, those that are pruned: the state's tensors become zero there.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="where">Booleans of the parameter's shape. Neither changed nor disposed.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    public void ClearState(string name, torch.Tensor where) => SlotOf(name).ClearState(where);

    /// <summary>Begins a stage of a schedule: a fresh start that keeps the running averages of adaptive weights.</summary>
    /// <param name="stageShare">Step size of the stage over that of the first, above 0 and at most 1.</param>
    public void BeginStage(double stageShare)
    {
        UseStage(stageShare);
        foreach (var slot in slots.Values)
        {
            slot.RestartStage(method);
        }
    }

    /// <summary>Takes the method's settings of a stage, without a fresh start: for a state that was restored within it.</summary>
    /// <param name="stageShare">Step size of the stage over that of the first, above 0 and at most 1.</param>
    internal void UseStage(double stageShare) => method = Options.CreateMethod(stageShare);

    /// <summary>Not possible: every parameter goes to the constructor, with its name.</summary>
    /// <param name="param_group">Refused.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void add_param_group(ParamGroup param_group) =>
        throw new NotSupportedException("A sparse optimizer keeps its state by name: give every parameter to the constructor.");

    /// <summary>
    /// The whole state by name, for a checkpoint: for each parameter the method's tensors and a step count, and the strength
    /// factors. The method's tensors are borrowed.
    /// </summary>
    public IReadOnlyDictionary<string, torch.Tensor> StateTensors()
    {
        var factors = torch.tensor(slots.Values.SelectMany(slot => new[] { slot.StrengthFactor, slot.Ease }).ToArray());
        var tensors = new Dictionary<string, torch.Tensor> { [FactorsName] = factors };
        foreach (var slot in slots.Values)
        {
            slot.AddState(tensors);
        }

        return tensors;
    }

    /// <summary>Puts back what <see cref="StateTensors"/> gave.</summary>
    /// <param name="tensors">On any device. Neither changed nor disposed.</param>
    /// <exception cref="ArgumentException">A tensor is missing or does not fit its parameter; the state is then unchanged.</exception>
    public void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        var factors = ReadFactors(tensors);
        var restored = new List<MethodState>();
        try
        {
            foreach (var slot in slots.Values)
            {
                restored.Add(slot.ReadState(method, tensors));
            }
        }
        catch
        {
            restored.ForEach(state => state.Dispose());
            throw;
        }

        foreach (var (slot, state, factor) in slots.Values.Zip(restored, factors.Chunk(2)))
        {
            slot.Replace(state);
            (slot.StrengthFactor, slot.Ease) = (factor[0], factor[1]);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var slot in slots.Values)
            {
                slot.Dispose();
            }

            slots.Clear();
        }

        base.Dispose(disposing);
    }

    private SparseOptimizerSlot SlotOf(string name) =>
        slots.TryGetValue(name, out var slot) ? slot : throw new ArgumentException($"The optimizer has no parameter '{name}'.", nameof(name));

    private double[] ReadFactors(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        if (!tensors.TryGetValue(FactorsName, out var factors) || factors.numel() != 2 * slots.Count)
        {
            throw new ArgumentException($"The optimizer's state lacks '{FactorsName}' for {slots.Count} parameters.", nameof(tensors));
        }

        using var inMemory = factors.cpu();
        return inMemory.data<double>().ToArray();
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
}
