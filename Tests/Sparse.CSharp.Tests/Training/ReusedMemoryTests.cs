using System.Runtime.InteropServices;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Training;

public sealed class ReusedMemoryTests
{
    // Above the size from which glibc takes a block straight from the system, where it may.
    private const long Large = 12 << 20;

    // 4 GiB, never touched: more than any gap that earlier tests left, which would be used first.
    private const long LargerThanAnyGap = 1 << 30;

    [GlibcFact]
    public void While_it_lives_large_blocks_come_from_memory_that_is_kept()
    {
        using var reused = ReusedMemory.Begin();

        Assert.Equal(0, BlocksFromTheSystem(Large));
    }

    [GlibcFact]
    public void Only_the_last_one_to_go_lets_large_blocks_come_from_the_system_again()
    {
        var first = ReusedMemory.Begin();
        var second = ReusedMemory.Begin();

        first.Dispose();
        first.Dispose(); // counts once
        Assert.Equal(0, BlocksFromTheSystem(Large));

        second.Dispose();
        Assert.Equal(1, BlocksFromTheSystem(LargerThanAnyGap));
    }

    private static long BlocksFromTheSystem(long entries)
    {
        var before = (long)mallinfo2().MappedBlocks;
        using var tensor = torch.empty(entries);
        return (long)mallinfo2().MappedBlocks - before;
    }

    /// <summary>The struct of mallinfo2(3): ten sizes, of which the fourth counts blocks that came straight from the system.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    private readonly struct AllocationCounts
    {
        [FieldOffset(24)]
        public readonly nuint MappedBlocks;
    }

    [DllImport("libc")]
    private static extern AllocationCounts mallinfo2();
}
