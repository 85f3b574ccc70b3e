using TorchSharp;
using TorchSharp.Modules;

namespace SparseHybrid.Training;

/// <summary>Shortens the gradient where it is too long.</summary>
internal static class GradientClipping
{
    /// <summary>
    /// Multiplies all gradients by limit / norm where their common Euclidean norm is above the limit; the direction stays. The norm
    /// stays on the device, so that the host does not wait.
    /// </summary>
    /// <param name="parameters">Those without gradient are left out.</param>
    /// <param name="limit">Above 0, in the unit of a gradient entry.</param>
    public static void Clip(IEnumerable<Parameter> parameters, double limit)
    {
        using var withoutGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var gradients = parameters.Select(parameter => parameter.grad).OfType<torch.Tensor>().ToList();
        if (gradients.Count == 0)
        {
            return;
        }

        var norm = torch.stack(gradients.Select(gradient => gradient.norm())).norm();
        var share = (norm + Tiny).reciprocal().mul(limit).clamp_max(1.0);
        gradients.ForEach(gradient => gradient.mul_(share));
    }

    // A gradient of 0 stays 0 instead of becoming 0/0.
    private const float Tiny = 1e-30f;
}
