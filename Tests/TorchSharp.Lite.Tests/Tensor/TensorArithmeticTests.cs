namespace TorchSharp.Lite.Tests.Tensors;

public class TensorArithmeticTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly torch.Tensor x = torch.tensor(new[] { 1.0, -2.0, 3.0 });
    private readonly torch.Tensor y = torch.tensor(new[] { 4.0, 5.0, -6.0 });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Operators_between_tensors()
    {
        Entries.Equal([5, 3, -3], x + y);
        Entries.Equal([-3, -7, 9], x - y);
        Entries.Equal([4, -10, -18], x * y);
        Entries.Near([0.25, -0.4, -0.5], x / y);
        Entries.Equal([-1, 2, -3], -x);
        Entries.Equal([1, 1, -3], x % torch.tensor(new[] { 4.0, 3.0, -6.0 }));
    }

    [Fact]
    public void Operators_with_a_number_on_either_side()
    {
        Entries.Equal([3, 0, 5], x + 2);
        Entries.Equal([3, 0, 5], 2L + x);
        Entries.Equal([0.5, -2.5, 2.5], x - 0.5);
        Entries.Equal([-0.5, 2.5, -2.5], 0.5f - x);
        Entries.Equal([2, -4, 6], 2.0 * x);
        Entries.Equal([0.5, -1, 1.5], x / 2);
        Entries.Near([6, -3, 2], 6 / x);
        Entries.Equal([6, 3, 8], x + 5.ToScalar());
    }

    [Fact]
    public void The_kind_of_a_number_decides_the_type_of_the_result()
    {
        torch.Tensor whole = torch.tensor(new[] { 1L, 2L });
        Assert.Equal(torch.ScalarType.Int64, (whole + 1).dtype);
        Assert.Equal(torch.ScalarType.Float32, (whole + 1.0).dtype);
        Assert.Equal(torch.ScalarType.Float32, (whole / 2).dtype);
        Assert.Equal(torch.ScalarType.Float32, (whole.to_type(torch.float32) * 2.0).dtype);
        Assert.Equal(torch.ScalarType.Int64, (whole * true.ToScalar()).dtype);
    }

    [Fact]
    public void Alpha_scales_what_is_added()
    {
        Entries.Equal([9, 8, -9], x.add(y, 2));
        Entries.Equal([2, -1, 4], x.add(0.5, 2));
        x.add_(y, -1);
        Entries.Equal([-3, -7, 9], x);
    }

    [Fact]
    public void Forms_with_an_underscore_overwrite()
    {
        x.mul_(2).sub_(y).div_(2).add_(1);
        Entries.Equal([0, -3.5, 7], x);
        x.pow_(2);
        Entries.Equal([0, 12.25, 49], x);
    }

    [Fact]
    public void Division_rounds_as_asked()
    {
        torch.Tensor sevens = torch.tensor(new[] { 7.0, -7.0 });
        Entries.Equal([3.5, -3.5], sevens.div(2));
        Entries.Equal([3, -3], sevens.div(2, torch.RoundingMode.trunc));
        Entries.Equal([3, -4], sevens.div(2, torch.RoundingMode.floor));
        Entries.Equal([3, -4], sevens.div(torch.tensor(2.0), torch.RoundingMode.floor));
        Entries.Equal([1, -1], sevens.remainder(torch.tensor(new[] { 2.0, -2.0 })));
    }

    [Fact]
    public void Powers()
    {
        Entries.Equal([1, 4, 9], x.pow(2));
        Entries.Near([1, 1.0 / 32, 81], torch.tensor(new[] { 1.0, 2.0, 3.0 }).pow(torch.tensor(new[] { 4.0, -5.0, 4.0 })), 1e-12);
    }

    [Fact]
    public void Fused_forms()
    {
        Entries.Equal([9, -22, -33], x.addcmul(x, y, 2));
        Entries.Near([1.5, -2.8, 2], x.addcdiv(x, y, 2), 1e-12);
        Entries.Equal([2.5, 1.5, -1.5], x.lerp(y, torch.tensor(0.5)));
        x.addcmul_(x, y, 2);
        Entries.Equal([9, -22, -33], x);
        x.addcdiv_(y, y);
        Entries.Equal([10, -21, -32], x);
        x.lerp_(y, torch.tensor(1.0));
        Entries.Equal([4, 5, -6], x);
    }

    [Fact]
    public void Clamping_by_numbers_and_by_tensors()
    {
        Entries.Equal([1, -1, 1], x.clamp(-1, 1));
        Entries.Equal([1, -1, 3], x.clamp_min(-1));
        Entries.Equal([1, -2, 1], x.clamp_max(1));
        Entries.Equal([1, -1, 1], x.clip(-1, 1));
        Entries.Equal([2, 0, 3], x.clamp(min: torch.tensor(new[] { 2.0, 0.0, 2.0 })));
        x.clamp_(-1, 1);
        Entries.Equal([1, -1, 1], x);
    }

    [Fact]
    public void Choosing_entries()
    {
        Entries.Equal([4, 5, 3], x.maximum(y));
        Entries.Equal([1, -2, -6], torch.minimum(x, y));
        Entries.Equal([1, 5, 3], torch.where(x > 0, x, y));
        Entries.Equal([4, -2, -6], y.where(x.eq(1) | x.eq(3), x));
    }

    [Fact]
    public void Shapes_broadcast()
    {
        torch.Tensor column = torch.tensor(new[] { 10.0, 20.0 }).unsqueeze(1);
        torch.Tensor sum = column + x;
        Assert.Equal([2, 3], sum.shape);
        Entries.Equal([11, 8, 13, 21, 18, 23], sum);
    }
}
