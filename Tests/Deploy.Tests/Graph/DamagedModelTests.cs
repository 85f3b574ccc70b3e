using System.Globalization;
using Onnx;
using SparseHybrid.Deploy.Graph;
using SparseHybrid.Deploy.Inspect;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Deploy.Verify;
using Xunit.Abstractions;

namespace SparseHybrid.Deploy.Tests.Graph;

/// <summary>
/// Damaged files end in a model or in a clear refusal: no other error, no hang, no memory beyond what the file is worth. With
/// SPARSE_DAMAGED_FILES=10000 in the environment so many files are tried, instead of 1 500, and ONNX Runtime runs those that are
/// still models.
/// </summary>
public sealed class DamagedModelTests(ITestOutputHelper output) : IDisposable
{
    private const long MostBytes = 20_000_000;
    private static readonly string? FilesAskedFor = Environment.GetEnvironmentVariable("SPARSE_DAMAGED_FILES");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder folder = new();
    private int readable;

    [Fact]
    public async Task Damaged_files_end_in_a_model_or_a_clear_refusal_and_nothing_else()
    {
        var files = int.Parse(FilesAskedFor ?? "1500", CultureInfo.InvariantCulture);
        List<string> faults = [];
        var most = 0L;
        for (var seed = 0; seed < files; seed++)
        {
            var path = Write(seed);
            var (error, bytes) = await Task.Run(() => Use(path)).WaitAsync(Patience); // a TimeoutException is a hang
            most = Math.Max(most, bytes);
            if (error is not (null or SparseHybridException) || bytes > MostBytes)
            {
                faults.Add($"The file of seed {seed} takes {bytes} bytes and ends in: {error}");
            }
        }

        output.WriteLine($"{files} damaged files, of which {readable} were still models; at most {most} bytes for one.");
        Assert.Empty(faults);
        Assert.InRange(readable, files / 5, files);
    }

    public void Dispose() => folder.Dispose();

    private string Write(int seed)
    {
        var random = new Random(seed);
        var damage = new Damage(random);
        if (random.Next(5) > 0)
        {
            return folder.Write("damaged.onnx", damage.Apply(SeedModels.All[random.Next(SeedModels.All.Count)]));
        }

        var (model, data) = SeedModels.InTwoFiles();
        var damagesData = random.Next(4) == 0;
        folder.Write(SeedModels.DataFile, damagesData ? damage.Apply(data) : data);
        return folder.Write("damaged.onnx", damagesData ? ModelFile.ToBytes(model) : damage.Apply(model));
    }

    private (Exception? Error, long Bytes) Use(string path)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Record.Exception(() => Use(ModelFile.Load(path)));
        return (error, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Use(ModelProto model)
    {
        readable++;
        foreach (var form in Enum.GetValues<ModelForm>())
        {
            ModelForms.Apply(model, new OptimizeOptions { Form = form, MayMeasure = false }, SampleSource.Random(1), null, default);
        }

        var found = ModelInspector.Inspect(model, new InspectionOptions { MayRun = FilesAskedFor is not null });
        var inputs = InputShape.Fed(model.Graph).Select(input => InputShape.Of(input, null)).OfType<long[]>().ToList();
        MeasuredShapes.Probe(model, inputs, [.. found.Layers.Select(layer => layer.Name)]);
    }
}
