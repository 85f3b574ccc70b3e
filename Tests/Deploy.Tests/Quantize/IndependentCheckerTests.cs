using SparseHybrid.Deploy.Quantize.Float16;
using SparseHybrid.Deploy.Tests.Support;
using static SparseHybrid.Deploy.Tests.Support.Quantizing;

namespace SparseHybrid.Deploy.Tests.Quantize;

public class IndependentCheckerTests
{
    [PythonOnnxFact]
    public void The_onnx_package_accepts_every_precision()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 20; seed++)
        {
            var model = RandomGraph.Create(seed);
            folder.Write($"int8 {seed}.onnx", Quantized(model));
            folder.Write($"float16 values {seed}.onnx", HalfValues.Convert(model).Model);
            var network = RandomNetwork.Create(seed).Model;
            folder.Write($"int8 network {seed}.onnx", Quantized(network));
        }

        OnnxChecker.AssertAccepts(folder);
    }
}
