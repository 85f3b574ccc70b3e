using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils;

namespace TorchSharp.Lite.Tests.nn;

public class UtilsTests
{
    [Fact]
    public void Clipping_scales_all_gradients_together()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] parameters = WithGradients(Vector(3, 0), Vector(4));

        Assert.Equal(5, clip_grad_norm_(parameters, 2.5), 12);
        AssertClose([1.5, 0], parameters[0].grad, 1e-6);
        AssertClose([2], parameters[1].grad, 1e-6);

        Assert.Equal(2.5, clip_grad_norm_(parameters, 10), 6);
        AssertClose([2], parameters[1].grad, 1e-6);
    }

    [Fact]
    public void Clipping_knows_other_norms_and_skips_what_has_no_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] parameters = [.. WithGradients(Vector(3, -1), Vector(4)), torch.nn.Parameter(Vector(1))];

        Assert.Equal(8, clip_grad_norm_(parameters, 100, norm_type: 1), 12);
        Assert.Equal(4, clip_grad_norm_(parameters, 100, norm_type: double.PositiveInfinity), 12);
        Assert.Equal(0, clip_grad_norm_([parameters[2]], 1));
    }

    [Fact]
    public void Vectors_of_parameters_go_there_and_back()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter[] parameters = [torch.nn.Parameter(Counting(2, 2)), torch.nn.Parameter(Vector(7))];

        AssertClose([0, 1, 2, 3, 7], parameters_to_vector(parameters));
        vector_to_parameters(Vector(5, 4, 3, 2, 1), parameters);

        AssertClose([5, 4, 3, 2], parameters[0]);
        AssertClose([1], parameters[1]);
        Assert.Contains("5", Assert.Throws<ArgumentException>(() => vector_to_parameters(Vector(1, 2), parameters)).Message);
    }

    private static Parameter[] WithGradients(params Tensor[] gradients) =>
        [.. gradients.Select(gradient => new Parameter(zeros_like(gradient)) { grad = gradient })];
}
