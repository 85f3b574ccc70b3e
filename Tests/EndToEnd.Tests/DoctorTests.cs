using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class DoctorTests
{
    [Fact]
    public void It_tells_what_is_here()
    {
        var json = SparseProcess.Run("doctor", "--json").Done().Json;
        JsonAssert.HasKeys(json, "processors", "memory", "libtorch", "cuda", "onnxRuntime", "onnxRuntimeCuda", "packages", "data", "advice");
        Assert.Equal(Environment.ProcessorCount, json.GetProperty("processors").Number("count"));
        Assert.Contains(json.GetProperty("processors").Number("vectorBits"), new double[] { 128, 256, 512 });
        Assert.Matches(@"^\d+\.\d+", json.GetProperty("libtorch").Text("version"));
        Assert.True(File.Exists(json.GetProperty("libtorch").Text("file")));
        var providers = json.GetProperty("onnxRuntime").GetProperty("providers").EnumerateArray();
        Assert.Contains("CPUExecutionProvider", providers.Select(name => name.GetString()));
        Assert.InRange(json.GetProperty("memory").Number("totalBytes"), 1e8, 1e15);
    }

    [FactWithoutCuda]
    public void It_says_where_the_CUDA_provider_was_looked_for_and_what_is_wrong_with_one_that_is_there()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string?> Named(string place) => new() { ["ONNXRUNTIME_CUDA"] = place };

        var absent = SparseProcess.RunProgram(SparseProcess.Program, Named(folder.Path), "doctor", "--json").Done().Json;
        var library = folder["libonnxruntime_providers_cuda.so"];
        Assert.Equal(library, Assert.Single(absent.GetProperty("onnxRuntimeCuda").GetProperty("lookedFor").EnumerateArray()).GetString());

        File.WriteAllText(library, "no library");
        var output = SparseProcess.RunProgram(SparseProcess.Program, Named(library), "doctor").Done().Output;
        Assert.Matches("missing +ONNX Runtime on CUDA", output);
        Assert.Contains($"  ONNX Runtime on CUDA: Check that '{library}' is complete", output);
    }

    [Fact]
    public void Without_the_shim_it_still_works_and_says_what_to_do_while_training_is_refused()
    {
        using var folder = new TemporaryFolder();
        var program = CopyWithout("libtorch_lite.so", folder);
        var doctor = SparseProcess.RunProgram(program, null, "doctor").Done();
        Assert.Contains("missing", doctor.Output);
        Assert.Contains("LIBTORCH", doctor.Output);
        RefusesToTrain(SparseProcess.RunProgram(program, null, Train(folder)), folder);
    }

    [Fact]
    public void Without_libtorch_it_still_works_and_says_what_to_do_while_training_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["libtorch_cpu.so"], "no library");
        File.WriteAllText(folder["libtorch.so"], "no library");
        foreach (var version in new[] { "libtorch_cpu.so.1.13", "libtorch.so.1.13", "libc10.so", "libc10.so.1.13" })
        {
            File.WriteAllText(folder[version], "no library");
        }

        var environment = new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = folder.Path };
        var doctor = SparseProcess.RunProgram(SparseProcess.Program, environment, "doctor").Done();
        Assert.Contains("missing", doctor.Output);
        Assert.Contains("apt-get install libtorch-dev", doctor.Output);
        RefusesToTrain(SparseProcess.RunProgram(SparseProcess.Program, environment, Train(folder)), folder);
    }

    [Fact]
    public void Measuring_a_model_needs_no_libtorch()
    {
        using var folder = new TemporaryFolder();
        var data = SmallImages.Write(folder["data"]);
        SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--quiet", "--out", folder["run"]).Done();
        SparseProcess.Run("export", folder["run"], "--form", "dense", "--out", folder["model.onnx"]).Done();
        var program = CopyWithout("libtorch_lite.so", folder);
        SparseProcess.RunProgram(program, null, "bench", folder["model.onnx"], "--seconds", "0.1").Done();
    }

    private static string[] Train(TemporaryFolder folder) =>
        ["train", "--data-folder", SmallImages.Write(folder["data"]), "--epochs", "1", "--out", folder["run"]];

    private static void RefusesToTrain(SparseProcess.Result result, TemporaryFolder folder)
    {
        result.Refused(1, "doctor");
        Assert.False(Path.Exists(folder["run"]));
    }

    private static string CopyWithout(string left, TemporaryFolder folder)
    {
        var source = Path.GetDirectoryName(SparseProcess.Program)!;
        var target = Directory.CreateDirectory(folder["program"]).FullName;
        foreach (var file in Directory.EnumerateFiles(source).Where(file => Path.GetFileName(file) != left))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return Path.Combine(target, "sparse.dll");
    }
}
