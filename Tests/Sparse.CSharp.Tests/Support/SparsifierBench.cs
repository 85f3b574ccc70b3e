using SparseHybrid.Methods;
using SparseHybrid.Optimizers;
using SparseHybrid.Sparsifiers;
using SparseHybrid.TargetSparsity;
using SparseHybrid.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace SparseHybrid.Tests.Support;

/// <summary>A sparsifier with a network and an optimizer around it, whose gradients the test sets. Owns all three.</summary>
internal sealed class SparsifierBench : IDisposable
{
    private readonly int seed;

    public SparsifierBench(MethodOptions method, double share, Module<torch.Tensor, torch.Tensor> model, int totalSteps = 20, int seed = 1)
    {
        this.seed = seed;
        Model = model;
        var options = new SparseTrainerOptions
        {
            Epochs = 2,
            Method = method,
            TargetSparsity = new TargetSparsityOptions { Share = share },
        };
        Optimizer = new SparseOptimizer(model.named_parameters(), method, stepSize: 0.5);
        Sparsifier = method.CreateSparsifier(new SparsifierContext(model, Optimizer, options, totalSteps, totalSteps / 2))!;
    }

    public Module<torch.Tensor, torch.Tensor> Model { get; }

    public SparseOptimizer Optimizer { get; }

    public Sparsifier Sparsifier { get; }

    public Parameter this[string name] => Model.get_parameter(name)!;

    public float[] Values(string name)
    {
        using var values = this[name].detach();
        return values.data<float>().ToArray();
    }

    /// <summary>A step with random gradients, or with those given.</summary>
    public void Step(int step, Func<string, torch.Tensor, torch.Tensor>? gradient = null)
    {
        SetGradients(step, gradient);
        Sparsifier.BeforeStep(step);
        Optimizer.step();
        Sparsifier.AfterStep(step);
    }

    public void SetGradients(int step, Func<string, torch.Tensor, torch.Tensor>? gradient = null)
    {
        torch.manual_seed(1000 * seed + step);
        foreach (var (name, parameter) in Model.named_parameters())
        {
            using var value = parameter.detach();
            parameter.grad = gradient?.Invoke(name, value) ?? torch.randn_like(value);
        }
    }

    public void Dispose()
    {
        Sparsifier.Dispose();
        Optimizer.Dispose();
        Model.Dispose();
    }
}
