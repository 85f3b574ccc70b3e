using SparseHybrid.Optimizers;
using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Training;

/// <summary>
/// The weights to judge and to ship, put in the place of those under training: the model of a method whose iterates are
/// mixtures, and the moving average where one is kept.
/// </summary>
internal sealed class TrainedWeights(torch.nn.Module model, SparseOptimizer optimizer, WeightAverage? average)
{
    private readonly (string Name, Parameter Parameter)[] parameters = [.. model.named_parameters()];

    /// <summary>Whether they differ from the weights under training.</summary>
    private bool AreOthers => average is not null || !optimizer.Options.ParameterIsModel;

    /// <summary>Puts them in place until the result is disposed.</summary>
    public IDisposable? InPlaceForAWhile()
    {
        if (!AreOthers)
        {
            return null;
        }

        using var withoutGradient = torch.no_grad();
        var restore = new Restore([.. parameters.Select(item => (item.Parameter, item.Parameter.clone().DetachFromDisposeScope()))]);
        PutInPlace();
        return restore;
    }

    /// <summary>Puts them in place for good; training cannot go on afterwards.</summary>
    public void PutInPlace()
    {
        if (!AreOthers)
        {
            return;
        }

        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var weights = optimizer.ModelWeights();
        var averages = average?.StateTensors();
        foreach (var (name, parameter) in parameters)
        {
            // An average of values that are zero at times is not zero: the zeros are those of the present model.
            var weight = averages is null ? weights[name] : averages[name].masked_fill(weights[name].eq(0), 0);
            parameter.copy_(weight);
        }

        foreach (var weight in weights.Values)
        {
            weight.Dispose();
        }
    }

    private sealed class Restore((Parameter Parameter, torch.Tensor Saved)[] saved) : IDisposable
    {
        public void Dispose()
        {
            using var withoutGradient = torch.no_grad();
            foreach (var (parameter, tensor) in saved)
            {
                parameter.copy_(tensor);
                tensor.Dispose();
            }
        }
    }
}
