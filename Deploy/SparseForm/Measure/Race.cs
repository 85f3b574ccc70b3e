using System.Diagnostics;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Times models against each other: they take turns, so that a slow moment of the machine hits all alike, and medians decide.</summary>
/// <remarks>
/// A turn begins with a run that does not count and then lasts a while: what counts is a model that runs again and again, not one whose
/// weights another model has just driven out of the caches.
/// </remarks>
internal static class Race
{
    private const int FewestRounds = 7;
    private const int MostRounds = 41;
    private const int WarmUpRuns = 3;

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
        private readonly int repetitions;
        private readonly List<double> microseconds = [];

        public Turns(TimedModel model, TimeSpan turn, CancellationToken cancellationToken)
        {
            this.model = model;
            repetitions = 1;
            for (var i = 0; i < WarmUpRuns; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                model.Run();
            }

            Expected = Time();
            repetitions = (int)Math.Clamp(turn / Expected, 1, 1000);
            Expected *= repetitions + 1;
        }

        public TimeSpan Expected { get; }

        public double Median => microseconds.Order().ElementAt(microseconds.Count / 2);

        public void Take()
        {
            model.Run();
            microseconds.Add(Time().TotalMicroseconds / repetitions);
        }

        private TimeSpan Time()
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repetitions; i++)
            {
                model.Run();
            }

            return Stopwatch.GetElapsedTime(start);
        }
    }
}
