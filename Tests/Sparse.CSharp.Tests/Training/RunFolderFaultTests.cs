using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;
using SparseHybrid.Training;

namespace SparseHybrid.Tests.Training;

/// <summary>A disk that is full or cannot be written stops a run; nothing is lost, and it goes on once that is mended.</summary>
public sealed class RunFolderFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TrainingRunSettings settings;

    public RunFolderFaultTests() => settings = new TrainingRunSettings
    {
        Data = "mnist",
        DataFolder = DigitsFolder.Write(folder),
        Model = "lenet-300-100",
        RunPath = folder.File("run"),
        Options = new SparseTrainerOptions { Epochs = 3, BatchSize = 32, CheckpointEverySteps = 3 },
    };

    public void Dispose() => folder.Dispose();

    [SmallDiskFact]
    public void A_disk_that_is_full_during_training_leaves_the_checkpoints_before()
    {
        TrainingRun.Start(settings);
        var checkpointBytes = new FileInfo(RunFolder.Open(settings.RunPath).Checkpoints.Paths[^1]).Length;
        using var disk = new SmallDisk(folder.File("disk"), (int)(checkpointBytes * 5 / 2 / 1024)); // two, and half of the third
        var onDisk = settings with { RunPath = Path.Combine(disk.Path, "run") };

        var error = Assert.Throws<RunException>(() => TrainingRun.Start(onDisk));

        Assert.Contains("No space left", error.Message);
        Assert.Empty(Directory.GetFiles(onDisk.RunPath, "*.partial", SearchOption.AllDirectories));
        Assert.Equal(2, RunFolder.Open(onDisk.RunPath).Checkpoints.Paths.Count);
        Assert.Throws<RunException>(() => TrainingRun.Resume(onDisk.RunPath)); // still full
        disk.Remount("size=64m");
        TrainingRun.Resume(onDisk.RunPath);
        RunResults.AssertSame(settings.RunPath, onDisk.RunPath);
    }

    [SmallDiskFact]
    public void A_disk_that_is_full_when_the_trained_model_is_written_loses_nothing()
    {
        TrainingRun.Start(settings);
        using var disk = new SmallDisk(folder.File("disk"), 64 * 1024);
        var onDisk = settings with { RunPath = Path.Combine(disk.Path, "run") };
        var filler = Path.Combine(disk.Path, "filler");

        var error = Assert.Throws<RunException>(() => TrainingRun.Start(onDisk, callbacks: [new MomentRecorder { AtEnd = () => Fill(filler) }]));

        Assert.Contains("model.safetensors", error.Message);
        Assert.False(File.Exists(RunFolder.Open(onDisk.RunPath).ModelPath));
        File.Delete(filler);
        TrainingRun.Resume(onDisk.RunPath);
        RunResults.AssertSame(settings.RunPath, onDisk.RunPath);
    }

    [SmallDiskFact]
    public void A_folder_that_can_only_be_read_is_refused()
    {
        using var disk = new SmallDisk(folder.File("disk"), 64 * 1024);
        var onDisk = settings with { RunPath = Path.Combine(disk.Path, "run") };
        RunFolder.Create(onDisk.RunPath, RunRecords.Small()).Dispose();
        disk.Remount("ro");

        var resuming = Assert.Throws<RunException>(() => TrainingRun.Resume(onDisk.RunPath));
        var starting = Assert.Throws<RunException>(() => TrainingRun.Start(onDisk with { RunPath = Path.Combine(disk.Path, "new") }));

        Assert.Contains("Read-only file system", resuming.Message);
        Assert.Contains("Read-only file system", starting.Message);
        disk.Remount("rw");
        Assert.Equal([Path.Combine(disk.Path, "run")], Directory.GetFileSystemEntries(disk.Path));
    }

    private static void Fill(string path)
    {
        using var stream = File.Create(path, bufferSize: 0);
        try
        {
            while (true)
            {
                stream.Write(new byte[64 * 1024]);
            }
        }
        catch (IOException)
        {
            // Full: what was asked for.
        }
    }
}
