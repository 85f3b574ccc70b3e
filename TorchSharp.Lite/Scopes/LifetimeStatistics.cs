namespace TorchSharp;

/// <summary>What became of the disposables of one kind that one thread created.</summary>
public class LifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }

    public long CreatedInScopeCount { get; internal set; }

    public long DisposedOutsideScopeCount { get; internal set; }

    public long DisposedInScopeCount { get; internal set; }

    public long AttachedToScopeCount { get; internal set; }

    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Created and not yet disposed. What the garbage collector freed is still counted.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    public void Reset() =>
        CreatedOutsideScopeCount = CreatedInScopeCount = DisposedOutsideScopeCount = DisposedInScopeCount
            = AttachedToScopeCount = DetachedFromScopeCount = 0;

    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; Created in scope: {CreatedInScopeCount}, outside: {CreatedOutsideScopeCount}; "
        + $"Disposed in scope: {DisposedInScopeCount}, outside: {DisposedOutsideScopeCount}; "
        + $"Attached: {AttachedToScopeCount}; Detached: {DetachedFromScopeCount}";
}
