using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Models;

/// <summary>Normal weights whose variance keeps that of the signal through ReLU: 2 / fan.</summary>
/// <remarks>He, Zhang, Ren and Sun, Delving Deep into Rectifiers, arXiv:1502.01852, equations 10 and 14.</remarks>
internal static class HeInitialization
{
    /// <summary>Every convolution of the network; biases become 0.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="fan">Inputs of an output (keeps the signal), or outputs of an input (keeps the gradient).</param>
    public static void OfConvolutions(Module model, init.FanInOut fan)
    {
        foreach (var convolution in model.modules().OfType<Conv2d>())
        {
            init.kaiming_normal_(convolution.weight, mode: fan, nonlinearity: init.NonlinearityType.ReLU);
            if (convolution.bias is { } bias)
            {
                init.zeros_(bias);
            }
        }
    }
}
