namespace SparseHybrid.Kernels.Tests;

public sealed class EvenSplitTests
{
    [Fact]
    public void Parts_cover_all_items_once_and_share_the_work_evenly()
    {
        int[] workBefore = [0, 10, 10, 30, 40, 70, 80, 100];

        Assert.Equal([0, 4, 5, 7], Enumerable.Range(0, 4).Select(part => EvenSplit.Start(workBefore, part, 3)));
        Assert.Equal([0, 7], Enumerable.Range(0, 2).Select(part => EvenSplit.Start(workBefore, part, 1)));
    }

    [Fact]
    public void Items_without_work_belong_to_someone() =>
        Assert.Equal([0, 0, 0, 4], Enumerable.Range(0, 4).Select(part => EvenSplit.Start([0, 0, 0, 0, 0], part, 3)));
}
