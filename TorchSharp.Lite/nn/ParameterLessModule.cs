namespace TorchSharp.Modules;

/// <summary>Marks modules that hold nothing: no parameters, buffers or submodules.</summary>
public interface IParameterLessModule
{
}

/// <summary>A module of one input that holds nothing; registering anything in it is refused.</summary>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    public override void register_parameter(string name, Parameter param) => throw Refusal("parameter", name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw Refusal("buffer", name);

    public override void register_module(string name, torch.nn.Module submodule) => throw Refusal("submodule", name);

    private InvalidOperationException Refusal(string kind, string component) =>
        new($"{GetName()} holds no parameters, buffers or submodules; the {kind} '{component}' cannot be registered in it.");
}
