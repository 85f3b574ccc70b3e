using SparseHybrid.TargetSparsity;

namespace SparseHybrid.Tests.Support;

/// <summary>How zeros come about in a simulated run.</summary>
public enum PlantKind
{
    /// <summary>Proximal gradient with plain l1: thresholds shrink with the step size.</summary>
    ProximalGradient,

    /// <summary>Dual averaging with adaptive weights, tied to the step size: zeros are hard to wake.</summary>
    AdaptiveDualAveraging,

    /// <summary>The same with weights adapted to groups of nine, as in kernels: zeros come late, when a group's mean has fallen.</summary>
    GroupedDualAveraging,

    /// <summary>Xiao's dual averaging: zeros follow lambda at once.</summary>
    DualAveraging,
}

/// <summary>
/// Many weights, each on a noisy quadratic of its own with minima that are mostly small: small enough to simulate whole runs
/// under the law in a fraction of a second.
/// </summary>
/// <param name="kind">The method.</param>
/// <param name="weights">How many.</param>
/// <param name="seed">Of minima, start and noise.</param>
internal sealed class SparsityPlant(PlantKind kind, int weights, int seed)
{
    private const double MaximumFactor = 500;
    private const double TimeScale = 9.5;

    private readonly Random random = new(seed);
    private readonly double[] x = new double[weights];
    private readonly double[] start = new double[weights];
    private readonly double[] minimum = new double[weights];
    private readonly double[] curvature = new double[weights];
    private readonly double[] velocity = new double[weights];
    private readonly double[] forward = new double[weights];
    private readonly double[] backward = new double[weights];
    private readonly double[] average = new double[weights];
    private readonly int groupSize = kind == PlantKind.GroupedDualAveraging ? 9 : 1;

    /// <summary>The share of zeros at the end of a run under the law with a cosine schedule.</summary>
    /// <param name="target">Asked for.</param>
    /// <param name="steps">Of the run.</param>
    /// <param name="firstLambda">Where lambda starts.</param>
    public double Run(double target, int steps, double firstLambda)
    {
        Initialise();
        var law = new StrengthLaw(target, tolerance: 0.005, kind == PlantKind.GroupedDualAveraging ? SparsityPath.OfGroups : SparsityPath.OfWeights);
        var state = new StrengthLawState(Math.Log(firstLambda));
        var share = 0.0;
        for (var step = 1; step <= steps; step++)
        {
            var stepSize = (1 + Math.Cos(Math.PI * step / steps)) / 2;
            Step(step, stepSize, Math.Exp(state.LogFactor));
            if (LookSchedule.IsDue(step, steps))
            {
                share = x.Count(value => value == 0) / (double)weights;
                state = law.Next(state, new SparsityObservation((double)step / steps, share, kind == PlantKind.ProximalGradient ? stepSize : 0));
            }
        }

        return share;
    }

    private void Initialise()
    {
        for (var i = 0; i < weights; i++)
        {
            minimum[i] = 0.05 * Normal() * Math.Exp(Normal());
            curvature[i] = 0.02 * Math.Exp(0.5 * Normal());
            x[i] = start[i] = forward[i] = 0.07 * (random.NextDouble() - 0.5);
        }
    }

    private void Step(int step, double stepSize, double lambda)
    {
        var kept = Math.Exp(-stepSize / TimeScale);
        for (var group = 0; group * groupSize < weights; group++)
        {
            average[group] = kept * average[group] + (1 - kept) * x.Skip(group * groupSize).Take(groupSize).Average(Math.Abs);
        }

        var largest = average.Max();
        for (var i = 0; i < weights; i++)
        {
            var gradient = curvature[i] * (x[i] - minimum[i]) + 6e-4 * Normal();
            velocity[i] = kept * velocity[i] + (1 - kept) * gradient;
            x[i] = kind switch
            {
                PlantKind.ProximalGradient => SoftThreshold(x[i] - stepSize * velocity[i], lambda * stepSize),
                PlantKind.AdaptiveDualAveraging or PlantKind.GroupedDualAveraging => Averaged(i, stepSize, lambda, Weight(average[i / groupSize] / largest)),
                _ => SoftThreshold(start[i] - Math.Sqrt(step) * (forward[i] += (gradient - forward[i]) / step), lambda * Math.Sqrt(step)),
            };
        }
    }

    private double Weight(double share) => Math.Sqrt(groupSize) * MaximumFactor / (1 + (MaximumFactor - 1) * share);

    private double Averaged(int i, double stepSize, double lambda, double weight)
    {
        backward[i] = (1 - stepSize) * backward[i] + stepSize * weight;
        forward[i] = (1 - stepSize) * forward[i] + stepSize * x[i] - stepSize * velocity[i];
        return SoftThreshold(forward[i], lambda * backward[i]);
    }

    private static double SoftThreshold(double value, double threshold) => Math.Sign(value) * Math.Max(Math.Abs(value) - threshold, 0);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
