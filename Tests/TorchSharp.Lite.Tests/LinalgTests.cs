using System.Runtime.InteropServices;

namespace TorchSharp.Lite.Tests;

public class LinalgTests
{
    [Fact]
    public void The_parts_of_a_singular_value_decomposition_multiply_to_the_matrix()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor x = torch.tensor(new double[] { 3, 2, 2, 2, 3, -2 }).reshape(2, 3);
        (torch.Tensor left, torch.Tensor values, torch.Tensor right) = torch.linalg.svd(x, fullMatrices: false);
        Assert.Equal(new long[] { 2, 2 }, left.shape);
        Assert.Equal(new long[] { 2, 3 }, right.shape);
        Entries.Near([5, 3], values, 1e-12);
        Entries.Near([3, 2, 2, 2, 3, -2], (left * values).matmul(right).reshape(-1), 1e-12);
    }

    [Fact]
    public void Full_matrices_are_square_and_orthogonal()
    {
        using var scope = torch.NewDisposeScope();
        (_, _, torch.Tensor right) = torch.linalg.svd(torch.tensor(new double[] { 3, 2, 2, 2, 3, -2 }).reshape(2, 3));
        Assert.Equal(new long[] { 3, 3 }, right.shape);
        Entries.Near([1, 0, 0, 0, 1, 0, 0, 0, 1], right.matmul(right.t()).reshape(-1), 1e-12);
    }

    [Fact]
    public void A_vector_has_no_singular_values_and_says_so()
    {
        using torch.Tensor x = torch.ones(3);
        Assert.Throws<ExternalException>(() => torch.linalg.svd(x));
    }
}
