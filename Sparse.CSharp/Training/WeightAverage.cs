using SparseHybrid.Optimizers;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Training;

/// <summary>The exponential moving average of a network's parameters. Owns a tensor like each of them: dispose it.</summary>
internal sealed class WeightAverage : IStateOwner, IDisposable
{
    private readonly WeightAveragingOptions options;
    private readonly List<(string Name, Parameter Parameter, torch.Tensor Average)> entries = [];

    public WeightAverage(WeightAveragingOptions options, torch.nn.Module model)
    {
        this.options = options;
        using var withoutGradient = torch.no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            entries.Add((name, parameter, parameter.clone().DetachFromDisposeScope()));
        }
    }

    /// <summary>Takes in the parameters after a step, counted from 1.</summary>
    public void Follow(long step)
    {
        var kept = Math.Min(options.Kept, (1.0 + step) / (10.0 + step));
        using var withoutGradient = torch.no_grad();
        foreach (var (_, parameter, average) in entries)
        {
            average.mul_(kept).add_(parameter, 1.0 - kept);
        }
    }

    /// <summary>The averages, by name. Borrowed.</summary>
    public IReadOnlyDictionary<string, torch.Tensor> StateTensors() => entries.ToDictionary(entry => entry.Name, entry => entry.Average);

    public void RestoreState(IReadOnlyDictionary<string, torch.Tensor> tensors)
    {
        using var withoutGradient = torch.no_grad();
        foreach (var (name, _, average) in entries)
        {
            average.copy_(tensors.TryGetValue(name, out var saved) ? saved : throw new ArgumentException($"The average of '{name}' is missing.", nameof(tensors)));
        }
    }

    public void Dispose() => entries.ForEach(entry => entry.Average.Dispose());
}
