using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.optim;

public class AdamTests
{
    [Fact]
    public void The_first_step_is_the_learning_rate_in_the_direction_of_the_sign()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using Adam optimizer = torch.optim.Adam([parameter], lr: 0.25, eps: 0);

        Bowl.Backward(parameter);
        optimizer.step();

        AssertClose([0.75, -1.75], parameter);
    }

    // From PyTorch 1.13, three steps on x^2 + 3 y^2 from (1, -2).
    [Fact]
    public void Steps_with_weight_decay_are_those_of_PyTorch() =>
        Bowl.AssertPath(
            parameters => torch.optim.Adam(parameters, lr: 0.1, weight_decay: 0.01),
            [0.9000000004975124, -1.9000000000831947], [0.8004122286867155, -1.8001664857784931], [0.701586272938277, -1.7006233915356082]);

    [Fact]
    public void The_ams_grad_form_is_that_of_PyTorch() =>
        Bowl.AssertPath(
            parameters => torch.optim.Adam(parameters, lr: 0.1, beta1: 0.5, beta2: 0.6, amsgrad: true),
            [0.9000000005, -1.9000000000833333], [0.8005769213180626, -1.800246189700793], [0.7021295899312412, -1.7008751840301068]);

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1));

        Assert.Contains("1", Assert.Throws<ArgumentException>(() => torch.optim.Adam([parameter], beta1: 1)).Message);
        Assert.Throws<ArgumentException>(() => torch.optim.Adam([parameter], eps: -1));
    }
}
