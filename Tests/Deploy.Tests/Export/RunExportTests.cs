using Microsoft.ML.OnnxRuntime;
using SparseHybrid.Deploy.Certify;
using SparseHybrid.Deploy.Export;
using SparseHybrid.Deploy.Optimize;
using SparseHybrid.Deploy.Quantize;
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
        RandomDigits.Write(folder, "train", 3);
        RandomDigits.Write(folder, "t10k", TestImages);
        var run = FinishedRun();

        var report = ExportPipeline.Export(run, folder.File("model.onnx"), new ExportPipelineOptions { Form = form });

        Assert.Equal(TestImages, report.SamplesCompared);
        Assert.InRange(report.MaxAbsDifference, 0, 1e-4);
        Assert.True(File.Exists(report.File));
    }

    [Theory]
    [InlineData(ModelForm.Dense, Precision.Float32)]
    [InlineData(ModelForm.SparseKernels, Precision.Float32)]
    [InlineData(ModelForm.Shrunk, Precision.Float16)]
    [InlineData(ModelForm.Shrunk, Precision.Int8)]
    public void A_model_of_raw_inputs_answers_to_bytes_as_the_other_to_normalised_ones(ModelForm form, Precision precision)
    {
        RandomDigits.Write(folder, "train", 3);
        RandomDigits.Write(folder, "t10k", TestImages);
        var run = FinishedRun();
        var options = new ExportPipelineOptions { Form = form, Precision = precision, LeastAgreement = 0, TakesRawInputs = true };

        var report = ExportPipeline.Export(run, folder.File("raw.onnx"), options);
        ExportPipeline.Export(run, folder.File("normalised.onnx"), options with { TakesRawInputs = false });

        Assert.Equal("test images of mnist, as stored", report.Certificate.Samples.Source);
        Assert.Equal(Certificate.Find(folder.File("normalised.onnx"))!.Original.WeightsSha256, report.Certificate.Original.WeightsSha256);
        float[] raw = [.. Enumerable.Range(0, 28 * 28).Select(pixel => (float)(pixel * 7 % 256))];
        float[] normalised = [.. raw.Select(value => (value / 255 - 0.1307f) / 0.3081f)];
        var tolerance = precision == Precision.Int8 ? 0.05 : precision == Precision.Float16 ? 2e-3 : 1e-5;
        Running.AssertClose(Scores("normalised.onnx", normalised), Scores("raw.onnx", raw), tolerance);
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

    private float[] Scores(string file, float[] image)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
        SparseHybrid.Kernels.SparseKernels.Register(options);
        using var session = new InferenceSession(folder.File(file), options);
        using var input = OrtValue.CreateTensorValueFromMemory(image, [1, 1, 28, 28]);
        using var results = session.Run(new RunOptions(), session.InputNames, [input], session.OutputNames);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
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
}
