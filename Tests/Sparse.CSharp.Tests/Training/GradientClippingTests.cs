using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Training;

public sealed class GradientClippingTests
{
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e6)]
    public void A_long_gradient_is_shortened_to_the_limit_and_a_short_one_is_left_alone(double limit)
    {
        using var scope = torch.NewDisposeScope();
        using var model = SmallNetwork.Create();
        SmallNetwork.ComputeGradients(model, 0);
        var before = model.parameters().Select(parameter => parameter.grad!.clone()).ToList();
        var norm = Norm(before);

        GradientClipping.Clip(model.parameters(), limit);

        var after = model.parameters().Select(parameter => parameter.grad!).ToList();
        var share = Math.Min(1, limit / norm);
        Assert.Equal(share * norm, Norm(after), tolerance: 1e-6 * norm);
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second.allclose(pair.First * (float)share, rtol: 1e-5, atol: 1e-12)));
    }

    [Fact]
    public void A_gradient_of_zero_and_none_at_all_stay_as_they_are()
    {
        using var scope = torch.NewDisposeScope();
        using var model = SmallNetwork.Create();
        GradientClipping.Clip(model.parameters(), 1);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));

        SmallNetwork.ComputeGradients(model, 0);
        foreach (var parameter in model.parameters())
        {
            parameter.grad!.zero_();
        }

        GradientClipping.Clip(model.parameters(), 1);
        Assert.All(model.parameters(), parameter => Assert.Equal(0, parameter.grad!.abs().max().item<float>()));
    }

    private static double Norm(IEnumerable<torch.Tensor> gradients) =>
        Math.Sqrt(gradients.Sum(gradient => gradient.square().sum().to(torch.ScalarType.Float64).item<double>()));
}
