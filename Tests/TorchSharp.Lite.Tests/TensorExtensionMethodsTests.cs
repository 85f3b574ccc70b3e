namespace TorchSharp.Lite.Tests;

public class TensorExtensionMethodsTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Entries_are_written_row_by_row()
    {
        Assert.Equal("[[1, 2.5],\n [-3, 1e+10]]", torch.tensor(new[,] { { 1.0, 2.5 }, { -3.0, 1e10 } }).str(newLine: "\n"));
        Assert.Equal("[True, False]", torch.tensor(new[] { true, false }).npstr());
        Assert.Equal("7", torch.tensor(7).str());
        Assert.Equal("[]", torch.zeros(0).str());
        Assert.Equal("[2], type = Float32, device = cpu", torch.zeros(2).str(style: TensorStringStyle.Metadata));
    }

    [Fact]
    public void A_long_row_is_shortened() => Assert.Equal("[0, 1, 2, ..., 97, 98, 99]", torch.arange(100).str());

    [Fact]
    public void Writing_leaves_no_tensor_behind()
    {
        torch.Tensor x = torch.rand(3, 3);
        int before = scope.DisposablesCount;
        x.str();
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void Sizes_of_elements_are_those_of_libtorch()
    {
        foreach (torch.ScalarType type in Enum.GetValues<torch.ScalarType>())
        {
            Assert.Equal(torch.empty(1, dtype: type).ElementSize, type.ElementSize());
        }
    }

    [Fact]
    public void Numbers_and_arrays_become_tensors_where_one_is_expected()
    {
        torch.Tensor number = 2.5f, array = new[] { 1L, 2L }, scalar = 3.ToScalar();
        Assert.Equal(2.5f, number.item<float>());
        Entries.Equal([1, 2], array);
        Assert.Equal(3, scalar.item<long>());
    }
}
