using SparseHybrid.Optim;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Optimizers;

/// <summary>One parameter of a <see cref="SparseOptimizer"/> with its penalty and its state, which it owns.</summary>
internal sealed class SparseOptimizerSlot : IDisposable
{
    private const string StepsName = "steps";

    private readonly string name;
    private readonly Parameter parameter;
    private readonly Regularizer regularizer;
    private Regularizer scaled;
    private double strengthFactor = 1.0;
    private double ease = 1.0;
    private MethodState state;

    public SparseOptimizerSlot(string name, Parameter parameter, Method method, Regularizer regularizer)
    {
        (this.name, this.parameter, this.regularizer, scaled) = (name, parameter, regularizer, regularizer);
        state = Keep(MethodModule.Init(method, regularizer, parameter));
    }

    public Parameter Parameter => parameter;

    public double StrengthFactor
    {
        get => strengthFactor;
        set
        {
            if (value != strengthFactor)
            {
                Scale(value, ease);
            }
        }
    }

    /// <summary>A further factor of lambda, for a layer that has died.</summary>
    public double Ease
    {
        get => ease;
        set => Scale(strengthFactor, value);
    }

    public void Step(Method method, SchedulePoint point)
    {
        using var gradient = parameter.grad;
        if (gradient is not null)
        {
            state = MethodModule.StepInPlace(method, point, scaled, gradient, parameter, state);
        }
    }

    public torch.Tensor Model(Method method)
    {
        using var model = MethodModule.Model(method, scaled, parameter, state);
        using var detached = model.detach();
        return detached.clone();
    }

    public void Restart(Method method) => Replace(Keep(MethodModule.Init(method, regularizer, parameter)));

    public void RestartStage(Method method) => Replace(Keep(MethodModule.Restart(method, regularizer, parameter, state)));


    public void ClearState(torch.Tensor where)
    {
        // What is kept per group has its own shape, unless groups are single entries.
        foreach (var tensor in state.Tensors.Values.Where(tensor => tensor.shape.SequenceEqual(where.shape)))
        {
            tensor.masked_fill_(where, 0);
        }
    }

    public void AddState(Dictionary<string, torch.Tensor> tensors)
    {
        tensors.Add($"{name}.{StepsName}", torch.tensor(state.Steps));
        foreach (var (kept, tensor) in state.Tensors)
        {
            tensors.Add($"{name}.{kept}", tensor);
        }
    }

    public MethodState ReadState(Method method, IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor Find(string kept) => tensors.TryGetValue($"{name}.{kept}", out var tensor)
            ? tensor
            : throw new ArgumentException($"The optimizer's state lacks '{name}.{kept}'.", nameof(tensors));

        var copies = state.Tensors.Keys.ToDictionary(kept => kept, kept => Find(kept).to(parameter.device, copy: true));
        var read = MethodModule.OfTensors(method, regularizer, parameter, Find(StepsName).cpu().item<long>(), copies);
        scope.Detach(copies.Values);
        return read;
    }

    public void Replace(MethodState next)
    {
        state.Dispose();
        state = next;
    }

    public void Dispose() => state.Dispose();

    private void Scale(double factor, double easing)
    {
        scaled = factor * easing == 1.0 ? regularizer : RegularizerModule.ScaleStrength(factor * easing, regularizer);
        (strengthFactor, ease) = (factor, easing);
    }

    // A state outlives the dispose scope of whoever makes it.
    private static MethodState Keep(MethodState state) => MethodStateModule.DetachFromDisposeScope(state);
}
