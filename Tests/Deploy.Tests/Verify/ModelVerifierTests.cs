using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using TorchSharp;

namespace SparseHybrid.Deploy.Tests.Verify;

public sealed class ModelVerifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_largest_difference_and_the_number_of_samples_are_reported()
    {
        var right = folder.Write("right.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 0]).Build(1));
        var other = folder.Write("other.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 0.5f]).Build(1));

        var result = ModelVerifier.Compare(right, other, Samples(3, 1, 2, 3, -8, -5, 6), batches: [2]);

        Assert.Equal(new OutputDifference("output", 4, 5), Assert.Single(result.Outputs));
        Assert.Equal((4.0, 5.0, 3), (result.MaxAbsDifference, result.LargestExpected, result.SamplesCompared));
        Assert.Equal([1, 2], result.Batches); // the last sample is alone
    }

    [Fact]
    public void A_file_agrees_with_itself_over_many_batches()
    {
        var path = folder.Write("model.onnx", new SequentialGraph(2).Gemm("fc", 3, [1, 2, 3, 4, 5, 6]).Then("Relu").Build(3));
        var result = ModelVerifier.Compare(path, path, SampleSource.Random(1), batches: [1, 16], count: 130);
        Assert.Equal((0.0, 130), (result.MaxAbsDifference, result.SamplesCompared));
        Assert.True(result.LargestExpected > 0);
    }

    [Fact]
    public void Outputs_of_another_size_are_refused()
    {
        var two = folder.Write("two.onnx", new SequentialGraph(2).Gemm("fc", 2, [1, 2, 3, 4]).Build(2));
        var one = folder.Write("one.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 2]).Build(1));
        Assert.Throws<ExportException>(() => ModelVerifier.Compare(two, one, SampleSource.Random(1)));
    }

    [Fact]
    public void Samples_of_another_size_are_refused()
    {
        var path = folder.Write("one.onnx", new SequentialGraph(2).Gemm("fc", 1, [1, 2]).Build(1));
        Assert.Throws<ModelFileException>(() => ModelVerifier.Compare(path, path, Samples(1, 1, 2, 3)));
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
        comparison.Add<float>([expected], [actual]);
        comparison.Add<float>([0], [0]); // a later agreement does not hide it
        Assert.Equal(difference, comparison.MaxAbsDifference);
    }

    public void Dispose() => folder.Dispose();

    private static SampleSource Samples(long count, params float[] values) =>
        SampleSource.FromTensor(torch.tensor(values, [count, values.Length / count]), "numbers");
}
