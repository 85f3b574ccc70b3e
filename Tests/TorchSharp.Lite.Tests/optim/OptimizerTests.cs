using TorchSharp.Modules;
using static TorchSharp.Lite.Tests.nn.Numbers;
using static TorchSharp.torch;

namespace TorchSharp.Lite.Tests.optim;

public class OptimizerTests
{
    [Fact]
    public void Groups_have_their_own_settings_and_take_the_others_from_the_optimizer()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter first = torch.nn.Parameter(Vector(1, -2)), second = torch.nn.Parameter(Vector(1, -2));
        using SGD optimizer = torch.optim.SGD(
            new SGD.ParamGroup[] { new() { Parameters = [first] }, new([second], new SGD.Options { LearningRate = 0.5 }) }, 0.25);

        Bowl.Backward(first);
        Bowl.Backward(second);
        optimizer.step();

        AssertClose([0.5, 1], first);
        AssertClose([0, 4], second);
        Assert.Equal([0.25, 0.5], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([first, second], optimizer.parameters());
    }

    [Fact]
    public void A_learning_rate_set_in_a_group_holds_from_the_next_step_on()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using SGD optimizer = torch.optim.SGD([("only", parameter)], 100);

        foreach (torch.optim.ILearningRateController group in optimizer.ParamGroups)
        {
            group.LearningRate = 0.5;
            Assert.Equal(100, group.InitialLearningRate);
        }

        Bowl.Backward(parameter);
        optimizer.step();
        AssertClose([0, 4], parameter);
    }

    [Fact]
    public void A_parameter_without_gradient_is_left_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using Adam optimizer = torch.optim.Adam([parameter], weight_decay: 1);

        optimizer.step();

        AssertClose([1, -2], parameter, 0);
    }

    [Fact]
    public void Zero_grad_overwrites_the_gradients_with_zeros()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using SGD optimizer = torch.optim.SGD([parameter], 0.1);

        Bowl.Backward(parameter);
        optimizer.zero_grad();

        AssertClose([0, 0], parameter.grad, 0);
    }

    [Fact]
    public void A_closure_is_run_with_recording_and_its_loss_returned()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using SGD optimizer = torch.optim.SGD([parameter], 0.5);

        Tensor loss;
        using (no_grad())
        {
            loss = optimizer.step(() =>
            {
                Tensor now = Bowl.Loss(parameter);
                now.backward();
                return now;
            });
        }

        AssertClose([13], loss);
        AssertClose([0, 4], parameter);
    }

    public static TheoryData<string, Func<Parameter, OptimizerHelper>> Optimizers => new()
    {
        { "sgd", parameter => torch.optim.SGD([parameter], 0.1, momentum: 0.9) },
        { "adam", parameter => torch.optim.Adam([parameter], 0.1, amsgrad: true) },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_state_loaded_continues_where_the_other_stopped(string name, Func<Parameter, OptimizerHelper> create)
    {
        Assert.NotEmpty(name);
        using DisposeScope scope = NewDisposeScope();
        Parameter original = torch.nn.Parameter(Vector(1, -2));
        using OptimizerHelper first = create(original);
        void Step(Parameter parameter, OptimizerHelper optimizer)
        {
            Bowl.Backward(parameter);
            optimizer.step();
        }

        Step(original, first);
        Step(original, first);
        Parameter copy = torch.nn.Parameter(original.detach().clone());
        using OptimizerHelper second = create(copy);
        Assert.False(second.state_dict().State[0].ApproximatelyEquals(first.state_dict().State[0]));

        second.load_state_dict(first.state_dict());

        Assert.True(second.state_dict().State[0].ApproximatelyEquals(first.state_dict().State[0]));
        Step(original, first);
        Step(copy, second);
        AssertClose(Entries.Of(original), copy, 0);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Steps_leave_no_tensors_behind_and_disposing_frees_the_memory(string name, Func<Parameter, OptimizerHelper> create)
    {
        Assert.NotEmpty(name);
        using Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using (NewDisposeScope())
        {
            Bowl.Backward(parameter);
        }

        long before = LiveTensors();
        OptimizerHelper optimizer = create(parameter);
        optimizer.step();
        long afterOne = LiveTensors();
        for (int i = 0; i < 10; i++)
        {
            optimizer.step();
        }

        Assert.Equal(afterOne, LiveTensors());
        optimizer.Dispose();
        Assert.Equal(before, LiveTensors());
    }

    [Fact]
    public void A_parameter_in_two_groups_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));

        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => torch.optim.SGD([parameter, parameter], 0.1)).Message);
    }

    [Fact]
    public void States_of_other_groups_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using SGD one = torch.optim.SGD([torch.nn.Parameter(Vector(1))], 0.1);
        using SGD two = torch.optim.SGD([torch.nn.Parameter(Vector(1)), torch.nn.Parameter(Vector(1))], 0.1);

        Assert.Throws<ArgumentException>(() => one.load_state_dict(two.state_dict()));
    }

    [Fact]
    public void An_optimizer_of_ones_own_needs_only_a_step()
    {
        using DisposeScope scope = NewDisposeScope();
        Parameter parameter = torch.nn.Parameter(Vector(1, -2));
        using SignDescent optimizer = new([parameter]);

        Bowl.Backward(parameter);
        optimizer.step();

        AssertClose([0.5, -1.5], parameter);
        Assert.Same(parameter, optimizer.parameters().Single());
    }

    private sealed class SignDescent : torch.optim.Optimizer
    {
        internal SignDescent(IEnumerable<Parameter> parameters)
            : base(IntPtr.Zero) => add_param_group(new ParamGroup { Parameters = parameters });

        public override Tensor step(Func<Tensor> closure = null)
        {
            using IDisposable guard = no_grad();
            foreach (Parameter parameter in parameters())
            {
                parameter.sub_(parameter.grad.sign() * 0.5);
            }

            return null;
        }
    }
}
