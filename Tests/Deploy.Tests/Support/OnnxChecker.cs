namespace SparseHybrid.Deploy.Tests.Support;

/// <summary>The checker of Debian's python3-onnx, for tests that are a <see cref="PythonOnnxFactAttribute"/>.</summary>
internal static class OnnxChecker
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

    /// <summary>Asserts that it accepts every model of a folder.</summary>
    public static void AssertAccepts(TemporaryFolder folder)
    {
        var written = folder.Names.Count(name => name.EndsWith(".onnx", StringComparison.Ordinal));

        var (exitCode, output) = PythonOnnxFactAttribute.Run(CheckAll, folder.Path);

        Assert.True(exitCode == 0, output);
        Assert.Equal(written, output.Split("checked ").Length - 1);
    }
}
