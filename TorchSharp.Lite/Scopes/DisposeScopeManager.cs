namespace TorchSharp;

/// <summary>The open dispose scopes of one thread, innermost last, and the thread's statistics.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager current;

    private readonly List<DisposeScope> openScopes = [];

    public static ThreadDisposeScopeStatistics Statistics => Current.ThreadStatistics;

    internal static DisposeScopeManager Current => current ??= new();

    internal DisposeScope InnermostScope => openScopes.Count == 0 ? null : openScopes[^1];

    internal ThreadDisposeScopeStatistics ThreadStatistics { get; } = new();

    internal DisposeScope Open()
    {
        DisposeScope scope = new(this, InnermostScope);
        openScopes.Add(scope);
        return scope;
    }

    internal void Close(DisposeScope scope) => openScopes.Remove(scope);

    /// <summary>Gives a new tensor to the innermost scope, if there is one.</summary>
    internal void Register(torch.Tensor tensor)
    {
        if (InnermostScope is { } scope)
        {
            ThreadStatistics.TensorStatistics.CreatedInScopeCount++;
            scope.Adopt(tensor);
        }
        else
        {
            ThreadStatistics.TensorStatistics.CreatedOutsideScopeCount++;
        }
    }
}
