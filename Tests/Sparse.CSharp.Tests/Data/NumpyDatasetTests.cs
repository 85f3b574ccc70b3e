using SparseHybrid.Data;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data;

public sealed class NumpyDatasetTests : IDisposable
{
    private static readonly byte[] ThreeLabels = NumpyBytes.Longs("(3,)", 0, 2, 1);
    private static readonly byte[] TwoLabels = NumpyBytes.Longs("(2,)", 1, 0);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Grey_bytes_are_images_of_one_channel_with_statistics_of_the_training_part(bool isCompressed)
    {
        byte[] pixels = [0, 255, 51, 102, 153, 204];
        using var data = Read(NumpyBytes.Npz(
            isCompressed,
            ("x_train", NumpyBytes.Bytes("(3, 1, 2)", pixels)),
            ("y_train", ThreeLabels),
            ("x_test", NumpyBytes.Bytes("(2, 1, 2)", [1, 2, 3, 4])),
            ("y_test", NumpyBytes.Npy("|u1", "(2, 1)", [1, 0]))));

        Assert.Equal([3, 1, 1, 2], data.Train.Stored.shape);
        Assert.Equal(pixels, data.Train.Stored.bytes.ToArray());
        Assert.Equal([0L, 2L, 1L], data.Train.Labels.data<long>().ToArray());
        Assert.Equal([1L, 0L], data.Test.Labels.data<long>().ToArray());
        Assert.Equal(3, data.Train.Classes);
        Assert.Equal(0.5, data.Normalisation.Mean[0], 12);
        Assert.Equal(Math.Sqrt(0.7 / 6), data.Normalisation.StandardDeviation[0], 12); // 2 (0.5^2 + 0.3^2 + 0.1^2) / 6
        Assert.Equal(255, data.Normalisation.Scale);
        using var inputs = data.Test.Inputs(0, 1);
        Assert.Equal(data.Normalisation.Of(0, 1), inputs.data<float>().ToArray()[0]);
    }

    [Fact]
    public void Flat_features_are_normalised_one_by_one_and_a_constant_one_is_only_shifted()
    {
        using var data = Read(Npz(NumpyBytes.Floats("(3, 2)", 1, 7, 2, 7, 3, 7), NumpyBytes.Floats("(2, 2)", 2, 8, 1, 7)));

        Assert.Equal([2L], data.Train.InputShape);
        Assert.Equal([2.0, 7.0], data.Normalisation.Mean);
        Assert.Equal((Math.Sqrt(2.0 / 3), 1, 1), (data.Normalisation.StandardDeviation[0], data.Normalisation.StandardDeviation[1], data.Normalisation.Scale));
        Assert.Equal([0, 1, (float)(-1 / Math.Sqrt(2.0 / 3)), 0], data.Test.Stored.data<float>().ToArray());
    }

    [Fact]
    public void Channels_are_found_where_the_shape_leaves_no_doubt()
    {
        byte[] last = [.. Enumerable.Range(0, 3 * 2 * 2 * 3).Select(i => (byte)i)];
        using var data = Read(Npz(NumpyBytes.Bytes("(3, 2, 2, 3)", last), NumpyBytes.Bytes("(2, 2, 2, 3)", last.AsSpan(0, 24))));

        Assert.Equal([3, 3, 2, 2], data.Train.Stored.shape);
        Assert.Equal([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11], data.Train.Stored.bytes[..12].ToArray());
        using var first = Read(Npz(NumpyBytes.Bytes("(3, 3, 2, 2)", last), NumpyBytes.Bytes("(2, 3, 2, 2)", last.AsSpan(0, 24))));
        Assert.Equal(last, first.Train.Stored.bytes.ToArray());
    }

    [Fact]
    public void A_shape_in_doubt_asks_for_the_layout()
    {
        var npz = Npz(NumpyBytes.Bytes("(3, 3, 2, 3)", new byte[54]), NumpyBytes.Bytes("(2, 3, 2, 3)", new byte[36]));

        Assert.Contains("--data-channels", Reject(npz).Fix);
        using var data = Read(npz, new NumpyOptions { Layout = ImageLayout.ChannelsLast });
        Assert.Equal([3L, 3L, 2L], data.Train.InputShape);
    }

    [Fact]
    public void A_folder_of_npy_files_and_other_names_do_as_well()
    {
        folder.Write("a.npy", NumpyBytes.Floats("(3, 1)", 1, 2, 3));
        folder.Write("b.npy", ThreeLabels);
        folder.Write("c.npy", NumpyBytes.Floats("(2, 1)", 1, 2));
        folder.Write("d.npy", TwoLabels);
        var options = new NumpyOptions { TrainingInputs = "a", TrainingLabels = "b", TestInputs = "c", TestLabels = "d" };

        using var data = ImageDatasets.Load("numpy", folder.Path, options);
        Assert.Equal((3, 2), (data.Train.Count, data.Test.Count));
        var error = Assert.Throws<DataException>(() => ImageDatasets.Load("numpy", folder.Path));
        Assert.Contains("no array 'y_train'", error.What);
        Assert.Contains("b", error.Why);
    }

    [Fact]
    public void Nan_and_infinity_are_named_with_their_place()
    {
        var good = NumpyBytes.Floats("(2, 2)", 1, 2, 3, 4);

        Assert.Contains("Entry [1, 0] is NaN", Reject(Npz(NumpyBytes.Floats("(3, 2)", 1, 2, float.NaN, 4, 5, 6), good)).Why);
        Assert.Contains("Entry [0, 1] is -Infinity", Reject(Npz(NumpyBytes.Floats("(3, 2)", 1, float.NegativeInfinity, 3, 4, 5, 6), good)).Why);
        var huge = NumpyBytes.Npy("<f8", "(3, 1)", [.. new byte[16], .. BitConverter.GetBytes(1e300)]);
        Assert.Contains("Entry [2, 0] is 1E+300", Reject(Npz(huge, good)).Why);
    }

    [Fact]
    public void Labels_that_cannot_be_classes_are_refused_with_what_to_do()
    {
        var (train, test) = (NumpyBytes.Floats("(3, 1)", 1, 2, 3), NumpyBytes.Floats("(2, 1)", 1, 2));

        Assert.Contains("argmax", Reject(Npz(train, test, NumpyBytes.Longs("(3, 2)", 1, 0, 0, 1, 1, 0))).Fix);
        Assert.Contains("astype", Reject(Npz(train, test, NumpyBytes.Floats("(3,)", 0, 1, 2))).Fix);
        Assert.Contains("Label [1] is -1", Reject(Npz(train, test, NumpyBytes.Longs("(3,)", 0, -1, 2))).Why);
        Assert.Contains("Label [0] is 5; the training part has classes 0 to 2", Reject(Npz(train, test, ThreeLabels, NumpyBytes.Longs("(2,)", 5, 0))).Why);
        Assert.Contains("3 inputs for 2 labels", Reject(Npz(train, test, NumpyBytes.Longs("(2,)", 1, 0))).Why);
    }

    [Fact]
    public void Inputs_of_wrong_shape_or_parts_that_differ_are_refused()
    {
        Assert.Contains("(3)", Reject(Npz(NumpyBytes.Floats("(3,)", 1, 2, 3), NumpyBytes.Floats("(2, 1)", 1, 2))).Why);
        Assert.Contains("the training part", Reject(Npz(NumpyBytes.Floats("(3, 1)", 1, 2, 3), NumpyBytes.Floats("(2, 2)", 1, 2, 3, 4))).Why);
        Assert.Contains("the training part", Reject(Npz(NumpyBytes.Floats("(3, 1)", 1, 2, 3), NumpyBytes.Bytes("(2, 1)", [1, 2]))).Why);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("/no/such.npz", Assert.Throws<DataException>(() => ImageDatasets.Load("numpy", "/no/such.npz")).Message);

    [Fact]
    public void No_damage_gives_anything_else_than_a_data_exception()
    {
        var random = new Random(3);
        byte[][] sound =
        [
            Npz(NumpyBytes.Bytes("(3, 2, 2)", new byte[12]), NumpyBytes.Bytes("(2, 2, 2)", new byte[8])),
            NumpyBytes.Npz(true, ("x_train", NumpyBytes.Floats("(3, 1)", 1, 2, 3)), ("y_train", ThreeLabels), ("x_test", NumpyBytes.Floats("(2, 1)", 1, 2)), ("y_test", TwoLabels)),
        ];
        foreach (var npz in sound)
        {
            for (var length = 0; length < npz.Length; length += 19)
            {
                Reject(npz[..length]);
            }

            for (var round = 0; round < 120; round++)
            {
                var damaged = (byte[])npz.Clone();
                for (var change = random.Next(1, 4); change > 0; change--)
                {
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                }

                ReadOrReject(damaged);
            }
        }
    }

    [Fact]
    public void A_flipped_bit_in_the_entries_is_noticed()
    {
        var npz = Npz(NumpyBytes.Bytes("(3, 2, 2)", [.. Enumerable.Range(60, 12).Select(i => (byte)i)]), NumpyBytes.Bytes("(2, 2, 2)", new byte[8]));
        var place = npz.AsSpan().IndexOf(new byte[] { 60, 61, 62, 63, 64 });
        npz[place] ^= 1;

        Assert.Contains("checksum", Reject(npz).Why);
    }

    private static byte[] Npz(byte[] train, byte[] test, byte[]? trainLabels = null, byte[]? testLabels = null) =>
        NumpyBytes.Npz(false, ("x_train", train), ("y_train", trainLabels ?? ThreeLabels), ("x_test", test), ("y_test", testLabels ?? TwoLabels));

    private TrainAndTest Read(byte[] npz, NumpyOptions? options = null) => ImageDatasets.Load("numpy", folder.Write("data.npz", npz), options);

    private DataException Reject(byte[] npz)
    {
        var error = Assert.Throws<DataException>(() => Read(npz));
        Assert.Contains("data.npz", error.Message);
        return error;
    }

    private void ReadOrReject(byte[] npz)
    {
        try
        {
            Read(npz).Dispose();
        }
        catch (DataException error)
        {
            Assert.Contains("data.npz", error.Message);
        }
    }
}
