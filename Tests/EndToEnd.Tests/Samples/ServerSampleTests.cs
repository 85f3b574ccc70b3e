using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using SparseHybrid.EndToEnd.Tests.Harness;
using static SparseHybrid.EndToEnd.Tests.Harness.SamplePrograms;

namespace SparseHybrid.EndToEnd.Tests.Samples;

[Collection(DeployedSampleTests.Name)]
public sealed class ServerSampleTests(DeployedSample deployed)
{
    private const int Interrupt = 2;
    private const string Address = "Now listening on: ";

    [Fact]
    public async Task The_server_answers_requests_side_by_side_refuses_bad_ones_and_stops_cleanly()
    {
        using var server = SparseProcess.StartProgram(Of("ServeModel"), deployed.Model("auto"), "--urls", "http://127.0.0.1:0");
        server.WaitForOutput("Application started.");
        using var client = new HttpClient { BaseAddress = new Uri(server.Output.Split(Address)[1].Split('\n')[0]) };

        var health = await client.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("auto.onnx", health.GetProperty("model").GetString());
        Assert.Equal([1, 28, 28], health.GetProperty("input").EnumerateArray().Select(size => size.GetInt32()));

        float[][] inputs = [.. Enumerable.Range(0, 3).Select(index => Enumerable.Range(0, 784).Select(pixel => (pixel * (index + 1) % 17 - 8) / 8f).ToArray())];
        var scores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Scores(client, inputs)));
        Assert.All(scores, found => Assert.Equal(scores[0], found));
        Assert.Equal(await RawScores(client, inputs), scores[0]);

        await Refused(client.PostAsJsonAsync("/predict", new { inputs = new[] { new[] { 1f, 2f } } }), "784");
        await Refused(client.PostAsJsonAsync("/predict", new { }), "784");
        await Refused(client.PostAsync("/predict", new StringContent("{", null, "application/json")), "Bad Request");
        await Refused(client.PostAsync("/predict/raw", new ByteArrayContent(new byte[784])), "784 bytes");

        server.Signal(Interrupt);
        Assert.Equal(0, server.Wait().ExitStatus);
    }

    [Fact]
    public void The_throughput_of_each_model_is_printed_beside_that_of_the_first()
    {
        var output = Run("ServeModel", "--bench", "--batch", "64", "--seconds", "0.3", deployed.Model("dense"), deployed.Model("auto"));
        var perSecond = Numbers(output, @"onnx: ([0-9]+) requests a second, each of 64 inputs");
        var ratios = Numbers(output, @"([0-9.]+) times dense\.onnx");
        var alone = Numbers(output, "of which the model takes ([0-9]+) us");
        Assert.Equal((2, 2, 2), (perSecond.Length, ratios.Length, alone.Length));
        Assert.Equal(1, ratios[0]);
        Assert.Equal(perSecond[1] / perSecond[0], ratios[1], 0.02);
        Assert.True(alone[1] < alone[0], output); // most of the weights are zero
    }

    [Fact]
    public void The_server_needs_neither_libtorch_nor_FSharp() =>
        Assert.DoesNotContain(
            Directory.GetFiles(Path.GetDirectoryName(Of("ServeModel"))!).Select(Path.GetFileName),
            name => name!.Contains("torch", StringComparison.OrdinalIgnoreCase) || name.Contains("FSharp", StringComparison.Ordinal));

    [Fact]
    public void A_model_that_does_not_exist_is_refused() => SparseProcess.RunProgram(Of("ServeModel"), null, "missing.onnx").Refused(2, "exists");

    [Fact]
    public void A_file_that_is_no_model_is_refused_without_a_stack_trace()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.onnx"], "this is no model");
        SparseProcess.RunProgram(Of("ServeModel"), null, folder["bad.onnx"]).Refused(1, "bad.onnx");
        SparseProcess.RunProgram(Of("ServeModel"), null, "--bench", folder["bad.onnx"]).Refused(1, "bad.onnx");
    }

    private static async Task<float[]> Scores(HttpClient client, float[][] inputs)
    {
        using var answer = await client.PostAsJsonAsync("/predict", new { inputs });
        var reply = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var rows = reply.GetProperty("scores").EnumerateArray().Select(row => row.EnumerateArray().Select(score => score.GetSingle()).ToArray()).ToArray();
        Assert.Equal(rows.Select(row => Array.IndexOf(row, row.Max())), reply.GetProperty("classes").EnumerateArray().Select(found => found.GetInt32()));
        string[] names = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
        Assert.Equal(rows.Select(row => names[Array.IndexOf(row, row.Max())]), reply.GetProperty("names").EnumerateArray().Select(found => found.GetString()));
        return [.. rows.SelectMany(row => row)];
    }

    private static async Task<float[]> RawScores(HttpClient client, float[][] inputs)
    {
        using var question = new ByteArrayContent(MemoryMarshal.AsBytes<float>(inputs.SelectMany(input => input).ToArray()).ToArray());
        using var answer = await client.PostAsync("/predict/raw", question);
        return MemoryMarshal.Cast<byte, float>(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).ToArray();
    }

    private static async Task Refused(Task<HttpResponseMessage> request, string word)
    {
        using var answer = await request;
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(word, await answer.Content.ReadAsStringAsync());
    }
}
