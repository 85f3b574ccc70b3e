using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ServeModel;

/// <summary>
/// Serves several models on ports of the loopback interface and sends them requests, one after the other over a connection that stays
/// open. The models take turns, request by request, so that a slow moment of the machine hits all alike.
/// </summary>
internal static class ThroughputBenchmark
{
    private const int WarmUp = 20;

    /// <param name="arguments">--batch INPUTS, --seconds OF EACH MODEL, and the files, the baseline first.</param>
    /// <returns>The exit status: 0 done, 1 a model computes something else, 2 wrong usage.</returns>
    public static async Task<int> Run(string[] arguments)
    {
        var (files, batch, seconds) = (new List<string>(), 64, 2.0);
        for (var i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--batch" when i + 1 < arguments.Length && int.TryParse(arguments[++i], out batch) && batch >= 1: break;
                case "--seconds" when i + 1 < arguments.Length && double.TryParse(arguments[++i], out seconds) && seconds > 0: break;
                case var file when File.Exists(file): files.Add(file); break;
                case var other:
                    Console.Error.WriteLine($"'{other}' is neither an .onnx file that exists nor --batch 1 or more or --seconds above 0.");
                    return 2;
            }
        }

        if (files.Count == 0)
        {
            Console.Error.WriteLine("Name the .onnx files to serve, the dense one first: --bench DENSE.onnx SPARSE.onnx");
            return 2;
        }

        var served = new List<Served>();
        try
        {
            foreach (var file in files)
            {
                served.Add(await Served.Start(file, batch));
            }

            return await Measure(served, batch, seconds);
        }
        finally
        {
            foreach (var model in served)
            {
                await model.DisposeAsync();
            }
        }
    }

    private static async Task<int> Measure(List<Served> served, int batch, double seconds)
    {
        var expected = await served[0].Ask();
        for (var round = 0; round < WarmUp; round++)
        {
            foreach (var model in served)
            {
                var scores = await model.Ask();
                if (expected.Zip(scores).Max(pair => Math.Abs(pair.First - pair.Second)) is var difference && !(difference <= 1e-4 * expected.Max(Math.Abs)))
                {
                    Console.Error.WriteLine($"{model.Name} does not compute what {served[0].Name} does: scores differ by {difference:g3}.");
                    return 1;
                }
            }
        }

        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds * served.Count)
        {
            foreach (var model in served)
            {
                await model.Measure();
            }
        }

        foreach (var model in served)
        {
            var (request, alone) = (Median(model.Requests), Median(model.Runs));
            Console.WriteLine(FormattableString.Invariant(
                $"{model.Name}: {1e6 / request:0} requests a second, each of {batch} inputs: median {request:0} us, of which the model takes {alone:0} us; {Median(served[0].Requests) / request:0.00} times {served[0].Name}"));
        }

        return 0;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>A model behind its own server, and a client of it.</summary>
    private sealed record Served(Classifier Model, WebApplication Server, HttpClient Client, float[] Inputs) : IAsyncDisposable
    {
        public string Name => Model.Name;

        /// <summary>Microseconds from sending a request to having its answer.</summary>
        public List<double> Requests { get; } = [];

        /// <summary>Microseconds of the model alone on the same inputs.</summary>
        public List<double> Runs { get; } = [];

        public static async Task<Served> Start(string file, int batch)
        {
            var model = new Classifier(file, threads: 1);
            var server = ServeModel.Server.Create(model, "--urls", "http://127.0.0.1:0", "--logging:loglevel:default", "None");
            await server.StartAsync();
            var random = new Random(1);
            float[] inputs = [.. Enumerable.Range(0, batch * model.InputSize).Select(_ => random.NextSingle())];
            return new Served(model, server, new HttpClient { BaseAddress = new Uri(server.Urls.Single()) }, inputs);
        }

        public async Task<float[]> Ask()
        {
            using var question = new ByteArrayContent(MemoryMarshal.AsBytes<float>(Inputs).ToArray());
            using var answer = await Client.PostAsync("/predict/raw", question);
            answer.EnsureSuccessStatusCode();
            return MemoryMarshal.Cast<byte, float>(await answer.Content.ReadAsByteArrayAsync()).ToArray();
        }

        public async Task Measure()
        {
            var start = Stopwatch.GetTimestamp();
            await Ask();
            Requests.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            start = Stopwatch.GetTimestamp();
            Model.Scores(Inputs);
            Runs.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
            Model.Dispose();
        }
    }
}
