namespace TorchSharp.Lite.Tests.Scopes;

public class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_created_in_it()
    {
        torch.Tensor inside;
        using (torch.NewDisposeScope())
        {
            inside = torch.zeros(1);
            Assert.False(inside.IsInvalid);
        }

        Assert.True(inside.IsInvalid);
    }

    [Fact]
    public void What_was_created_outside_survives()
    {
        using torch.Tensor outside = torch.zeros(1);
        using (torch.NewDisposeScope())
        {
            outside.add_(1);
        }

        Assert.Equal(1, outside.item<float>());
    }

    [Fact]
    public void A_result_moves_to_the_outer_scope_and_dies_with_it()
    {
        torch.Tensor result;
        using (DisposeScope outer = torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope())
            {
                result = torch.zeros(1).MoveToOuterDisposeScope();
            }

            Assert.False(result.IsInvalid);
            Assert.True(outer.Contains(result));
        }

        Assert.True(result.IsInvalid);
    }

    [Fact]
    public void Without_an_outer_scope_a_moved_result_belongs_to_nobody()
    {
        torch.Tensor result;
        using (torch.NewDisposeScope())
        {
            result = torch.zeros(1).MoveToOuterDisposeScope();
        }

        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void A_detached_tensor_survives_every_scope()
    {
        torch.Tensor result;
        using (torch.NewDisposeScope())
        using (DisposeScope inner = torch.NewDisposeScope())
        {
            result = torch.zeros(1).DetachFromDisposeScope();
            Assert.False(inner.Contains(result));
        }

        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void A_tensor_moves_to_any_other_scope()
    {
        using DisposeScope first = torch.NewDisposeScope();
        DisposeScope second = torch.NewDisposeScope();
        torch.Tensor result = torch.zeros(1).MoveToOtherDisposeScope(first);
        torch.Tensor neighbour = torch.zeros(1);
        neighbour.MoveToOtherDisposeScope(result);
        second.Dispose();
        Assert.False(result.IsInvalid);
        Assert.Equal(2, first.DisposablesCount);
    }

    [Fact]
    public void Attaching_takes_a_tensor_from_where_it_was()
    {
        using torch.Tensor free = torch.zeros(1);
        DisposeScope scope = torch.NewDisposeScope();
        scope.Attach(free);
        Assert.Equal([free], scope.DisposablesView);
        scope.Dispose();
        Assert.True(free.IsInvalid);
    }

    [Fact]
    public void Everything_but_some_can_be_disposed()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor dropped = torch.zeros(1), kept = torch.zeros(1);
        Assert.Same(kept, scope.DisposeEverythingBut(kept));
        Assert.True(dropped.IsInvalid);
        Assert.False(kept.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Disposing_a_tensor_takes_it_out_of_its_scope()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.zeros(1).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor elsewhere = null;
        DisposeScope seenElsewhere = scope;
        Thread thread = new(() =>
        {
            seenElsewhere = torch.CurrentDisposeScope;
            elsewhere = torch.zeros(1);
        });
        thread.Start();
        thread.Join();
        Assert.Null(seenElsewhere);
        Assert.Same(scope, torch.CurrentDisposeScope);
        Assert.False(scope.Contains(elsewhere));
        elsewhere.Dispose();
    }

    [Fact]
    public void A_wrapped_expression_keeps_its_result_only()
    {
        torch.Tensor inside = null;
        using torch.Tensor result = torch.WrappedTensorDisposeScope(() => (inside = torch.ones(2)) + 1);
        Assert.True(inside.IsInvalid);
        Entries.Equal([2, 2], result);
    }

    [Fact]
    public void Statistics_count_what_happened_on_this_thread()
    {
        ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        torch.Tensor kept;
        using (torch.NewDisposeScope())
        {
            torch.zeros(1);
            torch.zeros(1).Dispose();
            kept = torch.zeros(1).DetachFromDisposeScope();
        }

        Assert.Equal(3, statistics.CreatedInScopeCount);
        Assert.Equal(2, statistics.DisposedInScopeCount);
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(1, statistics.ThreadTotalLiveCount);
        kept.Dispose();
        Assert.Equal(1, statistics.DisposedOutsideScopeCount);
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }
}
