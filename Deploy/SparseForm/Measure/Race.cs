using System.Diagnostics;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Times models against each other: they take turns, so that a slow moment of the machine hits all alike, and medians decide.</summary>
/// <remarks>
/// A turn begins with a run that does not count and then lasts a while: what counts is a model that runs again and again, not one whose
/// weights another model has just driven out of the caches. The median of the runs of a turn counts, then the median of the turns: where
/// other programs take the processor away now and then, most short runs know nothing of it.
/// </remarks>
internal static class Race
{
    private const int FewestRounds = 7;
    private const int MostRounds = 41;
    private const int WarmUpRuns = 3;
    private const int MostRunsOfTurn = 1000;

    /// <summary>Microseconds of one run of each.</summary>
    /// <param name="models">The models.</param>
    /// <param name="turn">How long a turn takes, at least one run.</param>
    /// <param name="time">How long the race takes if it can; slow models take as long as the fewest rounds need.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    public static double[] Run(IReadOnlyList<TimedModel> models, TimeSpan turn, TimeSpan time, CancellationToken cancellationToken)
    {
        var turns = models.Select(model => new Turns(model, turn, cancellationToken)).ToList();
        var rounds = Math.Clamp((int)(time / turns.Aggregate(TimeSpan.Zero, (sum, contestant) => sum + contestant.Expected)), FewestRounds, MostRounds);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < turns.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                turns[(round + i) % turns.Count].Take(); // no one always follows the same other
            }
        }

        return [.. turns.Select(turn => turn.Median)];
    }

    private sealed class Turns
    {
        private readonly TimedModel model;
        private readonly double[] runs; // of the turn, microseconds
        private readonly List<double> turns = [];

        public Turns(TimedModel model, TimeSpan turn, CancellationToken cancellationToken)
        {
            this.model = model;
            for (var i = 0; i < WarmUpRuns; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                model.Run();
            }

            var once = Time();
            runs = new double[(int)Math.Clamp(turn / once, 1, MostRunsOfTurn)];
            Expected = once * (runs.Length + 1);
        }

        public TimeSpan Expected { get; }

        public double Median => MedianOf(turns);

        public void Take()
        {
            model.Run();
            for (var i = 0; i < runs.Length; i++)
            {
                runs[i] = Time().TotalMicroseconds;
            }

            turns.Add(MedianOf(runs));
        }

        private TimeSpan Time()
        {
            var start = Stopwatch.GetTimestamp();
            model.Run();
            return Stopwatch.GetElapsedTime(start);
        }

        private static double MedianOf(IReadOnlyCollection<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
    }
}
