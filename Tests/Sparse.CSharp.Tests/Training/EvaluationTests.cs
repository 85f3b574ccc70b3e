using SparseHybrid.Data;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Training;

public sealed class EvaluationTests
{
    [Fact]
    public void Accuracy_and_loss_are_means_over_samples_whatever_the_batch_size()
    {
        using var data = SyntheticImages.Create(test: 37);
        torch.manual_seed(1);
        using var model = Sequential(("flatten", Flatten()), ("fc", Linear(16, 4)));
        using var scope = torch.NewDisposeScope();
        var logits = model.call(data.Test.Stored);
        var right = logits.argmax(1).data<long>().ToArray().Zip(data.Test.Labels.data<long>().ToArray()).Count(pair => pair.First == pair.Second);
        var loss = functional.cross_entropy(logits, data.Test.Labels).item<float>();
        foreach (var batchSize in new[] { 1, 10, 37, 100 })
        {
            var evaluation = Evaluation.Of(model, ImageBatches.InOrder(data.Test, batchSize));

            Assert.Equal(right / 37.0, evaluation.Accuracy);
            Assert.Equal(loss, evaluation.Loss, tolerance: 1e-5);
            Assert.Equal(37, evaluation.Samples);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_mode_of_the_network_is_put_back(bool training)
    {
        using var data = SyntheticImages.Create();
        using var model = Sequential(("flatten", Flatten()), ("fc", Linear(16, 4)));
        model.train(training);
        Evaluation.Of(model, ImageBatches.InOrder(data.Test, 10));

        Assert.Equal(training, model.training);
    }
}
