using System.Runtime.InteropServices;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Tests.Support;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public class OtherRuntimeTests
{
    [OtherRuntimeFact]
    public void Another_version_of_ONNX_Runtime_computes_what_libtorch_computes_for_every_kind_of_module()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var expected = new Dictionary<string, float[]>();
        foreach (var model in TorchModel.All)
        {
            using var module = model.CreateTrained();
            var samples = model.Samples(3);
            folder.Write($"{model.Name}.onnx", OnnxExporter.Export(module, model.InputShape));
            folder.Write($"{model.Name}.input", samples.bytes.ToArray());
            File.WriteAllText(folder.File($"{model.Name}.shape"), string.Join(',', samples.shape));
            expected[model.Name] = MemoryMarshal.Cast<byte, float>(module.call(samples).contiguous().bytes).ToArray();
        }

        var (exitCode, errors) = OtherRuntime.Run(folder.Path);

        Assert.True(exitCode == 0, errors);
        foreach (var (name, outputs) in expected)
        {
            var found = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File($"{name}.output"))).ToArray();
            Running.AssertClose(outputs, found, 1e-4);
        }
    }
}
