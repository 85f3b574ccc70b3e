namespace SparseHybrid.Deploy.Report.Sections;

/// <summary>What the JSON within the page holds, key by key.</summary>
internal static class DataSection
{
    private static readonly (string Key, string Meaning)[] Keys =
    [
        ("runs[].name, .path", "the run as this page calls it; its folder when the page was written"),
        ("runs[].run", "its run.json as it is: all settings, versions, machine, result"),
        ("runs[].isDone", "did training reach its end?"),
        ("runs[].epochs[]", "its metrics.jsonl, an object a line: epoch, step, trainLoss, testLoss, testAccuracy (0..1), sparsity (0..1), nonzeros, lambda, "
            + "seconds since the start and more; control[] (step, lambda, sparsity) with a target sparsity"),
        ("runs[].layers[]", "its layers as ./sparse inspect --json shows them: name, operator, shape, weights, zeros, groups[] (kind, total, dead), macs, "
            + "effectiveMacs, bytes and more; remarks[] beside it"),
        ("runs[].histograms[]", "layer, largest magnitude, binWidth, counts of the bins from -largest to largest, exact zeros left out"),
        ("runs[].test", "classes, confusion[shown][taken for] in images, mistakes[] (index in the test data, label, prediction, probability 0..1), images, "
            + "accuracy (0..1); null with the reason in testProblem"),
        ("runs[].forms[]", "form, file, bytes, certificate (what was compared, with which result), problem; timing: latency (runs, medianMicroseconds, "
            + "p95Microseconds, minimumMicroseconds, spreadMicroseconds), perSecond, speedup against the first form, loadMilliseconds"),
        ("runs[].timing", "environment, threads, batch, warnings of these times; null where nothing was timed"),
        ("front[]", "finished runs gathered over their seeds: method, lambda, targetSparsity, seeds, testAccuracy, sparsity and nonzeros "
            + "(mean, standardDeviation, minimum, maximum), isOnFront"),
    ];

    public static Section Section { get; } = new("Data of this page",
    [
        new Paragraph("Everything that is drawn here is in the element with the id \"results\" as JSON: document.getElementById('results').textContent."),
        new DataTable([new Column("Key", IsNumber: false), new Column("Holds", IsNumber: false)], [.. Keys.Select(key => (IReadOnlyList<string>)[key.Key, key.Meaning])])
        {
            WrapsText = true,
        },
    ]);
}
