using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

/// <summary>Whatever is wrong: a clear message of one or two lines, exit status 1 or 2, and nothing half written.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string TrainingImages = "train-images-idx3-ubyte";
    private const string TrainingLabels = "train-labels-idx1-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("--model", "alexnet", "lenet-300-100")]
    [InlineData("--data", "cifar", "fashion-mnist")]
    [InlineData("--method", "newton", "xrda")]
    [InlineData("--hidden", "300-0", "1 or more")]
    [InlineData("--hidden", "300-100", "only of mlp")] // lenet-300-100 is the default model
    [InlineData("--width", "0", "above 0")]
    [InlineData("--mode", "channel", "output-filter")]
    [InlineData("--device", "tpu", "cuda")]
    [InlineData("--lambda", "-1e-6", "0 or more")]
    [InlineData("--lambda", "NaN", "0 or more")]
    [InlineData("--lambda", "much", "0 or more")]
    [InlineData("--step-size", "0", "above 0")]
    [InlineData("--step-size", "Infinity", "above 0")]
    [InlineData("--maximum-factor", "0.5", "1")]
    [InlineData("--time-scale", "-1", "0 or more")]
    [InlineData("--weight-decay", "-5e-4", "0 or more")]
    [InlineData("--epochs", "0", "1 to")]
    [InlineData("--epochs", "2.5", "whole number")]
    [InlineData("--batch", "0", "1 to")]
    [InlineData("--batch", "99999999999", "1 to")]
    [InlineData("--threads", "0", "1 to")]
    [InlineData("--seed", "-1", "0 to")]
    [InlineData("--data-folder", "", "--data-folder")]
    [InlineData("--data-arrays", "x,y", "four names")]
    public void A_value_out_of_range_is_wrong_usage(string option, string value, string expected)
    {
        SparseProcess.Run("train", option, value, "--out", folder["run"]).Refused(2, option, value, expected);
        Assert.Empty(folder.Contents);
    }

    [Theory]
    [InlineData("--lamda", "train", "--lamda", "1e-6")]
    [InlineData("Nearest is '--epochs'", "train", "--epoch", "3")]
    [InlineData("Nearest is 'train'", "trian")]
    [InlineData("dance", "dance")]
    [InlineData("--lambda", "train", "--lambda")]
    [InlineData("export", "export")]
    [InlineData("bench", "bench")]
    [InlineData("--data-folder", "train", "--data", "mnist")]
    [InlineData("--data-file", "train", "--data-file", "mine.npz")]
    [InlineData("--data-file", "train", "--data", "numpy")]
    [InlineData("--form", "export", "run", "--form", "tiny")]
    [InlineData("--opset", "export", "run", "--opset", "3")]
    [InlineData("--provider", "bench", "model.onnx", "--provider", "npu")]
    [InlineData("--batch", "bench", "model.onnx", "--batch", "-1")]
    public void Wrong_usage_names_the_word_that_is_wrong(string word, params string[] arguments) =>
        SparseProcess.Run(arguments).Refused(2, word);

    [Fact]
    public void Without_a_command_the_help_is_shown()
    {
        var result = SparseProcess.Run();
        Assert.Equal(2, result.ExitStatus);
        Assert.Contains("demo", result.Output);
    }

    [Fact]
    public void A_missing_data_folder_is_named() =>
        Train(folder["absent"]).Refused(1, folder["absent"]);

    [Fact]
    public void A_missing_file_is_named()
    {
        File.Delete(Path.Combine(Data(), TestLabels));
        RefusedForData(TestLabels);
    }

    [Fact]
    public void A_wrong_magic_number_is_told_in_hexadecimal()
    {
        Damage(TrainingImages, bytes => bytes[2] = 9);
        RefusedForData(TrainingImages, "magic", "0x00000903");
    }

    [Theory]
    [InlineData(TrainingImages, 1)]
    [InlineData(TrainingImages, 500_000)]
    [InlineData(TrainingLabels, 640)]
    public void Too_few_bytes_are_counted(string file, int missing)
    {
        var path = Path.Combine(Data(), file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^missing]);
        RefusedForData(file);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        File.WriteAllBytes(Path.Combine(Data(), TrainingLabels), []);
        RefusedForData(TrainingLabels);
    }

    [Fact]
    public void Bytes_after_the_end_are_refused()
    {
        var path = Path.Combine(Data(), TrainingLabels);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), 0]);
        RefusedForData(TrainingLabels);
    }

    [Fact]
    public void A_truncated_gzip_file_is_refused()
    {
        var whole = File.ReadAllBytes("/usr/share/datasets/fashion-mnist/t10k-labels-idx1-ubyte.gz");
        File.Delete(Path.Combine(Data(), TestLabels));
        File.WriteAllBytes(Path.Combine(Data(), TestLabels + ".gz"), whole[..(whole.Length / 2)]);
        RefusedForData(TestLabels);
    }

    [Fact]
    public void A_label_above_nine_is_refused()
    {
        Damage(TrainingLabels, bytes => bytes[20] = 10);
        RefusedForData(TrainingLabels, "10");
    }

    [Fact]
    public void Images_and_labels_that_do_not_agree_are_refused()
    {
        SmallImages.WriteIdx(Path.Combine(Data(), TrainingLabels), new byte[639], 639);
        RefusedForData("639", "640");
    }

    [Fact]
    public void An_existing_run_folder_is_left_as_it_was()
    {
        Directory.CreateDirectory(folder["run"]);
        File.WriteAllText(folder["run/precious.txt"], "mine");
        Train(Data()).Refused(1, folder["run"], "exists");
        Assert.Equal(["precious.txt"], Directory.EnumerateFileSystemEntries(folder["run"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("/proc/sparse-run")]
    [InlineData("/dev/null/run")]
    public void An_unwritable_output_is_refused_before_training(string output) =>
        SparseProcess.Run("train", "--data-folder", Data(), "--epochs", "1", "--out", output).Refused(1, output);

    [Fact]
    public void A_folder_that_is_no_run_cannot_be_exported_or_resumed()
    {
        SparseProcess.Run("export", folder.Path).Refused(1, folder.Path, "run.json");
        SparseProcess.Run("train", "--resume", folder["absent"]).Refused(1, folder["absent"]);
        Assert.Empty(folder.Contents);
    }

    [Fact]
    public void What_is_not_an_onnx_model_is_refused()
    {
        File.WriteAllText(folder["text.onnx"], "This is not a model.");
        File.WriteAllBytes(folder["empty.onnx"], []);
        SparseProcess.Run("bench", folder["text.onnx"]).Refused(1, folder["text.onnx"]);
        SparseProcess.Run("bench", folder["empty.onnx"]).Refused(1, folder["empty.onnx"], "empty");
        SparseProcess.Run("bench", folder["absent.onnx"]).Refused(1, folder["absent.onnx"]);
        SparseProcess.Run("bench", folder.Path).Refused(1, folder.Path, "folder");
    }

    [FactWithoutCuda]
    public void Cuda_where_there_is_none_is_refused()
    {
        SparseProcess.Run("train", "--data-folder", Data(), "--device", "cuda", "--out", folder["run"]).Refused(1, "CUDA");
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public void Errors_with_json_leave_standard_output_empty() =>
        Assert.Empty(SparseProcess.Run("train", "--json", "--data-folder", folder["absent"]).Refused(1).Output);

    public void Dispose() => folder.Dispose();

    private SparseProcess.Result Train(string data) =>
        SparseProcess.Run("train", "--data-folder", data, "--epochs", "1", "--out", folder["run"]);

    private string Data() => Directory.Exists(folder["data"]) ? folder["data"] : SmallImages.Write(folder["data"]);

    private void Damage(string file, Action<byte[]> change)
    {
        var path = Path.Combine(Data(), file);
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes);
    }

    private void RefusedForData(params string[] words)
    {
        Train(Data()).Refused(1, words);
        Assert.DoesNotContain(folder.Contents, name => name.StartsWith("run", StringComparison.Ordinal));
    }
}
