using System.Text.Json;
using SparseHybrid.EndToEnd.Tests.Harness;

namespace SparseHybrid.EndToEnd.Tests;

public sealed class BenchTests(SmallModels models) : IClassFixture<SmallModels>
{
    private static readonly string[] Quick = ["--seconds", "0.02", "--rounds", "2"];

    private static readonly string[] ResultKeys =
    [
        "model", "medianMicroseconds", "p95Microseconds", "minimumMicroseconds", "spreadMicroseconds", "runs", "perSecond", "fileBytes", "loadMilliseconds",
        "peakMemoryBytes", "speedup", "maxAbsDifference", "nodesPerProvider",
    ];

    [Fact]
    public void Lists_of_threads_and_batches_give_a_measurement_for_each_pair()
    {
        var json = Bench(models.Dense, models.Shrunk, "--threads", "1,2", "--batch", "1,8", "--memory", "off", "--json").Done().Json;
        JsonAssert.HasKeys(
            json, "provider", "rounds", "secondsPerModel", "seed", "processors", "transfersAreTimed", "measurements", "environment", "warnings");
        var measurements = json.GetProperty("measurements").EnumerateArray().ToList();
        Assert.Equal([(1, 1), (1, 8), (2, 1), (2, 8)], measurements.Select(entry => ((int)entry.Number("threads"), (int)entry.Number("batch"))));
        foreach (var measurement in measurements)
        {
            var results = measurement.GetProperty("results").EnumerateArray().ToList();
            Assert.Equal([models.Dense, models.Shrunk], results.Select(result => result.Text("model")));
            Assert.All(results, result => JsonAssert.HasKeys(result, ResultKeys));
            Assert.All(results, result => Assert.Equal(1e6 * measurement.Number("batch") / result.Number("medianMicroseconds"), result.Number("perSecond"), 3));
        }
    }

    [Fact]
    public void One_measurement_keeps_its_keys_on_top_and_tells_the_memory_of_each_model()
    {
        var json = Bench(models.Dense, models.Shrunk, "--pin", "0", "--json").Done().Json;
        JsonAssert.HasKeys(
            json, "provider", "threads", "batch", "processorsUsedByOthers", "results", "rounds", "secondsPerModel", "seed", "processors", "transfersAreTimed",
            "measurements", "environment", "warnings");
        Assert.Equal(0, Assert.Single(json.GetProperty("processors").EnumerateArray()).GetInt32());
        Assert.All(json.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.InRange(result.Number("peakMemoryBytes"), 100_000, 200e6);
            Assert.Equal(["CPUExecutionProvider"], result.GetProperty("nodesPerProvider").EnumerateObject().Select(provider => provider.Name));
            Assert.InRange(result.Number("maxAbsDifference"), 0, 1e-3);
        });
    }

    [Fact]
    public void Models_that_differ_are_refused_with_the_difference_and_the_option_that_allows_it()
    {
        Bench(models.Dense, models.OtherWeights).Refused(1, models.OtherWeights, "differ by up to", "--allow-different");
        var results = Bench(models.Dense, models.OtherWeights, "--allow-different", "--memory", "off", "--json").Done().Json.GetProperty("results");
        Assert.True(results[1].Number("maxAbsDifference") > 1e-3);
    }

    [Fact]
    public void People_get_a_table_that_fits_their_terminal_and_what_its_columns_mean()
    {
        var output = Bench(models.Dense, models.Shrunk, "--batch", "1,8", "--memory", "off").Done().Output;
        Assert.Matches(@"dense +[\d.]+ [um]s +[\d.]+ [um]s +[\d.]+ % +[\d ]+ +- +1\.00x", output);
        Assert.Contains("1 thread, batch 8", output);
        Assert.Contains("between the quartiles", output);
        Assert.DoesNotContain("memory  ", output[output.IndexOf("median, p95", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Figures_go_into_files_as_well()
    {
        using var folder = new TemporaryFolder();
        var output = Bench(
            models.Dense, models.Shrunk, "--batch", "1,8", "--memory", "off", "--csv", folder["figures.csv"], "--markdown", folder["figures.md"]).Done();
        Assert.Equal(["figures.csv", "figures.md"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        var csv = File.ReadAllLines(folder["figures.csv"]);
        Assert.Equal(5, csv.Length);
        Assert.Equal(["cpu,1,1", "cpu,1,1", "cpu,1,8", "cpu,1,8"], csv.Skip(1).Select(line => string.Join(',', line.Split(',').Take(3))));
        Assert.Contains("| 1 thread, batch 8 | median | p95 |", File.ReadAllText(folder["figures.md"]));
        Assert.Contains("samples/s", output.Output);
    }

    [Theory]
    [InlineData("Its folder does not exist", "absent/figures.csv")]
    [InlineData("It is a folder", "")]
    public void A_file_that_cannot_be_written_is_refused_before_anything_is_measured(string why, string file)
    {
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Path, file);
        SparseProcess.Run("bench", models.Dense, "--seconds", "86400", "--csv", place).Refused(1, place, why);
    }

    [Theory]
    [InlineData("--batch", "1,1")]
    [InlineData("--batch", "1,,2")]
    [InlineData("--threads", "0,1")]
    [InlineData("--pin", "0;1")]
    [InlineData("--transfers", "maybe")]
    [InlineData("--memory", "no")]
    [InlineData("--tolerance", "-1")]
    public void A_value_out_of_range_is_wrong_usage(string option, string value) =>
        SparseProcess.Run("bench", models.Dense, option, value).Refused(2, option, value);

    [Fact]
    public void A_thread_without_a_processor_is_wrong_usage_and_a_processor_that_is_not_there_a_failure()
    {
        Bench(models.Dense, "--threads", "1,2", "--pin", "0").Refused(2, "--pin 0", "2 threads");
        Bench(models.Dense, "--pin", "1023").Refused(1, "1023", "may use");
    }

    [FactWithoutCuda]
    public void Cuda_where_there_is_none_is_refused_with_what_to_do()
    {
        Bench(models.Dense, "--provider", "cuda").Refused(1, "'cuda'", "ONNXRUNTIME_CUDA");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["libonnxruntime_providers_cuda.so"], "no library");
        var environment = new Dictionary<string, string?> { ["ONNXRUNTIME_CUDA"] = folder.Path };
        SparseProcess.RunProgram(SparseProcess.Program, environment, "bench", models.Dense, "--provider", "cuda").Refused(1, "'cuda'", folder.Path);
    }

    [Fact]
    public void The_process_that_measures_memory_is_not_for_people()
    {
        Assert.DoesNotContain("Measures the memory that one model takes", SparseProcess.Run("bench", "--help").Done().Output);
        var question = JsonSerializer.Serialize(new { Model = models.Dense, Provider = 0, Threads = 1, Batch = 1 });
        var json = SparseProcess.Run("bench", "memory", question, "--json").Done().Json;
        Assert.True(json.Number("peakMemoryBytes") > 0);
    }

    private static SparseProcess.Result Bench(params string[] arguments) => SparseProcess.Run(["bench", .. arguments, .. Quick]);
}
