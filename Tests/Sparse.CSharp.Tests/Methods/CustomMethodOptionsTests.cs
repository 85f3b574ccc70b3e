using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Models;
using SparseHybrid.Optim;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Methods;

public sealed class CustomMethodOptionsTests
{
    private static readonly Method ProximalSgdWithoutOptions = ProximalSgd.Method(new ProximalSgd.Settings(9.5, 5e-4));

    [Fact]
    public void It_has_the_name_and_the_step_of_its_method()
    {
        var options = new CustomMethodOptions(ProximalSgdWithoutOptions, DefaultStepSize: 0.5, ThresholdsFollowStepSize: true);
        options.Validate();
        Assert.Equal(("proximal SGD", 0.5, true), (options.Name, options.DefaultStepSize, options.ThresholdsFollowStepSize));
        Assert.Same(ProximalSgdWithoutOptions, options.CreateMethod());
    }

    [Fact]
    public void It_trains_like_the_named_method_of_the_same_step() =>
        Assert.Equal(Trained(new ProximalSgdOptions()), Trained(new CustomMethodOptions(ProximalSgdWithoutOptions)));

    private static float[] Trained(MethodOptions method)
    {
        torch.manual_seed(1);
        using var data = TrainAndTest.InMemory(Part(40), Part(10));
        using var model = ModelCatalog.Create("lenet-300-100", data.Train.Classes, data.Train.InputShape);
        var options = new SparseTrainerOptions { Epochs = 2, BatchSize = 10, Method = method, Threads = 1 }.WithStrength(1e-3);
        var report = new SparseTrainer(model, options).Fit(data);
        Assert.InRange(report.Sparsity, 0.01, 0.99);
        return [.. model.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }

    private static LabelledImages Part(int count) => new(torch.randn([count, 1, 4, 4]), torch.tensor([.. Enumerable.Range(0, count).Select(index => index % 3L)]), classes: 3);
}
