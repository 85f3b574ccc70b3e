using Microsoft.ML.OnnxRuntime;
using SparseHybrid.EndToEnd.Tests.Harness;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class DataTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string?> environment;

    public DataTests() => environment = new() { ["XDG_DATA_HOME"] = folder.Path, ["NO_PROXY"] = "127.0.0.1", ["no_proxy"] = "127.0.0.1" };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_list_tells_what_is_here_and_how_to_have_the_rest()
    {
        var json = Run("data", "list", "--verify", "--json").Done().Json;
        var sets = json.GetProperty("datasets").EnumerateArray().ToDictionary(set => set.Text("name"));
        Assert.Equal(["cifar-10", "cifar-100", "fashion-mnist", "mnist"], sets.Keys.Order());
        JsonAssert.HasKeys(
            sets["fashion-mnist"], "name", "folder", "trainingImages", "testImages", "classes", "shape", "bytes", "state", "missing", "differing");
        Assert.Equal("ready", sets["fashion-mnist"].Text("state"));
        Assert.Equal("absent", sets["cifar-10"].Text("state"));
        Assert.Equal(Path.Combine(folder.Path, "sparse-hybrid", "data", "cifar-10"), sets["cifar-10"].Text("folder"));
        Assert.Equal((50_000, 100), (sets["cifar-100"].Number("trainingImages"), sets["cifar-100"].Number("classes")));
        Assert.Contains("./sparse data fetch cifar-10", Run("data", "list").Done().Output);
    }

    [Fact]
    public void An_interrupted_fetch_keeps_what_came_and_says_how_to_go_on()
    {
        using var server = new FileServer(new Answer(CutAfter: 5_000_000, IsSilent: true));
        server.Files["train-images-idx3-ubyte.gz"] = new byte[9_912_422];
        using var process = SparseProcess.Start(environment, "data", "fetch", "mnist", "--url", server.Place, "--out", folder["mnist"]);
        var partial = Path.Combine(folder["mnist"], "train-images-idx3-ubyte.gz.partial");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(partial) && new FileInfo(partial).Length == 5_000_000, TimeSpan.FromMinutes(1)));
        process.Signal(Interrupt);

        var result = process.Wait();
        Assert.Equal(1, result.ExitStatus);
        Assert.Contains("same command", result.Error);
        Assert.Equal(5_000_000, new FileInfo(partial).Length);

        // It goes on there; and what the server has is not MNIST.
        Run("data", "fetch", "mnist", "--url", server.Place, "--out", folder["mnist"], "--quiet").Refused(1, "train-images-idx3-ubyte.gz", "440fcabf");
        Assert.Equal(["train-images-idx3-ubyte.gz 0", "train-images-idx3-ubyte.gz 5000000", "train-images-idx3-ubyte.gz 0"], server.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["mnist"]));
    }

    [Fact]
    public void A_mirror_without_the_file_is_refused_with_its_answer()
    {
        using var server = new FileServer();
        Run("data", "fetch", "cifar-10", "--url", server.Place, "--json").Refused(1, "cifar-10-binary.tar.gz", "404", "--url");
    }

    [Theory]
    [InlineData("imagenet", "fetch", "imagenet")]
    [InlineData("ftp://mirror/", "fetch", "mnist", "--url", "ftp://mirror/")]
    [InlineData("--attempts", "fetch", "mnist", "--attempts", "0")]
    public void Wrong_usage_names_the_word_that_is_wrong(string word, params string[] arguments) =>
        Run(["data", .. arguments]).Refused(2, word);

    [Fact]
    public void Arrays_of_ones_own_train_resume_and_export()
    {
        var (train, test) = (Digits(200, seed: 1), Digits(50, seed: 2));
        File.WriteAllBytes(folder["mine.npz"], NumpyBytes.Npz(
            true,
            ("a", NumpyBytes.Bytes("(200, 8, 8, 1)", train.Pixels)),
            ("b", NumpyBytes.Longs("(200,)", train.Labels)),
            ("c", NumpyBytes.Bytes("(50, 8, 8, 1)", test.Pixels)),
            ("d", NumpyBytes.Longs("(50,)", test.Labels))));

        var refused = SparseProcess.Run("train", "--data", "numpy", "--data-file", folder["mine.npz"], "--out", folder["no"]);
        refused.Refused(1, "x_train", "a, b, c, d", "--data-arrays");
        var json = SparseProcess.Run(
            "train", "--data", "numpy", "--data-file", folder["mine.npz"], "--data-arrays", "a,b,c,d", "--epochs", "3", "--batch", "20", "--out", folder["run"], "--json")
            .Done().Json;
        Assert.Equal("numpy", json.Text("data"));
        Assert.InRange(json.Number("testAccuracy"), 0.9, 1);
        SparseProcess.Run("export", folder["run"], "--form", "dense", "--out", folder["model.onnx"]).Done();
    }

    [Fact]
    public void A_table_of_ones_own_becomes_arrays_and_says_how_to_train_on_them()
    {
        var table = folder["mine.csv"];
        File.WriteAllLines(table, ["colour,size,kind", .. Enumerable.Range(0, 40).Select(i => $"{(i % 4 < 2 ? "red" : "blue")},{i % 4}.5,{(i % 4 == 0 ? "a" : "b")}")]);
        var json = SparseProcess.Run("data", "import", table, "--label", "kind", "--out", folder["mine.npz"], "--json").Done().Json;
        JsonAssert.HasKeys(json, "table", "file", "features", "inputShape", "label", "classes", "training", "test", "dropped", "separator", "hasHeader");
        Assert.Equal((32, 8, 0), (json.Number("training"), json.Number("test"), json.Number("dropped")));
        var output = SparseProcess.Run("data", "import", table, "--out", folder["mine.npz"]).Done().Output;
        Assert.Contains($"--data-file {folder["mine.npz"]} --model mlp --batch 16 --epochs 100", output);
        Assert.Equal(["mine.columns.json", "mine.csv", "mine.npz"], folder.Contents);
    }

    [Fact]
    public void A_model_of_ones_own_table_takes_its_columns_as_they_are_and_page_and_file_name_its_classes()
    {
        var table = folder["mine.csv"];
        File.WriteAllLines(table, ["year,size,kind", .. Enumerable.Range(0, 80).Select(i => $"{1990 + i % 20},{i % 4}.5,{(i % 4 < 2 ? "oak" : "elm")}")]);
        SparseProcess.Run("data", "import", table, "--out", folder["mine.npz"]).Done();
        SparseProcess.Run("train", "--data", "numpy", "--data-file", folder["mine.npz"], "--model", "mlp", "--batch", "16", "--epochs", "30", "--lambda", "0", "--out", folder["run"]).Done();
        SparseProcess.Run("export", folder["run"], "--form", "dense", "--raw-inputs").Done();
        using var session = new InferenceSession(folder["run/dense.onnx"]);
        Assert.Equal("[\"elm\",\"oak\"]", session.ModelMetadata.CustomMetadataMap["sparsehybrid.classes"]);
        using var input = OrtValue.CreateTensorValueFromMemory([1999f, 0.5f, 2004f, 3.5f], [2, 2]);
        using var results = session.Run(new RunOptions(), session.InputNames, [input], session.OutputNames);
        var scores = results[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.True(scores[1] > scores[0] && scores[2] > scores[3], string.Join(' ', scores));

        SparseProcess.Run("report", folder["run"], "--no-bench", "--out", folder["page.html"]).Done();
        var page = File.ReadAllText(folder["page.html"]);
        Assert.Contains("\"classes\":[\"elm\",\"oak\"]", page);
        Assert.Contains("as stored", page);
    }

    [Theory]
    [InlineData(1, "nearest is 'kind'", "--label", "kinds")]
    [InlineData(1, "Cannot read", "--test", "/no/such.csv")]
    [InlineData(1, "images of 28x28", "--image", "28x28")]
    [InlineData(2, "--image is '4'", "--image", "4")]
    [InlineData(2, "--test and --test-share", "--test", "x.csv", "--test-share", "0.1")]
    [InlineData(2, "--test-share is '1'", "--test-share", "1")]
    public void Tables_that_do_not_fit_their_options_are_refused(int exitStatus, string words, params string[] options)
    {
        File.WriteAllText(folder["mine.csv"], "size,kind\n1,a\n2,b\n3,a\n4,b\n");
        SparseProcess.Run(["data", "import", folder["mine.csv"], .. options, "--out", folder["mine.npz"]]).Refused(exitStatus, words);
        Assert.Equal(["mine.csv"], folder.Contents);
    }

    [Fact]
    public void A_model_of_ones_own_images_takes_their_pixels_as_they_are_and_its_file_names_its_classes()
    {
        Images(folder["photos"], 40);
        File.WriteAllText(folder["photos/notes.txt"], "");
        var json = SparseProcess.Run("data", "import", folder["photos"], "--image", "8x8", "--out", folder["mine.npz"], "--json").Done().Json;
        JsonAssert.HasKeys(
            json, "folder", "file", "inputShape", "classes", "training", "test", "dropped", "passedOver", "withoutClass", "emptyFolders", "partsLeftOut");
        Assert.Equal((64, 16, 1), (json.Number("training"), json.Number("test"), json.Number("passedOver")));
        var output = SparseProcess.Run("data", "import", folder["photos"], "--image", "8x8", "--out", folder["mine.npz"]).Done().Output;
        Assert.Contains("3x8x8, red, green and blue", output);
        Assert.Contains("over 1 files that are hidden or no PNG, JPEG or BMP images", output);
        Assert.Contains($"--data-file {folder["mine.npz"]} --model small-vgg --batch 16", output);

        SparseProcess.Run(
            "train", "--data", "numpy", "--data-file", folder["mine.npz"], "--model", "mlp", "--batch", "8", "--epochs", "3", "--lambda", "0", "--out", folder["run"]).Done();
        var export = SparseProcess.Run("export", folder["run"], "--form", "dense", "--raw-inputs", "--json").Done().Json;
        Assert.True(export.Number("maxAbsDifference") <= 1e-4 * Math.Max(1, export.Number("largestOutput")), export.ToString());
        Assert.True(File.Exists(export.Text("certificate")));
        using var session = new InferenceSession(folder["run/dense.onnx"]);
        Assert.Equal("[\"dark\",\"light\"]", session.ModelMetadata.CustomMetadataMap["sparsehybrid.classes"]);
        // Pixels as the files hold them: 20 is a dark image, 220 a light one.
        using var input = OrtValue.CreateTensorValueFromMemory([.. Enumerable.Repeat(20f, 192), .. Enumerable.Repeat(220f, 192)], [2, 3, 8, 8]);
        using var results = session.Run(new RunOptions(), session.InputNames, [input], session.OutputNames);
        var scores = results[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.True(scores[0] > scores[1] && scores[3] > scores[2], string.Join(' ', scores));
    }

    [Theory]
    [InlineData(2, "6 of 6 are 9x12")]
    [InlineData(2, "--label is for tables", "--image", "8x8", "--label", "kind")]
    [InlineData(2, "--ignore is for tables", "--image", "8x8", "--ignore", "a,b")]
    [InlineData(2, "--image is '2x8x8'", "--image", "2x8x8")]
    [InlineData(2, "--image is '8x99999'", "--image", "8x99999")]
    [InlineData(2, "--test and --test-share", "--image", "8x8", "--test", "x", "--test-share", "0.1")]
    [InlineData(1, "'/no/such'", "--image", "8x8", "--test", "/no/such")]
    public void Folders_that_do_not_fit_their_options_are_refused(int exitStatus, string words, params string[] options)
    {
        Images(folder["photos"], 3);
        SparseProcess.Run(["data", "import", folder["photos"], .. options, "--out", folder["mine.npz"]]).Refused(exitStatus, words);
        Assert.False(File.Exists(folder["mine.npz"]));
    }

    [Fact]
    public void Loading_is_measured_against_the_training_step()
    {
        var json = SparseProcess.Run("bench", "data", "--model", "lenet-5", "--batch", "16", "--rounds", "1", "--json").Done().Json;
        JsonAssert.HasKeys(json, "model", "batch", "threads", "stepMilliseconds", "imagesPerSecondNeeded", "augmentations");
        var augmentations = json.GetProperty("augmentations").EnumerateArray().ToList();
        Assert.Equal(["none", "cifar", "cifar-erasing"], augmentations.Select(augmentation => augmentation.Text("name")));
        Assert.All(augmentations, augmentation => Assert.Equal(
            augmentation.Number("imagesPerSecond") / json.Number("imagesPerSecondNeeded"), augmentation.Number("ratio"), 9));
    }

    private SparseProcess.Result Run(params string[] arguments) => SparseProcess.RunProgram(SparseProcess.Program, environment, arguments);

    // A bright row whose height is the class.
    private static (byte[] Pixels, long[] Labels) Digits(int count, int seed)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, count).Select(i => (long)(i % 8)).ToArray();
        return ([.. labels.SelectMany(label => Enumerable.Range(0, 64).Select(i => (byte)(i / 8 == label ? 200 : random.Next(80))))], labels);
    }

    // 9 x 12 pixels (height x width), dark or light, an image of noise each.
    private static void Images(string folder, int count)
    {
        var random = new Random(3);
        foreach (var (name, tone) in new[] { ("dark", 0), ("light", 200) })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            foreach (var i in Enumerable.Range(0, count))
            {
                byte[] pixels = [.. Enumerable.Range(0, 9 * 12 * 3).Select(_ => (byte)(tone + random.Next(50)))];
                File.WriteAllBytes(Path.Combine(folder, name, $"{i}.{(i % 2 == 0 ? "png" : "bmp")}"), i % 2 == 0 ? ImageBytes.Png(12, 9, 3, pixels) : ImageBytes.Bmp(12, 9, pixels));
            }
        }
    }
}
