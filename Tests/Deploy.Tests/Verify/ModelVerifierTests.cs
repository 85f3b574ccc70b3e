using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;

namespace SparseHybrid.Deploy.Tests.Verify;

public sealed class ModelVerifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_largest_difference_and_the_number_of_samples_are_reported()
    {
        var right = folder.Write("right.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 0]).Build(1));
        var other = folder.Write("other.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 0.5f]).Build(1));

        var result = ModelVerifier.Compare(right, other, [1, 2, 3, -8, -5, 6], sampleCount: 3, batch: 2);

        Assert.Equal(new VerificationResult(4, 5, 3), result);
    }

    [Fact]
    public void A_file_agrees_with_itself_over_many_batches()
    {
        var path = folder.Write("model.onnx", new SequentialGraph(2).Gemm("fc", 3, [1, 2, 3, 4, 5, 6]).Then("Relu").Build(3));
        var samples = Running.RandomFloats(new Random(1), 2 * 130);
        var result = ModelVerifier.Compare(path, path, samples, sampleCount: 130, batch: 16);
        Assert.Equal((0.0, 130), (result.MaxAbsDifference, result.SamplesCompared));
        Assert.True(result.LargestExpected > 0);
    }

    [Fact]
    public void Outputs_of_another_size_are_refused()
    {
        var two = folder.Write("two.onnx", new SequentialGraph(2).Gemm("fc", 2, [1, 2, 3, 4]).Build(2));
        var one = folder.Write("one.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 2]).Build(1));
        Assert.Throws<ExportException>(() => ModelVerifier.Compare(two, one, [1, 2], 1));
    }

    [Fact]
    public void Samples_of_another_size_are_refused()
    {
        var path = folder.Write("one.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 2]).Build(1));
        Assert.Throws<ArgumentException>(() => ModelVerifier.Compare(path, path, [1, 2, 3], 1));
    }

    [Theory]
    [InlineData(1f, float.NaN, double.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, 1f, double.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN, 0)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 0)]
    [InlineData(1f, -2f, 3)]
    public void What_is_not_finite_never_passes_for_agreement(float expected, float actual, double difference)
    {
        var comparison = new OutputComparison();
        comparison.Add([expected], [actual]);
        comparison.Add([0], [0]); // a later agreement does not hide it
        Assert.Equal(difference, comparison.MaxAbsDifference);
    }

    public void Dispose() => folder.Dispose();
}
