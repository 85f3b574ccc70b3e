using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Training;

public sealed class FiniteCheckTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_wrong_value_is_found_wherever_it_is(float wrong)
    {
        for (var length = 1; length < 100; length++)
        {
            for (var position = 0; position < length; position++)
            {
                var values = Enumerable.Repeat(float.MaxValue, length).ToArray();
                Assert.True(FiniteCheck.AllFinite(values));
                values[position] = wrong;
                Assert.False(FiniteCheck.AllFinite(values));
            }
        }
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float64)]
    public void Tensors_of_every_layout_are_checked(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var values = torch.ones([3, 5], dtype: type);

        Assert.True(FiniteCheck.AllFinite(values));
        Assert.True(FiniteCheck.AllFinite(values.transpose(0, 1)));
        values.narrow(0, 1, 1).fill_(double.NaN);
        Assert.False(FiniteCheck.AllFinite(values));
        Assert.False(FiniteCheck.AllFinite(values.transpose(0, 1)));
        Assert.True(FiniteCheck.AllFinite(torch.zeros([0])));
    }
}
