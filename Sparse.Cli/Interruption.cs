using System.Runtime.InteropServices;

namespace SparseHybrid.Cli;

/// <summary>
/// Ctrl-C and SIGTERM. The first one asks the command to stop at a safe point; a second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action onFirst;
    private readonly Action onSecond;
    private int signals;

    /// <param name="onFirst">Tells the user that the command stops soon; runs on another thread.</param>
    /// <param name="onSecond">Leaves the terminal as it was found; runs on another thread.</param>
    public Interruption(Action onFirst, Action onSecond)
    {
        this.onFirst = onFirst;
        this.onSecond = onSecond;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref signals) == 1)
        {
            context.Cancel = true;
            onFirst();
            source.Cancel();
        }
        else
        {
            onSecond(); // and the signal does what it does by default: the process ends
        }
    }
}
