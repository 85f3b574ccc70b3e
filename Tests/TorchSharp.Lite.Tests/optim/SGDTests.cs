using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.optim;

public class SGDTests
{
    [Fact]
    public void A_step_goes_down_the_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using SGD optimizer = torch.optim.SGD([parameter], 0.5);

        Bowl.Backward(parameter); // gradient (2, -12)
        optimizer.step();

        AssertClose([0, 4], parameter);
    }

    // From PyTorch 1.13, three steps on x^2 + 3 y^2 from (1, -2).
    [Fact]
    public void Momentum_dampening_and_weight_decay_are_those_of_PyTorch() =>
        Bowl.AssertPath(
            parameters => torch.optim.SGD(parameters, 0.1, momentum: 0.9, dampening: 0.3, weight_decay: 0.01),
            [0.799, -0.7979999999999999], [0.5056807000000001, 0.6195186], [0.17054405551000007, 1.63465386498]);

    [Fact]
    public void Nesterov_is_that_of_PyTorch() =>
        Bowl.AssertPath(
            parameters => torch.optim.SGD(parameters, 0.1, momentum: 0.9, nesterov: true),
            [0.62, 0.2800000000000002], [0.2224, 0.9328000000000001], [-0.10835200000000006, 0.6081280000000001]);

    [Fact]
    public void Maximize_goes_up()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using SGD optimizer = torch.optim.SGD([parameter], 0.5, maximize: true);

        Bowl.Backward(parameter);
        optimizer.step();

        AssertClose([2, -8], parameter);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1));

        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => torch.optim.SGD([parameter], -1)).Message);
        Assert.Throws<ArgumentException>(() => torch.optim.SGD([parameter], double.NaN));
        Assert.Throws<ArgumentException>(() => torch.optim.SGD([parameter], 1, momentum: -0.1));
        Assert.Throws<ArgumentException>(() => torch.optim.SGD([parameter], 1, nesterov: true));
    }
}
