using System.Diagnostics;

namespace SparseHybrid.Deploy.SparseForm.Measure;

/// <summary>Times models against each other: they take turns, so that a slow moment of the machine hits all alike, and medians decide.</summary>
/// <remarks>
/// A turn begins with a run that does not count and then lasts a while: what counts is a model that runs again and again, not one whose
/// weights another model has just driven out of the caches. A turn has laps of a few runs; the median of its laps counts, then the median
/// of the turns.
/// </remarks>
internal static class Race
{
    private const int FewestRounds = 7;
    private const int MostRounds = 41;
    private const int WarmUpRuns = 3;
    private const int MostRunsOfTurn = 1000;
    private const int Patience = 4; // how many times as long as planned a race may take before it ends with the fewest rounds
    private static readonly TimeSpan Lap = TimeSpan.FromMicroseconds(50); // reading the clock takes less than a hundredth

    /// <summary>Microseconds of one run of each.</summary>
    /// <param name="models">The models.</param>
    /// <param name="turn">How long a turn takes, at least one run.</param>
    /// <param name="time">How long the race takes if it can; slow models take as long as the fewest rounds need.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    public static double[] Run(IReadOnlyList<TimedModel> models, TimeSpan turn, TimeSpan time, CancellationToken cancellationToken)
    {
        var turns = models.Select(model => new Turns(model, turn, cancellationToken)).ToList();
        var rounds = Math.Clamp((int)(time / turns.Aggregate(TimeSpan.Zero, (sum, contestant) => sum + contestant.Expected)), FewestRounds, MostRounds);
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds && (round < FewestRounds || Stopwatch.GetElapsedTime(start) < Patience * time); round++)
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
        private readonly WorkClock clock;
        private readonly int runsOfLap;
        private readonly double[] laps; // of the turn, microseconds a run
        private readonly List<double> turns = [];

        public Turns(TimedModel model, TimeSpan turn, CancellationToken cancellationToken)
        {
            this.model = model;
            clock = WorkClock.For(model.Threads);
            var once = TimeSpan.MaxValue;
            for (var i = 0; i < WarmUpRuns; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var passed = Time(1);
                once = passed < once ? passed : once;
            }

            var runs = (int)Math.Clamp(turn / once, 1, MostRunsOfTurn);
            runsOfLap = (int)Math.Clamp(Lap / once, 1, runs);
            laps = new double[runs / runsOfLap];
            Expected = once * (1 + (runsOfLap * laps.Length));
        }

        public TimeSpan Expected { get; }

        public double Median => MedianOf(turns);

        public void Take()
        {
            model.Run();
            for (var i = 0; i < laps.Length; i++)
            {
                laps[i] = Time(runsOfLap).TotalMicroseconds / runsOfLap;
            }

            turns.Add(MedianOf(laps));
        }

        private TimeSpan Time(int runs)
        {
            var start = clock.Now;
            for (var i = 0; i < runs; i++)
            {
                model.Run();
            }

            return clock.Now - start;
        }

        private static double MedianOf(IReadOnlyCollection<double> numbers) => numbers.Order().ElementAt(numbers.Count / 2);
    }
}
