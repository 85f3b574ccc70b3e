using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Tests.TargetSparsity;

public sealed class SparsityTraceTests
{
    [Fact]
    public void Ten_moments_of_an_epoch_are_kept()
    {
        var trace = Traced(steps: 200);

        Assert.Empty(trace.OfEpoch(0));
        Assert.Equal([101, 111, 121, 131, 141, 151, 161, 171, 181, 191], trace.OfEpoch(1).Select(point => point.Step));
    }

    [Fact]
    public void A_trace_comes_back_from_its_numbers_in_the_middle_of_an_epoch()
    {
        var trace = Traced(steps: 155);
        var restored = Traced(steps: 30);

        restored.Restore(trace.ToNumbers());

        Assert.Equal(trace.OfEpoch(1), restored.OfEpoch(1));
        Assert.Equal(6, restored.OfEpoch(1).Count);
    }

    private static SparsityTrace Traced(int steps)
    {
        var trace = new SparsityTrace(stepsPerEpoch: 100);
        for (var step = 1; step <= steps; step++)
        {
            trace.Note(new SparsityTracePoint(step, 1e-6 * step, 0.001 * step));
        }

        return trace;
    }
}
