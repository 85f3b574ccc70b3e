using Onnx;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Export;

public class IndependentCheckerTests
{
    [PythonOnnxFact]
    public void The_onnx_package_accepts_every_export_and_what_shrinking_leaves_of_it()
    {
        using var folder = new TemporaryFolder();
        foreach (var model in TorchModel.All)
        {
            using var module = model.CreateTrained();
            Write(model.Name, OnnxExporter.Export(module, model.InputShape));
        }
        for (var seed = 0; seed < 20; seed++)
        {
            Write($"random {seed}", ModelShrinker.Shrink(RandomNetwork.Create(seed).Model).Model);
        }

        OnnxChecker.AssertAccepts(folder);

        void Write(string name, ModelProto model) => folder.Write($"{name}.onnx", model);
    }
}
