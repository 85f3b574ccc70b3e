using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Session;

public sealed class PinnedThreadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_thread_stays_on_its_processor_until_it_is_let_go()
    {
        var before = PinnedThread.Allowed();
        using (PinnedThread.To(before[^1]))
        {
            Assert.Equal([before[^1]], PinnedThread.Allowed());
        }

        Assert.Equal(before, PinnedThread.Allowed());
    }

    [TwoProcessorsFact]
    public void The_threads_of_a_session_are_on_theirs()
    {
        var allowed = PinnedThread.Allowed();
        var before = Threads().Keys.ToHashSet();
        var settings = new SessionSettings(Threads: 2, Processors: [allowed[0], allowed[1]]);
        using var session = ModelSession.Load(folder.Write("model.onnx", SmallNetworks.HalfDead(1)), settings);

        // A thread goes to its processor when it first runs.
        var isThere = SpinWait.SpinUntil(
            () => Threads().Any(thread => !before.Contains(thread.Key) && thread.Value == $"{allowed[1]}"), TimeSpan.FromSeconds(30));
        Assert.True(isThere, string.Join(' ', Threads().Values));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The threads of this process, and the processors that each may use.</summary>
    private static Dictionary<string, string> Threads() =>
        Directory.EnumerateDirectories("/proc/self/task").ToDictionary(thread => thread, ProcessorsOf);

    private static string ProcessorsOf(string thread)
    {
        const string key = "Cpus_allowed_list:";
        try
        {
            return File.ReadLines(Path.Combine(thread, "status")).First(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..].Trim();
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }

    /// <summary>Needs two processors.</summary>
    private sealed class TwoProcessorsFactAttribute : FactAttribute
    {
        public TwoProcessorsFactAttribute() => Skip = PinnedThread.Allowed().Count < 2 ? "This process may use one processor only." : null;
    }
}
