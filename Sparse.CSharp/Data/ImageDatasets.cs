using SparseHybrid.Runs;

namespace SparseHybrid.Data;

/// <summary>The data sets that can be named, and how their files are found and read.</summary>
public static class ImageDatasets
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts its files.</summary>
    public const string FashionMnistFolder = "/usr/share/datasets/fashion-mnist";

    // The constants published with the method (arXiv:2008.09661) and in common use, for CIFAR-10 and CIFAR-100 alike, so that
    // results compare with those of other tools. The deviations are those of a batch, smaller than those of all pixels.
    private static readonly Normalisation Cifar = new([0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]);

    private static readonly string[] CifarPlace = ["https://www.cs.toronto.edu/~kriz/"];

    private static readonly string[] MnistPlaces =
        ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"];

    private static readonly string[] FashionMnistPlaces =
    [
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ];

    /// <summary>Everything that is known of each data set, in the order in which they are listed.</summary>
    /// <remarks>
    /// Means and deviations of MNIST and Fashion-MNIST are those of all training pixels, scaled to 0..1, rounded to four
    /// decimals as in common use. Sizes and SHA-256 are those that several independent downloaders pin for the authors'
    /// files; where the authors print an MD5 (CIFAR's page, Fashion-MNIST's README), those pin it beside.
    /// </remarks>
    public static IReadOnlyList<ImageDataset> All { get; } =
    [
        new IdxDataset(
            "fashion-mnist",
            new Normalisation([0.2860], [0.3530]),
            [
                new("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", FashionMnistPlaces),
                new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", FashionMnistPlaces),
                new("t10k-images-idx3-ubyte.gz", 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", FashionMnistPlaces),
                new("t10k-labels-idx1-ubyte.gz", 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", FashionMnistPlaces),
            ])
        {
            ClassNames = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            SystemFolder = FashionMnistFolder,
            SystemPackage = "dataset-fashion-mnist",
        },
        new IdxDataset(
            "mnist",
            new Normalisation([0.1307], [0.3081]),
            [
                new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", MnistPlaces),
                new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", MnistPlaces),
                new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", MnistPlaces),
                new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", MnistPlaces),
            ]),
        new CifarDataset(
            "cifar-10",
            CifarFormat.Ten,
            ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
            "test_batch.bin",
            "cifar-10-batches-bin",
            Cifar,
            new("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", CifarPlace))
        {
            ClassNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        },
        new CifarDataset(
            "cifar-100",
            CifarFormat.Hundred,
            ["train.bin"],
            "test.bin",
            "cifar-100-binary",
            Cifar,
            new("cifar-100-binary.tar.gz", 168_513_733, "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec", CifarPlace)),
    ];

    /// <summary>Every name that <see cref="Load(string, string?, NumpyOptions?)"/> knows: the public sets, and numpy for arrays of the user's own.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(set => set.Name), NumpyDataset.Name];

    /// <summary>A public data set by its name.</summary>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static ImageDataset Find(string name) =>
        All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"There is no data set '{name}'; known are: {string.Join(", ", Names)}.", nameof(name));

    /// <summary>The folder read when none is named, or null when one has to be named: the data set is not here.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">The name is unknown.</exception>
    public static string? DefaultFolder(string name)
    {
        if (name == NumpyDataset.Name)
        {
            return null;
        }

        var dataset = Find(name);
        return DataFolders.Find(dataset) ?? dataset.SystemFolder;
    }

    /// <summary>Reads the data of a run again.</summary>
    /// <param name="description">What the run's record says of it.</param>
    /// <exception cref="DataException">The folder or a file is missing, or not as it was.</exception>
    public static TrainAndTest Load(DataDescription description) => Load(description.Name, description.Folder, description.Numpy);

    /// <summary>Reads and checks a data set.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="place">Where its files are; null: its <see cref="DefaultFolder"/>. For numpy a .npz file, or a folder of .npy files.</param>
    /// <param name="numpy">How arrays of the user's own are named and laid out; null for the defaults.</param>
    /// <exception cref="ArgumentException">The name is unknown, or the data set needs a place.</exception>
    /// <exception cref="DataException">The folder or a file is missing or damaged.</exception>
    public static TrainAndTest Load(string name, string? place = null, NumpyOptions? numpy = null)
    {
        if (name == NumpyDataset.Name)
        {
            return NumpyDataset.Read(place ?? throw new ArgumentException("The data set 'numpy' needs a .npz file, or a folder of .npy files.", nameof(place)), numpy);
        }

        var dataset = Find(name);
        return dataset.Read(place ?? DefaultFolder(name)
            ?? throw new ArgumentException($"The data set '{name}' needs a folder. {dataset.HowToGetIt}", nameof(place)));
    }
}
