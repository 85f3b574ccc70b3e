using System.Runtime.Intrinsics.X86;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

/// <summary>Sparse kernels in a process that must not use the wider vectors of this machine, as if it were an older one.</summary>
public sealed class VectorWidthTests(SmallRun trained) : IClassFixture<SmallRun>
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public void Kernels_agree_with_the_dense_model_whatever_the_processor_has(string feature, int mostBits)
    {
        var without = new Dictionary<string, string?> { [feature] = "0" };
        var doctor = SparseProcess.RunProgram(SparseProcess.Program, without, "doctor", "--json").Json;
        if (X86Base.IsSupported)
        {
            Assert.InRange(doctor.GetProperty("processors").Number("vectorBits"), 0, mostBits);
        }

        var dense = trained.Export("dense", $"{feature}.onnx").Text("file");
        string[] optimize = ["optimize", dense, "--form", "sparse-kernels", "--round-to", "1024", "--json"]; // all units stay, most of their weights are zero
        var json = SparseProcess.RunProgram(SparseProcess.Program, without, optimize).Done().Json;

        Assert.Equal("sparse-kernels", json.GetProperty("layers")[0].Text("choice"));
        Assert.InRange(json.Number("maxAbsDifference"), 0, 1e-4 * json.Number("largestOutput"));
    }
}
