using System.Runtime.InteropServices;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Models;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class ModelCatalogExportTests(CatalogExports exports) : IClassFixture<CatalogExports>
{
    private const double Tolerance = 1e-4; // of the largest logit

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_that_was_trained_for_a_step_computes_the_same_at_batch_1_3_and_64(string name)
    {
        using var session = ModelSession.Load(exports[name].Path, new SessionSettings());
        foreach (var (batch, (input, output)) in exports[name].Batches)
        {
            Running.AssertClose(output, session.Run(input, batch)[0], Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_weights_give_the_same_bytes(string name) => Assert.True(exports[name].IsRepeatable);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_tensor_of_the_state_dict_is_there_under_its_name_and_no_other(string name)
    {
        var state = exports[name].StateNames.Where(key => !key.EndsWith("num_batches_tracked", StringComparison.Ordinal));

        var graph = ModelFile.Load(exports[name].Path).Graph;

        Assert.Equal(state.Order(), graph.Initializer.Select(tensor => tensor.Name).Where(tensor => !tensor.Contains('/')).Order());
        Assert.Equal(graph.Node.Count - 1, graph.ValueInfo.Count); // every value but the last, which is the graph's output
    }

    [PythonOnnxFact]
    public void The_onnx_package_accepts_every_network() => OnnxChecker.AssertAccepts(exports.Models);

    [OtherRuntimeFact]
    public void Another_version_of_ONNX_Runtime_computes_the_same_at_batch_1_3_and_64()
    {
        using var folder = new TemporaryFolder();
        var requests = ModelCatalog.Names.SelectMany(name => CatalogExports.Batches.Select(batch => (Name: name, Batch: batch, File: $"{name} {batch}"))).ToList();
        foreach (var (name, batch, file) in requests)
        {
            File.CreateSymbolicLink(folder.File($"{file}.onnx"), exports[name].Path);
            folder.Write($"{file}.input", MemoryMarshal.AsBytes<float>(exports[name].Batches[batch].Input).ToArray());
            File.WriteAllText(folder.File($"{file}.shape"), string.Join(',', exports[name].InputShape.Prepend(batch)));
        }

        var (exitCode, errors) = OtherRuntime.Run(folder.Path);

        Assert.True(exitCode == 0, errors);
        foreach (var (name, batch, file) in requests)
        {
            var found = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File($"{file}.output"))).ToArray();
            Running.AssertClose(exports[name].Batches[batch].Output, found, Tolerance);
        }
    }
}
