using System.Diagnostics;
using SparseHybrid.Cli.Commands;
using SparseHybrid.Sweeps;
using SparseHybrid.Training;

namespace SparseHybrid.Cli.Processes;

/// <summary>
/// Trains each run in a process of its own, so that several can go on at the same time: libtorch's threads and its random
/// state belong to a process, and no run's bits depend on what runs beside it.
/// </summary>
/// <param name="mostAtOnce">Processes at the same time.</param>
internal sealed class ChildTrainer(int mostAtOnce) : IPointTrainer
{
    public int MostAtOnce => mostAtOnce;

    public async Task Train(PointAssignment assignment, Action<EpochSummary> onEpoch, CancellationToken cancellationToken)
    {
        using var child = Process.Start(OwnProgram.With(SweepPointCommand.Name))!;
        var errors = child.StandardError.ReadToEndAsync(CancellationToken.None);
        await Send(child, assignment);
        PointMessage last = new();
        // The child stops when its input ends: when this closes it, and also when this process is killed.
        await using (cancellationToken.Register(child.StandardInput.Close))
        {
            while (await child.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            {
                last = PointMessage.Parse(line);
                if (last.Epoch is { } epoch)
                {
                    onEpoch(epoch);
                }
            }

            await child.WaitForExitAsync(CancellationToken.None);
        }

        if (last.IsInterrupted)
        {
            throw new OperationCanceledException("The run was interrupted.", cancellationToken);
        }

        if (child.ExitCode != 0)
        {
            throw new PointFailedException(assignment.Settings.RunPath, last.Error ?? ChildEnd.Describe(child.ExitCode, await errors));
        }
    }

    private static async Task Send(Process child, PointAssignment assignment)
    {
        try
        {
            await child.StandardInput.WriteLineAsync(assignment.ToJson());
            await child.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended already: its exit status and its last words say why.
        }
    }
}
