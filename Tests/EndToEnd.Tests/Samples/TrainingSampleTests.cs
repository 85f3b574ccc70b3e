using SparseHybrid.EndToEnd.Tests.Harness;
using static SparseHybrid.EndToEnd.Tests.Harness.SamplePrograms;

namespace SparseHybrid.EndToEnd.Tests.Samples;

[Collection(DeployedSampleTests.Name)]
public sealed class TrainingSampleTests(DeployedSample deployed)
{
    [Fact]
    public void Train_and_deploy_prints_accuracy_zeros_bytes_and_times_that_agree_with_the_files()
    {
        var output = deployed.Output;
        Assert.InRange(Number(output, "^([0-9.]+) ?% of the test images are classified rightly"), 90, 100);
        Assert.InRange(Number(output, "([0-9.]+) % of the regularised weights are zero, 95 % were asked for"), 85, 97);
        Assert.Equal(3, Numbers(output, "on 100 images no output differs by more than ([0-9.e-]+) from libtorch's").Count(difference => difference < 1e-3));

        string[] forms = ["dense", "shrunk", "auto"];
        Assert.Equal(forms.Select(form => (double)new FileInfo(deployed.Model(form)).Length), Numbers(output, ": ([0-9]+) bytes, "));
        var times = Numbers(output, " bytes, ([0-9.]+) us, ");
        var ratios = Numbers(output, "([0-9.]+) times as fast as dense");
        Assert.Equal(3, times.Length);
        Assert.All(times.Zip(ratios), pair => Assert.Equal(times[0], pair.First * pair.Second, 0.06 * times[0]));
        Assert.True(ratios[2] > 1.2, output); // auto keeps what is fastest, and most of these weights are zero
    }

    [Fact]
    public void A_module_of_ones_own_learns_data_of_ones_own_and_is_exported()
    {
        using var folder = new TemporaryFolder();
        var output = Run("OwnModule", "4", folder.Path);
        Assert.InRange(Number(output, "^([0-9.]+) ?% of the test signals are recognised"), 60, 100);
        Assert.InRange(Number(output, "([0-9.]+) % of the regularised weights are zero"), 80, 95);
        Assert.True(Number(output, @"second\.conv2\.weight .*  ([0-9.]+) ?% zeros") > 50, output);
        Assert.All(["dense", "shrunk", "sparse-weights"], form => Assert.Equal(
            new FileInfo(folder[$"{form}.onnx"]).Length, Number(output, $@"{form}\.onnx: ([0-9]+) bytes; on 500 signals")));
    }

    [Fact]
    public void A_cancelled_run_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var output = Run("ResumeTraining", "8", SmallImages.Write(folder["data"]), folder["runs"]);
        Assert.InRange(Number(output, "^Cancelled in epoch ([0-9]) of 8"), 4, 6);
        Assert.Contains("resuming", output);
        Assert.Equal(8, Numbers(output, "^epoch ([0-9]), lambda and zeros: ").Length);
        Assert.InRange(Numbers(output, @"([0-9.]+) %(?= \|)").Max(), 1, 100);
        Assert.Contains("The weights are the same, bit for bit.", output);
    }
}
