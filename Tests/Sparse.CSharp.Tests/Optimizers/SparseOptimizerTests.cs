using SparseHybrid.Methods;
using SparseHybrid.Optim;
using SparseHybrid.Optimizers;
using SparseHybrid.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Optimizers;

public sealed class SparseOptimizerTests
{

    [Fact]
    public void A_step_is_that_of_dual_averaging_for_each_parameter()
    {
        using var scope = torch.NewDisposeScope();
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        var expected = model.named_parameters().ToDictionary(item => item.Item1, item => item.Item2.detach().clone());
        var states = expected.ToDictionary(item => item.Key, item => DualAveraging.Init(RegularizerOf(item.Value), item.Value));
        for (var batch = 0; batch < 5; batch++)
        {
            var point = Schedule.Cosine(0.5, 10, batch + 1);
            SmallNetwork.ComputeGradients(model, batch);
            foreach (var (name, parameter) in model.named_parameters())
            {
                var hyper = new DualAveraging.Hyperparameters(point.StepSize, 9.5, point.Averaging, 5e-4);
                var (next, state) = DualAveraging.Step(hyper, RegularizerOf(parameter), parameter.grad!, expected[name], states[name]);
                (expected[name], states[name]) = (next, state);
            }

            optimizer.Follow(point);
            optimizer.step();
        }

        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.True(parameter.allclose(expected[name], rtol: 1e-5, atol: 1e-7), name);
            Assert.Equal(expected[name].eq(0).data<bool>().ToArray(), parameter.eq(0).data<bool>().ToArray());
        }
    }

    [Fact]
    public void Weights_become_zero_and_biases_never_do()
    {
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model, 1);
        SmallNetwork.ComputeGradients(model, 0);
        optimizer.step();

        Assert.All(model.named_parameters(), item => Assert.Equal(item.Item2.dim() >= 2 ? 1.0 : 0.0, Sparsity.ZeroFraction(item.Item2)));
    }

    [Fact]
    public void A_policy_of_ones_own_decides_by_name()
    {
        using var model = SmallNetwork.Create();
        var policy = new RegularizationPolicy("the first layer", (name, _) => name.StartsWith("fc1.", StringComparison.Ordinal));
        using var optimizer = new SparseOptimizer(model.named_parameters(), regularizer: Adaptive(1), policy: policy);
        SmallNetwork.ComputeGradients(model, 0);
        optimizer.step();

        Assert.All(
            model.named_parameters(),
            item => Assert.Equal(item.Item1.StartsWith("fc1.", StringComparison.Ordinal) ? 1.0 : 0.0, Sparsity.ZeroFraction(item.Item2)));
    }

    [Fact]
    public void Zeroing_gradients_forgets_them_so_that_a_step_changes_nothing()
    {
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        SmallNetwork.ComputeGradients(model, 0);
        var before = TensorBits.Of(model);

        optimizer.zero_grad();
        optimizer.step();

        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(before, TensorBits.Of(model));
    }

    [Fact]
    public void A_parameter_without_gradient_is_left_alone_with_its_state()
    {
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        SmallNetwork.ComputeGradients(model, 0);
        var frozen = model.get_parameter("fc1.weight")!;
        frozen.grad = null;
        var before = TensorBits.Of(frozen);
        optimizer.step();

        Assert.Equal(before, TensorBits.Of(frozen));
        using var scope = torch.NewDisposeScope();
        Assert.Equal(0, optimizer.StateTensors()["fc1.weight.steps"].item<long>());
        Assert.Equal(1, optimizer.StateTensors()["fc2.weight.steps"].item<long>());
    }

    [Fact]
    public void Gradients_are_not_changed()
    {
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        SmallNetwork.ComputeGradients(model, 0);
        using var gradient = model.get_parameter("fc1.weight")!.grad;
        var before = TensorBits.Of(gradient!);
        optimizer.step();

        Assert.Equal(before, TensorBits.Of(gradient!));
    }

    [Fact]
    public void Without_penalty_momentum_and_decay_it_is_gradient_descent()
    {
        using var scope = torch.NewDisposeScope();
        using var model = SmallNetwork.Create();
        var plain = new XrdaOptions { MomentumTimeScale = 0, WeightDecay = 0 };
        using var optimizer = new SparseOptimizer(model.named_parameters(), plain, Regularizers.Zero(), stepSize: 0.25);
        SmallNetwork.ComputeGradients(model, 0);
        var expected = model.parameters().Select(parameter => parameter.detach() - parameter.grad! * 0.25f).ToList();
        optimizer.step();

        Assert.All(model.parameters().Zip(expected), pair => Assert.True(pair.First.allclose(pair.Second, rtol: 1e-6, atol: 1e-8)));
    }

    [Fact]
    public void A_restored_state_continues_bit_for_bit()
    {
        using var scope = torch.NewDisposeScope();
        using var straight = SmallNetwork.Create();
        using var optimizer = Create(straight);
        Train(straight, optimizer, from: 0, to: 4);
        using var resumed = SmallNetwork.Create();
        CopyParameters(straight, resumed);
        using var other = Create(resumed);
        other.RestoreState(optimizer.StateTensors().ToDictionary(item => item.Key, item => item.Value.clone()));

        Train(straight, optimizer, from: 4, to: 9);
        Train(resumed, other, from: 4, to: 9);

        Assert.Equal(TensorBits.Of(straight), TensorBits.Of(resumed));
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused_and_changes_nothing()
    {
        using var scope = torch.NewDisposeScope();
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        Train(model, optimizer, from: 0, to: 2);
        var tensors = optimizer.StateTensors().ToDictionary(item => item.Key, item => item.Value.clone());
        var before = tensors.ToDictionary(item => item.Key, item => TensorBits.Of(item.Value));
        tensors["fc2.weight.velocity"] = torch.zeros([1]);

        Assert.Throws<ArgumentException>(() => optimizer.RestoreState(tensors));
        tensors.Remove("fc2.weight.velocity");
        Assert.Contains("fc2.weight.velocity", Assert.Throws<ArgumentException>(() => optimizer.RestoreState(tensors)).Message);
        Assert.All(optimizer.StateTensors(), item => Assert.Equal(before[item.Key], TensorBits.Of(item.Value)));
    }

    [Fact]
    public void State_made_inside_a_dispose_scope_outlives_it()
    {
        using var model = SmallNetwork.Create();
        SparseOptimizer optimizer;
        using (torch.NewDisposeScope())
        {
            optimizer = Create(model);
        }

        SmallNetwork.ComputeGradients(model, 0);
        optimizer.step();
        optimizer.Dispose();
    }

    [Fact]
    public void Disposing_frees_every_tensor_of_the_state()
    {
        using var model = SmallNetwork.Create();
        var before = torch.Tensor.TotalCount;
        Create(model).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void A_closure_gives_the_loss_and_its_gradients()
    {
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        var before = TensorBits.Of(model);
        using var withoutGradient = torch.no_grad();

        using var loss = optimizer.step(() =>
        {
            SmallNetwork.ComputeGradients(model, 0);
            return torch.tensor(7f);
        });

        Assert.Equal(7f, loss.item<float>());
        Assert.NotEqual(before, TensorBits.Of(model));
    }

    [Fact]
    public void The_step_size_is_the_learning_rate_of_the_parameter_group()
    {
        using var model = SmallNetwork.Create();
        using var optimizer = Create(model);
        var group = Assert.Single(optimizer.ParamGroups);
        group.LearningRate = 0.125;

        Assert.Equal(0.125, optimizer.StepSize);
        Assert.Equal(0.5, group.InitialLearningRate);
        Assert.Equal(4, optimizer.parameters().Count());
    }

    [Fact]
    public void Names_must_be_unique_and_there_must_be_some()
    {
        using var model = SmallNetwork.Create();
        var parameter = model.get_parameter("fc1.bias")!;

        Assert.Contains("'a' is taken twice", Assert.Throws<ArgumentException>(() => new SparseOptimizer([("a", parameter), ("a", parameter)])).Message);
        Assert.Contains("There are none", Assert.Throws<ArgumentException>(() => new SparseOptimizer([])).Message);
        Assert.Throws<ArgumentException>(() => new SparseOptimizer(model.named_parameters(), new XrdaOptions { WeightDecay = -1 }));
    }

    private static Regularizer RegularizerOf(torch.Tensor parameter) =>
        parameter.dim() >= 2 ? Adaptive(1e-3) : Regularizers.Zero();

    private static Regularizer Adaptive(double strength) => Regularizers.AdaptiveL1(strength, 500, 9.5, Grouping.Element);

    private static SparseOptimizer Create(torch.nn.Module model, double strength = 1e-3) =>
        new(model.named_parameters(), regularizer: Adaptive(strength), stepSize: 0.5);

    private static void Train(Module<torch.Tensor, torch.Tensor> model, SparseOptimizer optimizer, int from, int to)
    {
        for (var batch = from; batch < to; batch++)
        {
            SmallNetwork.ComputeGradients(model, batch);
            optimizer.Follow(Schedule.Cosine(0.5, 10, batch + 1));
            optimizer.step();
        }
    }

    private static void CopyParameters(torch.nn.Module from, torch.nn.Module to)
    {
        using var withoutGradient = torch.no_grad();
        foreach (var (name, parameter) in to.named_parameters())
        {
            parameter.copy_(from.get_parameter(name)!);
        }
    }
}
