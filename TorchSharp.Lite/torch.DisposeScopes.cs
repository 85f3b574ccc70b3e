using System.Diagnostics.CodeAnalysis;

namespace TorchSharp;

public static partial class torch
{
    [MaybeNull]
    public static DisposeScope CurrentDisposeScope => DisposeScopeManager.Current.InnermostScope;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Open();

    /// <summary>Runs the expression in a scope of its own; only its result survives.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
