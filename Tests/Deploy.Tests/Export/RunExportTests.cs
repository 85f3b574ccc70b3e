using System.Buffers.Binary;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Tests.Support;
using SparseHybrid.Models;
using SparseHybrid.Runs;
using SparseHybrid.Training;
using static TorchSharp.torch;

namespace SparseHybrid.Deploy.Tests.Export;

public sealed class RunExportTests : IDisposable
{
    private const int TestImages = 12;
    private readonly TemporaryFolder folder = new();
    private readonly IDisposable scope = NewDisposeScope();

    [Theory]
    [InlineData(ModelForm.Dense)]
    [InlineData(ModelForm.Shrunk)]
    public void A_run_is_exported_with_its_model_and_compared_on_its_test_images(ModelForm form)
    {
        WriteDigits("train", 3);
        WriteDigits("t10k", TestImages);
        var run = FinishedRun();

        var report = ExportPipeline.Export(run, folder.File("model.onnx"), new ExportPipelineOptions { Form = form });

        Assert.Equal(TestImages, report.SamplesCompared);
        Assert.InRange(report.MaxAbsDifference, 0, 1e-4);
        Assert.True(File.Exists(report.File));
    }

    [Fact]
    public void A_run_whose_data_is_gone_is_not_exported()
    {
        Assert.Throws<DataException>(() => ExportPipeline.Export(FinishedRun(), folder.File("model.onnx")));
        Assert.False(File.Exists(folder.File("model.onnx")));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private RunFolder FinishedRun()
    {
        long[] shape = [1, 28, 28];
        var run = RunFolder.Create(folder.File("run"), new RunRecord
        {
            Method = "xrda",
            Model = new ModelDescription("lenet-300-100", 10, shape),
            Data = new DataDescription("mnist", folder.Path, [0.1307], [0.3081], 3, TestImages),
            Options = new SparseTrainerOptions { Epochs = 1 },
            Environment = SparseHybrid.Runs.RunEnvironment.Current(),
            Started = DateTimeOffset.UnixEpoch,
        });
        using var model = ModelCatalog.Create("lenet-300-100", 10, shape);
        run.SaveModel(model);
        return run;
    }

    /// <summary>Writes random images and labels in the IDX format.</summary>
    private void WriteDigits(string part, int count)
    {
        var random = new Random(1);
        var images = new byte[16 + count * 28 * 28];
        random.NextBytes(images);
        WriteNumbers(images, 0x803, count, 28, 28);
        folder.Write($"{part}-images-idx3-ubyte", images);
        byte[] labels = [.. new byte[8], .. Enumerable.Range(0, count).Select(_ => (byte)random.Next(10))];
        WriteNumbers(labels, 0x801, count);
        folder.Write($"{part}-labels-idx1-ubyte", labels);
    }

    private static void WriteNumbers(byte[] target, params int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(target.AsSpan(4 * i), numbers[i]);
        }
    }
}
