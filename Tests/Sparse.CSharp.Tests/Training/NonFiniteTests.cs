using SparseHybrid.Data;
using SparseHybrid.Methods;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Schedules;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Training;

public sealed class NonFiniteTests : IDisposable
{
    private static readonly SparseTrainerOptions Options = new() { Epochs = 3, BatchSize = 20 };

    private readonly TemporaryFolder folder = new();
    private readonly TrainAndTest data;

    public NonFiniteTests() => data = ImageDatasets.Load("mnist", DigitsFolder.Write(folder));

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_nan_in_the_data_stops_training_before_it_reaches_a_weight()
    {
        const int Image = 57;
        var place = Array.IndexOf(ShuffledOrder.ForEpoch(seed: 1, epoch: 0, count: 200), Image);
        using var floats = AsFloats(data.Train);
        floats.Stored.narrow(0, Image, 1).fill_(float.NaN);
        using var model = Create();

        var error = Assert.Throws<NonFiniteException>(() => new SparseTrainer(model, Options, Run()).Fit(data with { Train = floats }));

        Assert.Equal("input", error.Layer);
        Assert.Equal(place / 20 + 1, error.Step);
        Assert.All(model.parameters(), parameter => Assert.True(FiniteCheck.AllFinite(parameter)));
        using var checkpoint = RunFolder.Open(folder.File("run")).Checkpoints.LoadNewest();
        Assert.Equal(error.Step - 1, checkpoint.Position.Step);
        Assert.Equal(TensorBits.Of(model.get_parameter("fc1.weight")!), TensorBits.Of(checkpoint.Tensors["model.fc1.weight"]));
        Assert.Contains(folder.File("run"), error.Fix);
    }

    [Fact]
    public void A_gradient_that_overflows_is_named_by_its_layer()
    {
        using var model = Sequential(("flatten", Flatten()), ("fc1", Linear(64, 8)), ("explode", new InfiniteGradient()), ("fc2", Linear(8, 10)));

        var error = Assert.Throws<NonFiniteException>(() => new SparseTrainer(model, Options).Fit(data));

        Assert.Equal(("fc1", 1L), (error.Layer, error.Step));
        Assert.Contains("gradient of 'fc1.weight'", error.Why);
    }

    [Fact]
    public void A_layer_whose_output_overflows_is_named()
    {
        using var model = Create();
        model.get_parameter("fc2.bias")!.detach().fill_(float.MaxValue);
        model.get_parameter("fc3.weight")!.detach().fill_(float.MaxValue);

        var error = Assert.Throws<NonFiniteException>(() => new SparseTrainer(model, Options).Fit(data));

        Assert.Equal(("fc3", 1L), (error.Layer, error.Step));
    }

    [Fact]
    public void A_layer_inside_a_module_of_ones_own_is_named_and_the_search_changes_nothing()
    {
        torch.manual_seed(1);
        using var model = new Own();
        model.get_parameter("second.weight")!.detach().fill_(float.MaxValue);
        using var run = Run();

        var error = Assert.Throws<NonFiniteException>(() => new SparseTrainer(model, Options, run).Fit(data));

        Assert.Equal(("second", 1L), (error.Layer, error.Step));
        using var checkpoint = run.Checkpoints.LoadNewest();
        Assert.Equal(1, checkpoint.Tensors["model.norm.num_batches_tracked"].item<long>()); // the step's own look at the batch
    }

    [Fact]
    public void A_step_size_that_diverges_keeps_the_last_good_checkpoint()
    {
        using var model = Create();
        var options = Options with { StepSize = 1e38, Schedule = new ConstantSchedule(), Method = new XrdaOptions { MomentumTimeScale = 0 } };
        options = options.WithStrength(0);

        var error = Assert.Throws<NonFiniteException>(() => new SparseTrainer(model, options, Run()).Fit(data));

        Assert.Contains("1E+38", error.Fix);
        using var checkpoint = RunFolder.Open(folder.File("run")).Checkpoints.LoadNewest();
        Assert.True(checkpoint.Position.Step < error.Step);
        Assert.All(checkpoint.TensorsUnder("model.").Values, tensor => Assert.True(FiniteCheck.AllFinite(tensor)));
    }

    private RunFolder Run() => RunFolder.Create(folder.File("run"), RunRecords.Small() with { Options = Options });

    // Bytes cannot be NaN, data of the user's own can.
    private static LabelledImages AsFloats(LabelledImages images) =>
        new(images.Inputs(0, images.Count), images.Labels.clone(), images.Classes, images.Normalisation);

    private static Module<torch.Tensor, torch.Tensor> Create()
    {
        torch.manual_seed(1);
        return ModelCatalog.Create("lenet-300-100", 10, [1, DigitsFolder.Size, DigitsFolder.Size]);
    }

    /// <summary>Not a sequence of layers.</summary>
    private sealed class Own : Module<torch.Tensor, torch.Tensor>
    {
        private readonly Module<torch.Tensor, torch.Tensor> first = Linear(64, 8);
        private readonly Module<torch.Tensor, torch.Tensor> norm = BatchNorm1d(8);
        private readonly Module<torch.Tensor, torch.Tensor> second = Linear(8, 10);

        public Own()
            : base("own") => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input) => second.call(norm.call(first.call(input.flatten(1))).abs() + 1);
    }

    /// <summary>Leaves its input as it is; its slope is that of the square root at 0, which is infinite.</summary>
    private sealed class InfiniteGradient() : Module<torch.Tensor, torch.Tensor>("infinite")
    {
        public override torch.Tensor forward(torch.Tensor input) => input + (input * 0).sqrt();
    }
}
