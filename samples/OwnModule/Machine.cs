using SparseHybrid.Data;
using TorchSharp;

namespace OwnModule;

/// <summary>An imagined machine: a hum of some frequency, on which each fault leaves a mark of its own, under noise.</summary>
internal static class Machine
{
    /// <summary>Length of a signal.</summary>
    public const int Samples = 256;

    /// <summary>The classes, in the order of their labels.</summary>
    public static string[] States { get; } = ["healthy", "knocking", "whistling", "slipping"];

    /// <summary>Signals [count, <see cref="Samples"/>], of every state equally many, with their labels: arrays become data in one line.</summary>
    public static LabelledImages Listen(int count, int seed)
    {
        var random = new Random(seed);
        var labels = new long[count];
        var signals = new float[count * Samples];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % States.Length;
            Signal((int)labels[i], random).CopyTo(signals, i * Samples);
        }

        return new LabelledImages(torch.tensor(signals, [count, Samples]), torch.tensor(labels), States.Length);
    }

    private static float[] Signal(int state, Random random)
    {
        var (pitch, phase) = (0.15 + 0.1 * random.NextDouble(), random.Next(Samples));
        return [.. Enumerable.Range(phase, Samples).Select(t => (float)(Math.Sin(pitch * t) + Mark(state, t, pitch) + 0.4 * Noise(random)))];
    }

    private static double Mark(int state, int t, double pitch) => States[state] switch
    {
        "knocking" => t % 48 < 3 ? 1.5 : 0, // a short blow, again and again
        "whistling" => 0.5 * Math.Sin(7 * pitch * t), // an overtone
        "slipping" => Math.Sin(pitch * t) * Math.Sin(0.03 * t), // the hum comes and goes
        _ => 0,
    };

    private static double Noise(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;
}
