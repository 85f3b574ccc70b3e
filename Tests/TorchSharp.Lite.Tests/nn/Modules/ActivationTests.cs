using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.nn.Modules;

public class ActivationTests
{
    // Values of PyTorch 1.13 at -2, -0.5, 0, 1, 3.
    public static TheoryData<string, Func<torch.nn.Module<Tensor, Tensor>>, double[]> Table => new()
    {
        { "relu", () => torch.nn.ReLU(), [0, 0, 0, 1, 3] },
        { "leaky relu", () => torch.nn.LeakyReLU(0.1), [-0.2, -0.05, 0, 1, 3] },
        { "sigmoid", () => torch.nn.Sigmoid(), [0.11920292202211755, 0.3775406687981454, 0.5, 0.7310585786300049, 0.9525741268224334] },
        { "tanh", () => torch.nn.Tanh(), [-0.9640275800758169, -0.46211715726000974, 0, 0.7615941559557649, 0.9950547536867305] },
        { "gelu", () => torch.nn.GELU(), [-0.04550026389635842, -0.15426876936299344, 0, 0.841344746068543, 2.99595030590511] },
        { "gelu by tanh", () => torch.nn.GELU(GELU.Approximate.tanh), [-0.04540230591222494, -0.15428599017485606, 0, 0.8411919906082768, 2.996362607918227] },
        { "silu", () => torch.nn.SiLU(), [-0.2384058440442351, -0.1887703343990727, 0, 0.7310585786300049, 2.8577223804672998] },
        { "softmax", () => torch.nn.Softmax(0), [0.005513607989367208, 0.024710276664075652, 0.04074035874094653, 0.11074377685041759, 0.818291979755193] },
        { "log softmax", () => torch.nn.LogSoftmax(0), [-5.200536062602548, -3.7005360626025476, -3.2005360626025476, -2.2005360626025476, -0.20053606260254767] },
        { "relu6", () => torch.nn.ReLU6(), [0, 0, 0, 1, 3] },
        { "hardtanh", () => torch.nn.Hardtanh(-1.5, 2), [-1.5, -0.5, 0, 1, 2] },
        { "hardsigmoid", () => torch.nn.Hardsigmoid(), [0.16666666666666666, 0.4166666666666667, 0.5, 0.6666666666666666, 1] },
        { "hardswish", () => torch.nn.Hardswish(), [-0.3333333333333333, -0.20833333333333334, 0, 0.6666666666666666, 3] },
        { "mish", () => torch.nn.Mish(), [-0.2525014826957089, -0.22074377465173, 0, 0.8650983882673103, 2.9865350049679575] },
        { "elu", () => torch.nn.ELU(0.7), [-0.6052653017343711, -0.2754285382011566, 0, 1, 3] },
        { "celu", () => torch.nn.CELU(1.3), [-1.0208754759557936, -0.415073882179599, 0, 1, 3] },
        { "selu", () => torch.nn.SELU(), [-1.5201664685956948, -0.6917581878028713, 0, 1.0507009873554805, 3.1521029620664414] },
        { "softplus", () => torch.nn.Softplus(2, 5), [0.009074963958904869, 0.15663084375911143, 0.34657359027997264, 1.0634640055214863, 3] },
        { "softsign", () => torch.nn.Softsign(), [-0.6666666666666666, -0.3333333333333333, 0, 0.5, 0.75] },
        { "prelu", () => torch.nn.PReLU(1, 0.2, dtype: float64), [-0.4, -0.1, 0, 1, 3] },
        { "identity", () => torch.nn.Identity(), [-2, -0.5, 0, 1, 3] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Values_are_those_of_PyTorch_and_the_input_is_left_alone(string name, Func<torch.nn.Module<Tensor, Tensor>> create, double[] expected)
    {
        Assert.NotEmpty(name);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = Vector(-2, -0.5, 0, 1, 3);

        Tensor output = create().forward(input);

        AssertClose(expected, output, 1e-14);
        AssertClose([-2, -0.5, 0, 1, 3], input, 0);
        Assert.NotSame(input, output);
    }

    [Fact]
    public void In_place_forms_overwrite_their_input_with_the_same_values()
    {
        using DisposeScope scope = NewDisposeScope();
        torch.nn.Module<Tensor, Tensor>[] overwriting =
            [torch.nn.ReLU(inplace: true), torch.nn.LeakyReLU(inplace: true), torch.nn.Sigmoid(true), torch.nn.Tanh(true), torch.nn.GELU(true), torch.nn.SiLU(true),
            torch.nn.ReLU6(true), torch.nn.Hardtanh(inplace: true), torch.nn.Hardsigmoid(true), torch.nn.Hardswish(true), torch.nn.Mish(true),
            torch.nn.ELU(inplace: true), torch.nn.CELU(inplace: true), torch.nn.SELU(true), torch.nn.Softsign(true)];
        torch.nn.Module<Tensor, Tensor>[] pure =
            [torch.nn.ReLU(), torch.nn.LeakyReLU(), torch.nn.Sigmoid(), torch.nn.Tanh(inplace: false), torch.nn.GELU(), torch.nn.SiLU(),
            torch.nn.ReLU6(), torch.nn.Hardtanh(), torch.nn.Hardsigmoid(), torch.nn.Hardswish(), torch.nn.Mish(),
            torch.nn.ELU(), torch.nn.CELU(), torch.nn.SELU(), torch.nn.Softsign()];
        foreach ((torch.nn.Module<Tensor, Tensor> inPlace, torch.nn.Module<Tensor, Tensor> copying) in overwriting.Zip(pure))
        {
            Tensor input = Vector(-2, 3);
            double[] expected = Entries.Of(copying.forward(input));

            Tensor output = inPlace.forward(input);

            AssertClose(expected, input, 0);
            AssertClose(expected, output, 0);
        }
    }

    [Fact]
    public void Softmax_computes_in_the_type_asked_for()
    {
        using DisposeScope scope = NewDisposeScope();

        Tensor output = torch.nn.functional.softmax(Vector(0, 0).to(float32), 0, dtype: float64);

        Assert.Equal(float64, output.dtype);
        AssertClose([0.5, 0.5], output);
    }
}
