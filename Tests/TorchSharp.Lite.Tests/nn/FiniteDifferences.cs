using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn;

/// <summary>Compares the gradients of autograd with central differences, entry by entry, in float64.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    /// <summary>Checks d loss / d variable for every variable; the loss is a function of their present values.</summary>
    internal static void AssertGradients(Func<Tensor> loss, params Tensor[] variables)
    {
        foreach (Tensor variable in variables)
        {
            variable.grad = null;
        }

        loss().backward();
        foreach (Tensor variable in variables)
        {
            double[] expected = [.. Enumerable.Range(0, (int)variable.numel()).Select(entry => Slope(loss, variable, entry))];
            Assert.NotNull(variable.grad);
            Numbers.AssertClose(expected, variable.grad, 1e-7);
        }
    }

    private static double Slope(Func<Tensor> loss, Tensor variable, int entry)
    {
        using (no_grad())
        {
            Tensor entries = variable.view(-1);
            double middle = entries[entry].item<double>();
            double LossAt(double value)
            {
                entries[entry].fill_(value);
                return loss().item<double>();
            }

            double slope = (LossAt(middle + Step) - LossAt(middle - Step)) / (2 * Step);
            entries[entry].fill_(middle);
            return slope;
        }
    }
}
