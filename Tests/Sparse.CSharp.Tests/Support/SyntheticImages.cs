using SparseHybrid.Data;
using TorchSharp;

namespace SparseHybrid.Tests.Support;

/// <summary>Random images whose class is where their brightest quarter lies: four classes, easy to learn.</summary>
public static class SyntheticImages
{
    public static TrainAndTest Create(int train = 120, int test = 40) =>
        new("synthetic", "", Part(train, seed: 1), Part(test, seed: 2));

    private static LabelledImages Part(int count, int seed)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, count).Select(_ => (long)random.Next(4)).ToArray();
        var pixels = labels
            .SelectMany(label => Enumerable.Range(0, 16).Select(i => (float)(random.NextDouble() + (i / 4 == label ? 1.5 : 0))))
            .ToArray();
        return new LabelledImages(torch.tensor(pixels).reshape(count, 1, 4, 4), torch.tensor(labels), classes: 4);
    }
}
