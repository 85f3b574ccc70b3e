using System.Reflection;

namespace TorchSharp.Lite.Tests.Tensors;

public class TensorFunctionsTests
{
    private static readonly double[] Arguments = [-2.5, -1.0, -0.25, 0.0, 0.5, 1.0, 3.25];

    public static TheoryData<string> Functions => [.. Expected.Keys];

    private static Dictionary<string, Func<double, double>> Expected { get; } = new()
    {
        ["abs"] = Math.Abs,
        ["acos"] = Math.Acos,
        ["ceil"] = Math.Ceiling,
        ["cos"] = Math.Cos,
        ["exp"] = Math.Exp,
        ["expm1"] = x => Math.Exp(x) - 1,
        ["floor"] = Math.Floor,
        ["frac"] = x => x - Math.Truncate(x),
        ["isfinite"] = x => 1,
        ["isinf"] = x => 0,
        ["isnan"] = x => 0,
        ["log"] = Math.Log,
        ["log10"] = Math.Log10,
        ["log1p"] = x => Math.Log(1 + x),
        ["log2"] = Math.Log2,
        ["logical_not"] = x => x == 0 ? 1 : 0,
        ["neg"] = x => -x,
        ["reciprocal"] = x => 1 / x,
        ["relu"] = x => Math.Max(x, 0),
        ["rsqrt"] = x => 1 / Math.Sqrt(x),
        ["sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
        ["sign"] = x => Math.Sign(x),
        ["sin"] = Math.Sin,
        ["sqrt"] = Math.Sqrt,
        ["square"] = x => x * x,
        ["tan"] = Math.Tan,
        ["tanh"] = Math.Tanh,
        ["trunc"] = Math.Truncate,
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_acts_entry_by_entry(string name)
    {
        using torch.Tensor x = torch.tensor(Arguments);
        using torch.Tensor result = Call(x, name);
        Entries.Near(Array.ConvertAll(Arguments, x => Expected[name](x)), result, 1e-12);
        Entries.Equal(Arguments, x);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_form_with_an_underscore_writes_the_same_result_into_its_tensor(string name)
    {
        if (typeof(torch.Tensor).GetMethod(name + "_", Type.EmptyTypes) == null)
        {
            Assert.Contains(name, new[] { "isfinite", "isinf", "isnan", "square" });
            return;
        }

        using torch.Tensor x = torch.tensor(Arguments);
        using torch.Tensor expected = Call(x, name);
        using torch.Tensor alias = Call(x, name + "_");
        Entries.Near(Entries.Of(expected), x, 0);
        alias.fill_(7);
        Assert.All(Entries.Of(x), entry => Assert.Equal(7, entry));
    }

    [Fact]
    public void Erf_is_odd_and_known_at_one()
    {
        using torch.Tensor x = torch.tensor(new[] { -1.0, 0.0, 1.0 });
        using torch.Tensor result = x.erf();
        Entries.Near([-0.8427007929497149, 0, 0.8427007929497149], result, 1e-12);
    }

    [Fact]
    public void Not_a_number_and_infinities_are_told_apart()
    {
        using torch.Tensor x = torch.tensor(new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.0 });
        using torch.Tensor isnan = x.isnan(), isinf = x.isinf(), isfinite = x.isfinite();
        Entries.Equal([1, 0, 0, 0], isnan);
        Entries.Equal([0, 1, 1, 0], isinf);
        Entries.Equal([0, 0, 0, 1], isfinite);
    }

    [Fact]
    public void Rounding_goes_to_the_even_neighbour_and_to_decimals()
    {
        using torch.Tensor x = torch.tensor(new[] { 0.5, 1.5, 2.5, -1.25 });
        using torch.Tensor whole = x.round(), tenths = x.round(1);
        Entries.Equal([0, 2, 2, -1], whole);
        Entries.Near([0.5, 1.5, 2.5, -1.2], tenths, 1e-12);
    }

    private static torch.Tensor Call(torch.Tensor x, string name)
    {
        MethodInfo method = typeof(torch.Tensor).GetMethod(name, Type.EmptyTypes);
        return (torch.Tensor)method.Invoke(x, null);
    }
}
