using SparseHybrid.Tests.Support;
using SparseHybrid.Training;
using TorchSharp;

namespace SparseHybrid.Tests.Training;

public sealed class ReusedMemoryTests
{
    private const int Tensors = 6;
    private const int Megabytes = 6;

    [GlibcFact]
    public void What_a_step_frees_the_next_one_gets_without_new_pages()
    {
        using var reused = ReusedMemory.Begin();
        for (var step = 0; step < 12; step++)
        {
            Use(); // the first few still spread over new pages, until gaps of every size are there
        }

        var before = PagesMapped();

        Use();

        Assert.InRange(PagesMapped() - before, 0, Tensors * Megabytes * 256 / 20); // a megabyte has 256 pages
    }

    [GlibcFact]
    public void Afterwards_memory_goes_back_to_the_system()
    {
        using (ReusedMemory.Begin())
        {
            using (ReusedMemory.Begin())
            {
                Use();
            }

            Use();
        }

        var before = PagesMapped();
        Use();

        Assert.InRange(PagesMapped() - before, Tensors * Megabytes * 256 / 2, long.MaxValue);
    }

    private static void Use()
    {
        using var scope = torch.NewDisposeScope();
        for (var i = 0; i < Tensors; i++)
        {
            torch.ones(Megabytes << 18);
        }
    }

    /// <summary>Pages that the system has mapped for this thread so far: the field minflt.</summary>
    private static long PagesMapped()
    {
        var status = File.ReadAllText("/proc/thread-self/stat");
        return long.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[7]);
    }
}
