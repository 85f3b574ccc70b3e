using SparseHybrid.Deploy.Benchmark;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public class OtherProgramsTests
{
    [Fact]
    public void Waiting_is_not_work_and_guests_count_once()
    {
        string[] lines = ["cpu  10 2 3 100 20 4 5 6 7 0", "cpu0 5 1 2 50 10 2 2 3 7 0", "cpu1 5 1 1 50 10 2 3 3 0 0", "intr 12345"];
        Assert.Equal(new OtherPrograms.ProcessorTicks(Busy: 30, All: 150, Processors: 2), OtherPrograms.Parse(lines));
    }

    [Fact]
    public void Without_counts_there_is_no_answer() => Assert.Null(OtherPrograms.Parse(["intr 12345"]));

    [Fact]
    public void Own_work_is_not_that_of_others()
    {
        if (new OtherPrograms().Processors() is null && !File.Exists("/proc/stat"))
        {
            return; // a system without counts
        }

        var others = new OtherPrograms();
        var end = DateTime.UtcNow.AddSeconds(0.2);
        while (DateTime.UtcNow < end)
        {
        }

        Assert.InRange(others.Processors()!.Value, 0, Environment.ProcessorCount);
    }
}
