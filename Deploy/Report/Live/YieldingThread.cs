using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>
/// Threads that run when nobody else wants the processor, and that neither keep the process alive nor end it: what goes wrong while
/// somebody looks on must not cost the run.
/// </summary>
internal static partial class YieldingThread
{
    private const int Thread = 0; // of PRIO_PROCESS, who 0: on Linux the calling thread alone
    private const int Nicest = 19;

    /// <summary>Starts one.</summary>
    public static System.Threading.Thread Start(string name, Action work)
    {
        var thread = new System.Threading.Thread(() =>
        {
            try
            {
                Yield();
                work();
            }
            catch (Exception error)
            {
                Debug.WriteLine(error); // the view is lost, the run goes on
            }
        })
        {
            Name = name,
            IsBackground = true,
            Priority = ThreadPriority.Lowest, // which .NET passes on to the system on Windows only
        };
        thread.Start();
        return thread;
    }

    private static void Yield()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(Thread, 0, Nicest); // a thread that cannot yield serves as well
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}
