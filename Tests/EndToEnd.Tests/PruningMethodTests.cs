using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class PruningMethodTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("l1-subgradient")]
    [InlineData("one-shot-pruning")]
    [InlineData("gradual-pruning")]
    [InlineData("iterative-pruning")]
    [InlineData("set")]
    [InlineData("rigl")]
    [InlineData("gsm")]
    public void Training_ends_with_exactly_the_share_of_zeros_asked_for(string method)
    {
        var json = Train("--method", method, "--target-sparsity", "0.9").Done().Json;

        Assert.Equal(method, json.Text("method"));
        Assert.Equal(0.9, json.Number("sparsity"), 9);
    }

    [Fact]
    public void Network_slimming_prunes_as_many_channels_as_it_takes()
    {
        var json = Train("--method", "network-slimming", "--model", "small-vgg", "--target-sparsity", "0.5").Done().Json;

        Assert.InRange(json.Number("sparsity"), 0.5, 0.54);
    }

    [Fact]
    public void The_group_lasso_of_ssl_makes_zeros()
    {
        var json = Train("--method", "ssl", "--lambda", "3e-3").Done().Json;

        Assert.InRange(json.Number("sparsity"), 0.5, 1);
    }

    [Fact]
    public void What_does_not_fit_together_is_said_in_two_lines()
    {
        Train("--method", "rigl").Refused(2, "--method rigl needs --target-sparsity");
        Train("--method", "sgd", "--target-sparsity", "0.9").Refused(2, "--target-sparsity 0.9", "--method sgd");
        Assert.False(Directory.Exists(folder["run"]));
        Train("--method", "network-slimming", "--target-sparsity", "0.9").Refused(1, "normalisation layers");
    }

    private SparseProcess.Result Train(params string[] options) => SparseProcess.Run(
    [
        "train", "--data-folder", SmallImages.Write(folder["images"]), "--epochs", "4", "--batch", "32", "--step-size", "0.5", "--threads", "1", .. options, "--json", "--out", folder["run"],
    ]);
}
