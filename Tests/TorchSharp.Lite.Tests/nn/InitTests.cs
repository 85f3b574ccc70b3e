using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.init;

namespace TorchSharp.Lite.Tests.nn;

public class InitTests
{
    // PyTorch 1.13: manual_seed(42), Linear(3, 2), Conv2d(2, 2, (1, 2)).
    [Fact]
    public void New_layers_have_the_weights_of_PyTorch_for_the_same_seed()
    {
        manual_seed(42);
        using Linear linear = torch.nn.Linear(3, 2);
        using Conv2d conv = torch.nn.Conv2d(2, 2, (1, 2));

        AssertClose([0.4414065182209015, 0.47920528054237366, -0.1352572739124298, 0.5303604602813721, -0.1264995038509369, 0.11650390923023224], linear.weight, 0);
        AssertClose([-0.28108587861061096, 0.3390677869319916], linear.bias, 0);
        AssertClose(
            [0.4407714605331421, -0.3668140769004822, 0.43459808826446533, 0.09357964992523193, 0.3694044351577759, 0.06771528720855713, 0.24109405279159546, -0.07059550285339355],
            conv.weight, 0);
        AssertClose([0.38544291257858276, 0.07390445470809937], conv.bias, 0);
    }

    // PyTorch 1.13: manual_seed(7), a 2 x 2 tensor.
    public static TheoryData<string, Func<Tensor, Tensor>, double[]> Table => new()
    {
        { "kaiming normal", x => kaiming_normal_(x), [-0.1467950940132141, 0.7861412763595581, 0.9468216300010681, -1.1143440008163452] },
        { "kaiming normal, fan out", x => kaiming_normal_(x, mode: FanInOut.FanOut, nonlinearity: NonlinearityType.ReLU), [-0.1467950940132141, 0.7861412763595581, 0.9468216300010681, -1.1143440008163452] },
        { "kaiming uniform", x => kaiming_uniform_(x), [0.12097522616386414, -1.0433763265609741, 0.5515254735946655, 0.5434838533401489] },
        { "xavier normal", x => xavier_normal_(x), [-0.10379981249570847, 0.5558858513832092, 0.6695039868354797, -0.7879602313041687] },
        { "xavier uniform", x => xavier_uniform_(x), [0.08554241061210632, -0.7377785444259644, 0.38998743891716003, 0.3843011260032654] },
        { "truncated normal", x => trunc_normal_(x), [0.08365228772163391, -0.7977502346038818, 0.3906378448009491, 0.38465026021003723] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Values_are_those_of_PyTorch_for_the_same_seed(string name, Func<Tensor, Tensor> fill, double[] expected)
    {
        Assert.NotEmpty(name);
        using DisposeScope scope = NewDisposeScope();
        manual_seed(7);
        Tensor target = empty(2, 2);

        Tensor same = fill(target);

        AssertClose(expected, target, 0);
        AssertClose(expected, same, 0);
    }

    [Fact]
    public void Filling_a_parameter_is_not_recorded()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(zeros(2, 2));

        ones_(parameter);
        AssertClose([1, 1, 1, 1], parameter);
        constant_(parameter, 2.5);
        AssertClose([2.5, 2.5, 2.5, 2.5], parameter);
        zeros_(parameter);
        AssertClose([0, 0, 0, 0], parameter);
        trunc_normal_(parameter, std: 10, a: -1, b: 1);

        Assert.All(Entries.Of(parameter), value => Assert.InRange(value, -1, 1));
        Assert.True(parameter.is_leaf);
    }

    [Fact]
    public void Fans_count_the_receptive_field()
    {
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal((3L * 5 * 7, 2L * 5 * 7), CalculateFanInAndFanOut(empty(2, 3, 5, 7)));
        Assert.Equal((3L, 2L), CalculateFanInAndFanOut(empty(2, 3)));
        Assert.Contains("[4]", Assert.Throws<ArgumentException>(() => CalculateFanInAndFanOut(empty(4))).Message);
    }

    [Fact]
    public void Gains_are_those_of_PyTorch()
    {
        Assert.Equal(1, calculate_gain(NonlinearityType.Linear));
        Assert.Equal(1, calculate_gain(NonlinearityType.Conv2D));
        Assert.Equal(5.0 / 3.0, calculate_gain(NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2), calculate_gain(NonlinearityType.ReLU));
        Assert.Equal(1, calculate_gain(NonlinearityType.LeakyReLU, 1));
    }
}
