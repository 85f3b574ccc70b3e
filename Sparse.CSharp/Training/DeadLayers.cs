using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using TorchSharp;

namespace SparseHybrid.Training;

/// <summary>Finds layers that have only zeros left, and does what the policy says.</summary>
internal sealed class DeadLayers(torch.nn.Module model, SparseOptimizer optimizer, SparseTrainerOptions options)
{
    private const double EaseTo = 0.1;

    /// <summary>Names of the regularised tensors without a weight that is not zero. Waits for the device.</summary>
    public IReadOnlyList<string> Find() =>
        options.DeadLayers == DeadLayerPolicy.Ignore
            ? []
            : [.. model.named_parameters()
                .Where(item => optimizer.Plan.Policy.Covers(item.Item1, item.Item2) && Sparsity.ZeroFraction(item.Item2) == 1)
                .Select(item => item.Item1)];

    /// <summary>Eases lambda of dead layers, or stops.</summary>
    /// <param name="dead">What <see cref="Find"/> found.</param>
    /// <param name="epoch">The epoch that has ended, counted from 1.</param>
    /// <exception cref="DeadLayerException">There are dead layers and the policy is to stop.</exception>
    public void Act(IReadOnlyList<string> dead, int epoch)
    {
        if (dead.Count > 0 && options.DeadLayers == DeadLayerPolicy.Stop)
        {
            throw new DeadLayerException(
                dead,
                epoch,
                what: $"Training stopped after epoch {epoch}: no weight is left in {string.Join(", ", dead)}.",
                why: $"The penalty is too strong for {(dead.Count == 1 ? "this layer" : "these layers")} (lambda {options.Strength}).",
                fix: "Use a smaller lambda, a group with a lambda of its own for the layer, or another policy for dead layers (warn, ease, ignore).");
        }

        if (options.DeadLayers == DeadLayerPolicy.Ease)
        {
            foreach (var name in dead)
            {
                optimizer.Ease(name, EaseTo);
            }
        }
    }
}
