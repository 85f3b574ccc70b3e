using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class ImageDatasetsTests
{
    [Fact]
    public void Fashion_mnist_is_whole_and_normalised_by_its_own_mean_and_deviation()
    {
        using var data = ImageDatasets.Load("fashion-mnist");

        Assert.Equal([60_000, 1, 28, 28], data.Train.Stored.shape);
        Assert.Equal([10_000, 1, 28, 28], data.Test.Stored.shape);
        Assert.Equal(10, data.Train.Classes);
        using var inputs = data.Train.Inputs(0, data.Train.Count);
        using var mean = inputs.mean();
        using var variance = (inputs * inputs).mean();
        // The constants have four decimals, so they leave at most half of the last one over the deviation.
        Assert.InRange(mean.item<float>(), -2e-4, 2e-4);
        Assert.InRange(variance.item<float>(), 1 - 6e-4, 1 + 6e-4);
        Assert.All(data.Train.Labels.data<long>().ToArray().CountBy(label => label), item => Assert.Equal(6_000, item.Value));
    }

    [Fact]
    public void Mnist_is_read_from_the_folder_that_is_named()
    {
        using var folder = new TemporaryFolder();
        using var data = ImageDatasets.Load("mnist", DigitsFolder.Write(folder, train: 20, test: 10));

        Assert.Equal(20, data.Train.Count);
        Assert.Equal(10, data.Test.Count);
        Assert.Equal([0.1307], data.Normalisation.Mean);
        Assert.Equal([0.3081], data.Normalisation.StandardDeviation);
        Assert.Equal(255, data.Normalisation.Scale);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.Contains("fashion-mnist, mnist", Assert.Throws<ArgumentException>(() => ImageDatasets.Load("cifar-1000")).Message);

    [Fact]
    public void Mnist_without_a_folder_asks_for_one_unless_it_was_fetched()
    {
        using var folder = new TemporaryFolder();
        using var home = new DataHome(folder.Path);

        var message = Assert.Throws<ArgumentException>(() => ImageDatasets.Load("mnist")).Message;
        Assert.Contains("needs a folder", message);
        Assert.Contains("data fetch mnist", message);

        using var digits = new TemporaryFolder();
        DigitsFolder.Write(digits, train: 20, test: 10);
        Directory.CreateDirectory(folder.File("sparse-hybrid/data"));
        Directory.CreateSymbolicLink(folder.File("sparse-hybrid/data/mnist"), digits.Path);
        using var data = ImageDatasets.Load("mnist");
        Assert.Equal((20, folder.File("sparse-hybrid/data/mnist")), (data.Train.Count, data.Folder));
    }

    [Fact]
    public void What_is_here_is_told_without_reading_it()
    {
        using var folder = new TemporaryFolder();
        using var home = new DataHome(folder.Path);
        var mnist = ImageDatasets.Find("mnist");

        Assert.Equal(DatasetPresence.Absent, DatasetState.Of(mnist).Presence);
        Directory.CreateDirectory(DataFolders.ForFetched("mnist"));
        File.WriteAllText(Path.Combine(DataFolders.ForFetched("mnist"), "train-labels-idx1-ubyte.gz"), "four");
        var state = DatasetState.Of(mnist);
        Assert.Equal((DatasetPresence.Incomplete, 4, 3), (state.Presence, state.Bytes, state.Missing.Count));
        Assert.Equal(["train-labels-idx1-ubyte.gz"], state.FilesThatDiffer());
        Assert.Equal(DatasetPresence.Ready, DatasetState.Of(ImageDatasets.Find("fashion-mnist")).Presence);
        Assert.All(ImageDatasets.All, set => Assert.All(set.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256)));
    }

    [Fact]
    public void A_missing_folder_is_named_with_what_to_install()
    {
        var error = Assert.Throws<DataException>(() => ImageDatasets.Load("fashion-mnist", "/no/such/folder"));

        Assert.Contains("/no/such/folder", error.Message);
        Assert.Contains("dataset-fashion-mnist", error.Fix);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        DigitsFolder.Write(folder, train: 20, test: 10);
        File.Delete(folder.File("t10k-images-idx3-ubyte"));

        Assert.Contains("t10k-images-idx3-ubyte", Assert.Throws<DataException>(() => ImageDatasets.Load("mnist", folder.Path)).Message);
    }
}
