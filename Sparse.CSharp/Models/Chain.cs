using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>Modules one after the other inside the forward pass of another.</summary>
internal static class Chain
{
    /// <summary>What the last module gives. Each intermediate result is disposed as soon as the next module has used it.</summary>
    /// <param name="input">Neither changed nor disposed, as long as the first module does not work in place.</param>
    /// <param name="modules">At least one.</param>
    public static torch.Tensor Call(torch.Tensor input, params ReadOnlySpan<Module<torch.Tensor, torch.Tensor>> modules)
    {
        var current = modules[0].call(input);
        foreach (var module in modules[1..])
        {
            using var previous = current;
            current = module.call(previous);
        }

        return current;
    }
}
