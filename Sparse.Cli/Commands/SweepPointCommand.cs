using System.CommandLine;
using SparseHybrid.Cli.Presentation;
using SparseHybrid.Sweeps;

namespace SparseHybrid.Cli.Commands;

/// <summary>
/// One run of a sweep in a process of its own; for <c>sweep</c> to start, not for people. The first line of standard input
/// says what to train; when the input ends, training stops with a checkpoint. Standard output gets a line for each epoch.
/// </summary>
internal static class SweepPointCommand
{
    public const string Name = "sweep-point";

    public static Command Create()
    {
        var command = new Command(Name, "Trains one run of a sweep, as told by standard input.") { Hidden = true };
        command.SetJob((_, _, cancellation) => Run(cancellation));
        return command;
    }

    private static void Run(CancellationToken cancellation)
    {
        var assignment = PointAssignment.Parse(Console.In.ReadLine() ?? "");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        new Thread(() => StopWhenInputEnds(stop)) { IsBackground = true }.Start();
        try
        {
            new InProcessTrainer().Train(assignment, epoch => Say(new PointMessage(epoch)), stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Say(new PointMessage(IsInterrupted: true));
            throw;
        }
        catch (SparseHybridException error)
        {
            Say(new PointMessage(Error: PointFailedException.Describe(error)));
            throw;
        }
    }

    private static void StopWhenInputEnds(CancellationTokenSource stop)
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private static void Say(PointMessage message) => Console.Out.WriteLine(message.ToJson());
}
