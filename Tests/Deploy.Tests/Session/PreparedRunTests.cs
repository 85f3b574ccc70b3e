using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Session;

public sealed class PreparedRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_way_to_bind_memory_gives_the_same_outputs_again_and_again()
    {
        using var session = ModelSession.Load(folder.Write("model.onnx", SmallNetworks.HalfDead(1)), new SessionSettings());
        var input = Running.RandomFloats(new Random(3), 2 * 16);
        var expected = session.Run(input, 2);
        foreach (var run in new IPreparedRun[] { session.Prepare(input, 2), session.PrepareWithTransfers(input, 2), session.PrepareOnDevice(input, 2) })
        {
            using (run)
            {
                run.Run();
                run.Run();
                Assert.Equal(expected, run.CopyOutputs());
            }
        }
    }

    public void Dispose() => folder.Dispose();
}
