namespace SparseHybrid.Deploy.Benchmark.Kernels;

/// <summary>
/// Times layers on sparse kernels against ONNX Runtime's own, each as a model of its own under ONNX Runtime. Outputs are compared first;
/// then the dense layer, the sparse ones and a loop of nothing but multiply-adds take turns, so that a slow moment of the machine hits
/// all of them alike.
/// </summary>
public static class KernelBenchmark
{
    private const double Tolerance = 1e-4; // of the largest output

    /// <summary>Compares and times the layers.</summary>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="ProviderException">ONNX Runtime is not available.</exception>
    /// <exception cref="BenchmarkException">A sparse layer computes something else than the dense one.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two turns; there is no report.</exception>
    public static KernelBenchmarkReport Run(
        KernelBenchmarkOptions options, IProgress<BenchmarkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var cases = (from threads in options.Threads from batch in options.Batches from shape in options.Shapes select (shape, batch, threads)).ToList();
        var (layers, peaks, others) = (new List<LayerTiming>(), new List<double>(), new OtherPrograms());
        foreach (var (shape, batch, threads) in cases)
        {
            var done = layers.Count;
            layers.Add(Measure(shape, batch, threads, options, peaks, Report, cancellationToken));

            void Report(int round) =>
                progress?.Report(new BenchmarkProgress($"{shape}", threads, batch, round, (done + ((double)round / options.Rounds)) / cases.Count));
        }

        return new KernelBenchmarkReport(options, BenchmarkEnvironment.Current(), Median(peaks), others.Processors(), layers);
    }

    private static LayerTiming Measure(
        LayerShape shape, int batch, int threads, KernelBenchmarkOptions options, List<double> peaks, Action<int> report, CancellationToken cancellationToken)
    {
        report(0);
        var random = new Random(options.Seed);
        long[] inputShape = [batch, .. LayerModels.SampleShape(shape)];
        var input = StandardNormal.Draw(random, inputShape.Aggregate(1L, (product, size) => product * size));
        var weights = StandardNormal.Draw(random, shape.Weights);
        var zeros = options.Zeros.Order().ToList();
        var sparseWeights = zeros.ConvertAll(share => PlantZeros(weights, share, random));
        var contestants = new List<KernelContestant>();
        try
        {
            contestants.Add(new KernelContestant(LayerModels.Dense(shape, weights), input, inputShape, threads));
            foreach (var (planted, share) in sparseWeights.Zip(zeros))
            {
                cancellationToken.ThrowIfCancellationRequested();
                contestants.Add(new KernelContestant(LayerModels.Sparse(shape, planted), input, inputShape, threads));
                using var dense = new KernelContestant(LayerModels.Dense(shape, planted), input, inputShape, threads);
                RequireSame(dense.Output, contestants[^1].Output, $"{shape} with {share:P0} zeros");
            }

            contestants.ForEach(contestant => contestant.WarmUp(options.SecondsPerKernel / options.Rounds));
            var peaksHere = TakeTurns(contestants, options.Rounds, report, cancellationToken);
            peaks.AddRange(peaksHere);
            var peak = Median(peaksHere) * threads;
            return new LayerTiming(shape, batch, threads, contestants[0].Latency, [.. zeros.Select((share, i) => Timing(share, sparseWeights[i], contestants[i + 1].Latency))]);

            KernelTiming Timing(double share, float[] planted, LatencySummary latency)
            {
                var nonzeros = planted.Length - planted.AsSpan().Count(0f);
                var gigaflops = 2e-3 * nonzeros * shape.Places * batch / latency.MedianMicroseconds;
                return new KernelTiming(share, nonzeros, latency, gigaflops, gigaflops / peak);
            }
        }
        finally
        {
            contestants.ForEach(contestant => contestant.Dispose());
        }
    }

    private static List<double> TakeTurns(List<KernelContestant> contestants, int rounds, Action<int> report, CancellationToken cancellationToken)
    {
        var peaks = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                cancellationToken.ThrowIfCancellationRequested();
                contestant.TakeTurn();
            }

            peaks.Add(PeakRate.MeasureGigaflops());
            report(round);
        }

        return peaks;
    }

    /// <summary>So many zeros, no more and no fewer, at random places.</summary>
    private static float[] PlantZeros(float[] weights, double share, Random random)
    {
        var planted = weights.ToArray();
        var places = Enumerable.Range(0, weights.Length).ToArray();
        random.Shuffle(places);
        foreach (var place in places.AsSpan(0, (int)Math.Round(share * weights.Length)))
        {
            planted[place] = 0f;
        }

        return planted;
    }

    private static void RequireSame(float[] expected, float[] actual, string layer)
    {
        var largest = expected.Max(Math.Abs);
        var difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        if (!(difference <= Tolerance * largest))
        {
            throw new BenchmarkException(
                $"The sparse kernel for {layer} is wrong.", $"Its outputs are up to {difference:G3} away from ONNX Runtime's, of which the largest is {largest:G3}.",
                "Do not use sparse kernels for such layers on this processor, and report it.");
        }
    }

    private static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
