using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.optim;

/// <summary>x^2 + 3 y^2, the function on which optimizers are compared with PyTorch.</summary>
internal static class Bowl
{
    internal static Tensor Loss(Parameter parameter) => (parameter.square() * Vector(1, 3)).sum();

    /// <summary>Puts the gradient at the present point in place of the last one.</summary>
    internal static void Backward(Parameter parameter)
    {
        parameter.grad = null;
        Loss(parameter).backward();
    }

    /// <summary>Steps from (1, -2) and compares each point on the way.</summary>
    internal static void AssertPath(Func<IEnumerable<Parameter>, torch.optim.Optimizer> create, params double[][] points)
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using torch.optim.Optimizer optimizer = create([parameter]);
        foreach (double[] point in points)
        {
            optimizer.zero_grad();
            Loss(parameter).backward();
            optimizer.step();
            AssertClose(point, parameter, 1e-12);
        }
    }
}
