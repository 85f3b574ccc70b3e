namespace TorchSharp;

/// <summary>
/// Owns the tensors created on its thread while it is the innermost open scope, and disposes those that are still its own
/// when it is disposed. A result leaves by MoveToOuter (to the enclosing scope) or Detach (to nobody).
/// </summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private readonly DisposeScope outerScope;
    private HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager, DisposeScope outerScope)
    {
        this.manager = manager;
        this.outerScope = outerScope;
    }

    public IReadOnlyList<IDisposable> DisposablesView => [.. disposables];

    public int DisposablesCount => disposables.Count;

    private LifetimeStatistics Statistics => manager.ThreadStatistics.TensorStatistics;

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    public void Attach(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            if (tensor.OwningDisposeScope == this)
            {
                return;
            }

            tensor.OwningDisposeScope?.disposables.Remove(tensor);
            Statistics.AttachedToScopeCount++;
        }

        Adopt(disposable);
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        IDisposable[] attached = [.. disposables];
        foreach (IDisposable disposable in attached)
        {
            Attach(disposable);
        }

        return attached;
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables) => MoveToOther(null, disposables);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(outerScope, disposables);

    public void MoveToOther(DisposeScope scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope scope, IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables)
        {
            Move(scope, disposable);
        }
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        HashSet<IDisposable> owned = disposables;
        disposables = new(inKeep.Where(owned.Contains), ReferenceEqualityComparer.Instance);
        foreach (IDisposable disposable in owned)
        {
            if (!disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    /// <summary>Forgets a disposable that was disposed by someone else.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            Statistics.DisposedInScopeCount++;
            tensor.OwningDisposeScope = null;
        }
    }

    /// <summary>Disposes what the scope still owns and closes it.</summary>
    public void Dispose()
    {
        DisposeEverything();
        manager.Close(this);
    }

    internal void Adopt(IDisposable disposable)
    {
        disposables.Add(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = this;
        }
    }

    private void Move(DisposeScope scope, IDisposable disposable)
    {
        if (disposable is null || !disposables.Remove(disposable))
        {
            return;
        }

        if (scope != null)
        {
            scope.Adopt(disposable);
        }
        else if (disposable is torch.Tensor tensor)
        {
            Statistics.DetachedFromScopeCount++;
            tensor.OwningDisposeScope = null;
        }
    }
}
