using Onnx;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Shrink;
using SparseHybrid.Deploy.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Export;

public class IndependentCheckerTests
{
    // full_check also infers every shape and holds it against the declared ones.
    private const string CheckAll = """
        import onnx, pathlib, sys
        for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
            try:
                onnx.checker.check_model(str(path), full_check=True)
            except Exception as error:
                print(path.name, error)
                sys.exit(1)
            print("checked", path.name)
        """;

    [PythonOnnxFact]
    public void The_onnx_package_accepts_every_export_and_what_shrinking_leaves_of_it()
    {
        using var folder = new TemporaryFolder();
        var written = 0;
        foreach (var model in TorchModel.All)
        {
            using var module = model.CreateTrained();
            Write(model.Name, OnnxExporter.Export(module, model.InputShape));
        }
        for (var seed = 0; seed < 20; seed++)
        {
            Write($"random {seed}", ModelShrinker.Shrink(RandomNetwork.Create(seed).Model).Model);
        }

        var (exitCode, output) = PythonOnnxFactAttribute.Run(CheckAll, folder.Path);

        Assert.True(exitCode == 0, output);
        Assert.Equal(written, output.Split("checked ").Length - 1);

        void Write(string name, ModelProto model)
        {
            folder.Write($"{name}.onnx", model);
            written++;
        }
    }
}
