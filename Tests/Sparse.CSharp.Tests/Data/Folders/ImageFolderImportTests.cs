using SparseHybrid.Data;
using SparseHybrid.Data.Folders;
using SparseHybrid.Data.Tables;
using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data.Folders;

public sealed class ImageFolderImportTests : IDisposable
{
    private static readonly ImageFolderImportOptions Pixel = new() { ImageShape = [1, 1] };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_are_classes_in_the_order_of_their_names_and_a_share_of_each_is_set_aside()
    {
        foreach (var i in Enumerable.Range(0, 10))
        {
            Grey($"photos/pear/{i}.png", (byte)i);
            Grey($"photos/Apple/deep/er/{i}.PNG", (byte)(100 + i));
        }

        var report = Import(Pixel);
        Assert.Equal(["Apple", "pear"], report.Classes); // capitals come first
        Assert.Equal((16L, 4L, 0L, 0L), (report.Training, report.Test, report.Dropped, report.PassedOver));
        Assert.Equal([1L, 1, 1], report.InputShape);
        using var data = NumpyDataset.Read(Npz);
        Assert.Equal(["Apple", "pear"], data.ClassNames);
        Assert.Equal(255, data.Normalisation.Scale);
        Assert.Equal([.. Enumerable.Repeat(0L, 8), .. Enumerable.Repeat(1L, 8)], Labels(data.Train));
        Assert.Equal([0L, 0, 1, 1], Labels(data.Test));
        // Every image once, with its class.
        var all = Bytes(data.Train).Zip(Labels(data.Train)).Concat(Bytes(data.Test).Zip(Labels(data.Test))).Order().ToList();
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => ((byte)i, 1L)), .. Enumerable.Range(100, 10).Select(i => ((byte)i, 0L))], all);
    }

    [Fact]
    public void The_same_images_and_seed_give_the_same_bytes_in_whatever_order_they_were_written()
    {
        Fill("one", [0, 1, 2, 3, 4, 5, 6, 7]);
        Fill("two", [7, 3, 5, 1, 6, 0, 2, 4]);
        Import(Pixel, "one");
        var first = File.ReadAllBytes(Npz);
        Import(Pixel, "two");
        Assert.Equal(first, File.ReadAllBytes(Npz));
        Import(Pixel with { Seed = 2 }, "two");
        Assert.NotEqual(first, File.ReadAllBytes(Npz));

        void Fill(string name, int[] order) => Array.ForEach(order, i => Grey($"{name}/{(i % 2 == 0 ? "a" : "b")}/{i}.png", (byte)i));
    }

    [Theory]
    [InlineData("test", "test", "validation", "val")]
    [InlineData("validation", "validation", "val")]
    [InlineData("val", "val")]
    public void A_part_of_the_folder_is_judged_by(string expected, params string[] parts)
    {
        foreach (var part in parts.Append("train"))
        {
            Grey($"photos/{part}/a/1.png", (byte)part.Length);
            Grey($"photos/{part}/b/1.png", (byte)part.Length);
        }

        var report = Import(Pixel);
        Assert.Equal(parts.Where(part => part != expected).Order(), report.PartsLeftOut);
        using (var data = NumpyDataset.Read(Npz))
        {
            Assert.Equal([(byte)5, 5], Bytes(data.Train));
            Assert.Equal([(byte)expected.Length, (byte)expected.Length], Bytes(data.Test));
        }

        // Another folder to judge by goes before.
        Grey("other/b/1.png", 77);
        Assert.Equal(parts.Order(), Import(Pixel with { TestFolder = folder.File("other") }).PartsLeftOut);
        using var others = NumpyDataset.Read(Npz);
        Assert.Equal([(byte)77], Bytes(others.Test));
        Assert.Equal([1L], Labels(others.Test));
    }

    [Fact]
    public void A_share_asked_for_is_set_aside_though_there_is_a_part_to_judge_by_and_a_class_may_be_called_train()
    {
        foreach (var i in Enumerable.Range(0, 4))
        {
            Grey($"photos/train/a/{i}.png", 1);
            Grey($"photos/train/b/{i}.png", 1);
            Grey($"vehicles/train/{i}.png", 1);
            Grey($"vehicles/car/{i}.png", 1);
        }

        Grey("photos/test/1.png", 3);
        var report = Import(Pixel with { TestShare = 0.5 });
        Assert.Equal((4L, 4L, "test"), (report.Training, report.Test, Assert.Single(report.PartsLeftOut)));
        Assert.Equal(["car", "train"], Import(Pixel with { TestShare = 0.5 }, "vehicles").Classes);
    }

    [Fact]
    public void What_is_not_used_is_counted()
    {
        Pair();
        Write("photos/a/notes.txt", [1]);
        Write("photos/a/.hidden.png", [1]);
        Write("photos/readme.md", [1]);
        Grey("photos/loose.png", 1);
        Grey("photos/.trash/1.png", 1);
        Directory.CreateDirectory(folder.File("photos/empty/below"));
        var report = Import(Pixel with { TestShare = 0.5 });
        Assert.Equal((3L, 1L, 2L), (report.PassedOver, report.WithoutClass, report.EmptyFolders));
        Assert.Equal(["a", "b"], report.Classes);
    }

    [Fact]
    public void Links_are_followed_but_not_in_circles()
    {
        Grey("store/1.png", 1);
        Grey("store/2.png", 2);
        Grey("photos/b/1.png", 3);
        Grey("photos/b/2.png", 4);
        Directory.CreateSymbolicLink(folder.File("photos/a"), folder.File("store"));
        Directory.CreateSymbolicLink(folder.File("store/again"), folder.File("store"));
        Directory.CreateSymbolicLink(folder.File("store/up"), folder.File("photos"));
        Directory.CreateSymbolicLink(folder.File("photos/b/self"), folder.File("photos/b/self"));
        var report = Import(Pixel with { TestShare = 0.5 });
        Assert.Equal((2L, 2L), (report.Training, report.Test));
    }

    [Fact]
    public void Channels_that_are_not_said_are_three_unless_all_images_are_grey()
    {
        Pair();
        Write("photos/a/3.jpg", ImageBytes.GreyJpeg);
        Assert.Equal([1L, 2, 3], Import(Pixel with { ImageShape = [2, 3], TestShare = 0.5 }).InputShape);
        Write("photos/b/3.bmp", ImageBytes.Bmp(1, 1, 1, 2, 3));
        Assert.Equal([3L, 2, 3], Import(Pixel with { ImageShape = [2, 3], TestShare = 0.5 }).InputShape);
        Assert.Equal([1L, 2, 3], Import(Pixel with { ImageShape = [1, 2, 3], TestShare = 0.5 }).InputShape);
    }

    [Fact]
    public void Images_that_cannot_be_read_are_named_or_left_out()
    {
        Pair();
        Write("photos/a/0.png", "text"u8.ToArray());
        Refused(Pixel, "photos/a/0.png", "no PNG, JPEG or BMP", "--drop-incomplete");
        var report = Import(Pixel with { TestShare = 0.5, DropsIncomplete = true });
        Assert.Equal((2L, 2L, 1L), (report.Training, report.Test, report.Dropped));
        using var data = NumpyDataset.Read(Npz);
        Assert.Equal((byte[])[1, 2, 11, 12], Bytes(data.Train).Concat(Bytes(data.Test)).Order());

        Write("photos/a/1.png", "text"u8.ToArray());
        Refused(Pixel with { DropsIncomplete = true }, "Class 'a' has one");
        Write("photos/a/2.png", "text"u8.ToArray());
        Refused(Pixel with { DropsIncomplete = true }, "images of 1 classes in 2 folders");
    }

    [Fact]
    public void Folders_that_cannot_be_learned_from_are_refused_with_what_to_do()
    {
        Refused(Pixel, "no such folder");
        Grey("photos/1.png", 1);
        Refused(Pixel, "images of 0 classes, and 1 images that lie in no folder");
        File.Delete(folder.File("photos/1.png"));
        Grey("photos/a/1.png", 1);
        Write("photos/a/1.webp", [1]);
        Refused(Pixel, "images of 1 classes, and 1 files", "two classes or more");
        Grey("photos/b/1.png", 1);
        Grey("photos/b/2.png", 1);
        Refused(Pixel, "Class 'a' has one", "--test");
        Grey("photos/a/2.png", 1);
        Refused(Pixel, "None of 4 is left to judge by", "--test-share"); // a fifth of two is none
        Grey("other/c/1.png", 1);
        Refused(Pixel with { TestFolder = folder.File("other") }, "class 'c'", "same classes");
        Refused(Pixel with { TestFolder = folder.File("nowhere") }, "nowhere", "no such folder");
        Directory.CreateDirectory(folder.File("void"));
        Refused(Pixel with { TestFolder = folder.File("void") }, "None of 4 is left to judge by");
        Refused(Pixel with { ImageShape = [3, 16384, 16384], TestShare = 0.5 }, "2 GiB", "--image");
    }

    [Fact]
    public void Settings_out_of_range_are_listed()
    {
        Pair();
        var message = Assert.Throws<ArgumentException>(() => Import(Pixel with { ImageShape = [2, 4, 4], TestShare = 1.5, TestFolder = "x" })).Message;
        Assert.All(new[] { "[2, 4, 4]", "1.5", "TestFolder" }, word => Assert.Contains(word, message));
        Assert.All(
            new long[][] { [], [4], [0, 4], [4, 20_000], [1, 1, 4, 4] },
            shape => Assert.Throws<ArgumentException>(() => Import(Pixel with { ImageShape = shape })));
    }

    [Fact]
    public void Every_image_is_told_of_and_cancelling_leaves_no_file()
    {
        Pair();
        Grey("other/a/1.png", 1);
        var told = new List<ImageFolderProgress>();
        ImageFolderImport.Write(folder.File("photos"), Npz, Pixel with { TestFolder = folder.File("other") }, new Recorder(told.Add));
        Assert.Equal([.. Enumerable.Range(1, 5).Select(done => new ImageFolderProgress(done, 5))], told);
        File.Delete(Npz);
        File.Delete(Beside);
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ImageFolderImport.Write(
            folder.File("photos"), Npz, Pixel with { TestShare = 0.5 }, new Recorder(progress => Cancel(progress, source)), source.Token));
        Assert.Equal(["other", "photos"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());

        static void Cancel(ImageFolderProgress progress, CancellationTokenSource source)
        {
            if (progress.ImagesDone == progress.ImagesTotal)
            {
                source.Cancel(); // everything is read: what is left is to write
            }
        }
    }

    [Fact]
    public void The_file_beside_the_arrays_is_that_of_the_last_import()
    {
        var table = folder.Write("table.csv", "x,kind\n1,p\n2,q\n3,p\n4,q\n"u8);
        TableImport.Write(table, Npz, new TableImportOptions { TestShare = 0.5 });
        Pair();
        Import(Pixel with { TestShare = 0.5 });
        Assert.False(File.Exists(folder.File("out.columns.json")));
        var report = System.Text.Json.JsonSerializer.Deserialize<ImageFolderImportReport>(File.ReadAllText(Beside), RunJson.Indented)!;
        Assert.Equal(("photos", "out.npz"), (report.Folder, report.File));
        TableImport.Write(table, Npz, new TableImportOptions { TestShare = 0.5 });
        Assert.False(File.Exists(Beside));
        using var data = NumpyDataset.Read(Npz);
        Assert.Equal(["p", "q"], data.ClassNames);
    }

    [Fact]
    public void The_size_that_most_images_have_is_found_without_those_that_cannot_be_read()
    {
        Assert.Throws<DataException>(() => MostFrequent());
        Write("photos/a/0.png", [1]);
        Assert.Null(MostFrequent());
        Write("photos/a/1.png", ImageBytes.Png(3, 2, 1, new byte[6]));
        Write("photos/b/1.png", ImageBytes.Png(3, 2, 1, new byte[6]));
        Write("photos/b/1.jpg", ImageBytes.GreyJpeg);
        Assert.Equal((2, 3, 2, 4), MostFrequent());

        (int, int, int, int)? MostFrequent() => ImageFolderImport.MostFrequentSize(folder.File("photos"), default);
    }

    private string Npz => folder.File("out.npz");

    private string Beside => folder.File("out" + ImageFolderImport.ClassesSuffix);

    // Two classes of two images: 1 and 2, 11 and 12.
    private void Pair()
    {
        Grey("photos/a/1.png", 1);
        Grey("photos/a/2.png", 2);
        Grey("photos/b/1.png", 11);
        Grey("photos/b/2.png", 12);
    }

    private void Grey(string name, byte value) => Write(name, ImageBytes.Png(1, 1, 1, value));

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        folder.Write(name, bytes);
    }

    private ImageFolderImportReport Import(ImageFolderImportOptions options, string name = "photos") => ImageFolderImport.Write(folder.File(name), Npz, options);

    private void Refused(ImageFolderImportOptions options, params string[] words)
    {
        File.Delete(Npz);
        var error = Assert.Throws<DataException>(() => Import(options));
        Assert.All(words, word => Assert.Contains(word, error.Message));
        Assert.False(File.Exists(Npz));
    }

    private static long[] Labels(LabelledImages part) => part.Labels.data<long>().ToArray();

    private static byte[] Bytes(LabelledImages part) => part.Stored.bytes.ToArray();

    private sealed class Recorder(Action<ImageFolderProgress> report) : IProgress<ImageFolderProgress>
    {
        public void Report(ImageFolderProgress value) => report(value);
    }
}
