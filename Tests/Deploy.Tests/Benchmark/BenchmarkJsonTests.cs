using System.Text.Json.Nodes;
using SparseHybrid.Deploy.Benchmark;
using SparseHybrid.Deploy.Session;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Deploy.Tests.Benchmark;

public class BenchmarkJsonTests
{
    private static readonly string[] Shared =
        ["rounds", "secondsPerModel", "seed", "processors", "transfersAreTimed", "measurements", "environment", "warnings"];

    private static readonly string[] OfMeasurement = ["threads", "batch", "processorsUsedByOthers", "results"];

    [Fact]
    public void One_measurement_has_its_keys_on_top_as_well()
    {
        var json = Write(KnownReports.Of(2, 8));
        Assert.Equal(["provider", .. OfMeasurement, .. Shared], Keys(json));
        Assert.Equal("cpu", (string?)json["provider"]);
        Assert.Equal((2, 8, 0.125), ((int)json["threads"]!, (int)json["batch"]!, (double)json["processorsUsedByOthers"]!));
        var measurement = Assert.Single(json["measurements"]!.AsArray())!;
        Assert.Equal(OfMeasurement, Keys(measurement));
        Assert.True(JsonNode.DeepEquals(json["results"], measurement["results"]));
    }

    [Fact]
    public void Several_are_a_list_only()
    {
        var json = Write(KnownReports.Of(1, 1), KnownReports.Of(2, 8));
        Assert.Equal(["provider", .. Shared], Keys(json));
        Assert.Equal([(1, 1), (2, 8)], json["measurements"]!.AsArray().Select(entry => ((int)entry!["threads"]!, (int)entry["batch"]!)));
        Assert.Equal(["batch 1", "batch 8"], json["warnings"]!.AsArray().Select(warning => (string?)warning));
    }

    [Fact]
    public void A_result_has_every_figure_and_null_for_what_is_not_known()
    {
        var results = Write(KnownReports.Of(1, 1))["results"]!.AsArray();
        const string expected = """
            {"model":"a.onnx","medianMicroseconds":100,"p95Microseconds":120,"minimumMicroseconds":90,"spreadMicroseconds":5,"runs":60,"perSecond":10000,
            "fileBytes":1000,"loadMilliseconds":1.5,"peakMemoryBytes":2500000,"speedup":1,"maxAbsDifference":0,"nodesPerProvider":{"CPUExecutionProvider":1}}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), results[0]), results[0]!.ToJsonString());
        Assert.Null(results[1]!["peakMemoryBytes"]);
        Assert.Null(results[1]!["maxAbsDifference"]);
        Assert.Equal(1, (int)results[1]!["nodesPerProvider"]!["CUDAExecutionProvider"]!);
    }

    [Fact]
    public void Infinite_differences_are_null_and_transfers_are_told_for_a_GPU_only()
    {
        var known = KnownReports.Of(1, 1);
        var report = known with
        {
            Options = known.Options with { Provider = ExecutionProvider.Cuda, TransfersAreTimed = false },
            Results = [known.Results[0] with { MaxAbsDifference = double.PositiveInfinity }],
        };
        var json = Write(report);
        Assert.Null(json["results"]![0]!["maxAbsDifference"]);
        Assert.Equal(("cuda", false), ((string?)json["provider"], (bool)json["transfersAreTimed"]!));
        Assert.Null(Write(known)["transfersAreTimed"]);
    }

    private static JsonNode Write(params BenchmarkReport[] reports) => JsonNode.Parse(BenchmarkJson.Write(reports).ToJsonString())!;

    private static IEnumerable<string> Keys(JsonNode json) => json.AsObject().Select(pair => pair.Key);
}
