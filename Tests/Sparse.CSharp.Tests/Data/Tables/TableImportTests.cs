using System.Text;
using SparseHybrid.Data;
using SparseHybrid.Data.Tables;
using SparseHybrid.Runs;
using SparseHybrid.Tests.Support;

namespace SparseHybrid.Tests.Data.Tables;

public sealed class TableImportTests : IDisposable
{
    private const string Weather = """
        id,degrees,sky,"what to do, then"
        a,20.5,sunny,swim
        b,-3,snow,ski
        c,1e1,rain,read
        d,22,sunny,swim
        e,0,snow,ski
        f,12,rain,read

        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Numbers_stay_words_become_inputs_and_classes_follow_the_alphabet()
    {
        var report = Import(Weather, new TableImportOptions { Ignored = ["id"], TestShare = 0.5 });
        Assert.Equal(
            [new("degrees", null), new("sky", "rain"), new("sky", "snow"), new("sky", "sunny")],
            report.Features);
        Assert.Equal(["read", "ski", "swim"], report.Classes);
        Assert.Equal(("what to do, then", 3, 3, 0, "commas", true), (report.Label, report.Training, report.Test, report.Dropped, report.Separator, report.HasHeader));

        using var data = Read();
        Assert.Equal([4L], data.Train.InputShape);
        var inputs = Raw(data.Train).Chunk(4).Concat(Raw(data.Test).Chunk(4)).OrderBy(row => row[0]).ToList();
        Assert.Equal([-3f, 0, 1, 0], inputs[0]);
        Assert.Equal([10f, 1, 0, 0], inputs[2]);
        Assert.Equal([22f, 0, 0, 1], inputs[5]);
        // The same share of every class in both parts.
        Assert.Equal([0L, 1, 2], data.Train.Labels.data<long>().ToArray().Order());
        Assert.Equal([0L, 1, 2], data.Test.Labels.data<long>().ToArray().Order());
    }

    [Fact]
    public void The_file_beside_the_arrays_says_what_inputs_and_classes_are()
    {
        Import(Weather, new TableImportOptions { Ignored = ["id"], TestShare = 0.5 });
        var columns = System.Text.Json.JsonSerializer.Deserialize<TableImportReport>(File.ReadAllText(Path.Combine(folder.Path, "table.columns.json")), RunJson.Indented)!;
        Assert.Equal(("table.csv", "table.npz"), (columns.Table, columns.File));
        Assert.Equal(new TableFeature("sky", "snow"), columns.Features[2]);
        Assert.Equal(["read", "ski", "swim"], columns.Classes);
    }

    [Fact]
    public void Arrays_have_the_names_of_their_classes_as_long_as_these_lie_beside_them()
    {
        Import(Weather, new TableImportOptions { Ignored = ["id"], TestShare = 0.5 });
        Assert.Equal(["read", "ski", "swim"], ClassNames());

        var columns = Path.Combine(folder.Path, "table.columns.json");
        File.WriteAllText(columns, File.ReadAllText(columns).Replace("\"read\",", "", StringComparison.Ordinal));
        Assert.Null(ClassNames()); // names of other arrays
        File.WriteAllText(columns, "{");
        Assert.Contains("table.columns.json", Assert.Throws<DataException>(ClassNames).Message);
        File.Delete(columns);
        Assert.Null(ClassNames());

        IReadOnlyList<string>? ClassNames()
        {
            using var data = Read();
            return data.ClassNames;
        }
    }

    [Fact]
    public void The_same_table_and_seed_give_the_same_bytes_and_another_seed_another_part()
    {
        var rows = Numbered(60);
        Import(rows);
        var first = File.ReadAllBytes(Npz);
        Import(rows);
        Assert.Equal(first, File.ReadAllBytes(Npz));
        Import(rows, new TableImportOptions { Seed = 2 });
        Assert.NotEqual(first, File.ReadAllBytes(Npz));
    }

    [Theory]
    [InlineData("1;2;0\n3;4;1\n5;6;0\n7;8;1\n", "semicolons")]
    [InlineData("1\t2\t0\r\n3\t4\t1\r\n5\t6\t0\r\n7\t8\t1", "tabs")]
    [InlineData("\uFEFF1,2,0\n\"3\", 4 ,1\n5,6,0\n7,8,1\n", "commas")]
    public void Separators_ends_of_lines_quotes_and_marks_of_order_are_understood(string text, string separator)
    {
        var report = Import(text, new TableImportOptions { TestShare = 0.5 });
        Assert.Equal((separator, false, "3"), (report.Separator, report.HasHeader, report.Label));
        using var data = Read();
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8], Raw(data.Train).Concat(Raw(data.Test)).Order());
    }

    [Fact]
    public void A_quoted_field_may_hold_separators_quotes_and_ends_of_lines()
    {
        var report = Import("a,b\n\"x, \"\"y\"\"\nz\",1\nw,2\nw,1\nw,2\n", new TableImportOptions { TestShare = 0.5 });
        Assert.Equal(["w", "x, \"y\"\nz"], report.Features.Select(feature => feature.Value));
    }

    [Fact]
    public void Classes_that_are_numbers_keep_the_order_of_numbers_and_are_counted_from_0()
    {
        var report = Import("x,quality\n1,10\n2,9\n3,10\n4,9\n", new TableImportOptions { TestShare = 0.5 });
        Assert.Equal(["9", "10"], report.Classes);
        using var data = Read();
        Assert.Equal([0L, 1], data.Test.Labels.data<long>().ToArray().Order());
    }

    [Fact]
    public void Pixels_become_images_of_bytes()
    {
        var report = Import("label,p1,p2,p3,p4\n0,0,255,1,2\n1,3,4,5,6\n0,7,8,9,10\n1,11,12,13,14\n", new TableImportOptions { Label = "label", ImageShape = [2, 2], TestShare = 0.5 });
        Assert.Equal([2L, 2L], report.InputShape);
        using var data = Read();
        Assert.Equal([1L, 2, 2], data.Train.InputShape);
        Assert.Equal(255, data.Normalisation.Scale);
        Assert.Equal(TorchSharp.torch.ScalarType.Byte, data.Train.Stored.dtype);
    }

    [Fact]
    public void A_table_to_judge_by_may_have_words_that_the_other_has_not_but_no_other_classes()
    {
        var test = folder.Write("test.csv", Encoding.UTF8.GetBytes("id,degrees,sky,\"what to do, then\"\nz,5,fog,read\n"));
        var report = Import(Weather, new TableImportOptions { Ignored = ["id"], TestTable = test });
        Assert.Equal((6, 1), (report.Training, report.Test));
        using (var data = Read())
        {
            Assert.Equal([5f, 0, 0, 0], Raw(data.Test));
        }

        folder.Write("test.csv", Encoding.UTF8.GetBytes("id,degrees,sky,\"what to do, then\"\nz,5,fog,sleep\n"));
        Refused(Weather, new TableImportOptions { Ignored = ["id"], TestTable = test }, "Line 2", "'sleep'");
        folder.Write("test.csv", Encoding.UTF8.GetBytes("degrees,id,sky,\"what to do, then\"\n5,z,fog,read\n"));
        Refused(Weather, new TableImportOptions { Ignored = ["id"], TestTable = test }, "same columns");
    }

    [Fact]
    public void Rows_that_lack_a_value_are_named_or_left_out()
    {
        var lacking = Weather.Replace("0,snow", "NA,snow");
        Refused(lacking, new TableImportOptions { Ignored = ["id"] }, "1 of 6 rows", "Line 6", "'NA'", "'degrees'", "--drop-incomplete");
        Assert.Equal(1, Import(lacking, new TableImportOptions { Ignored = ["id"], TestShare = 0.5, DropsIncomplete = true }).Dropped);
        Import(lacking, new TableImportOptions { Ignored = ["id", "degrees"], TestShare = 0.5 }); // what is not used may lack anything
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "Line 3 has 1 fields, line 1 has 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", "double quote of line 2")]
    [InlineData("a,a\n1,2\n3,4\n", "called 'a'")]
    [InlineData("a,b\n", "0 rows and 2 columns")]
    [InlineData("a\n1\n", "1 rows and 1 columns")]
    [InlineData("", "0 rows and 0 columns")]
    [InlineData("x,y\n1,2\noops,3\n3,2\n4,3\n", "Line 3 has 'oops' in column 'x'")]
    [InlineData("x,y\n1,2\n3,2\n", "1 different values")]
    public void Tables_that_cannot_be_learned_from_are_refused_with_the_place(string text, string words) => Refused(text, null, words);

    [Fact]
    public void Numbers_to_predict_identities_and_unknown_columns_are_refused_with_what_to_do()
    {
        var prices = "x,price\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{1000 + i}.5\n"));
        Refused(prices, null, "30 different values", "ranges");
        var names = "name,class\n" + string.Concat(Enumerable.Range(0, 70).Select(i => $"n{i},{i % 2}\n"));
        Refused(names, null, "70 different texts", "--ignore 'name'");
        Refused(Weather, new TableImportOptions { Label = "skies" }, "nearest is 'sky'");
        Refused(Weather, new TableImportOptions { Ignored = ["id"], ImageShape = [3, 3] }, "images of 3x3", "4 inputs");
        Assert.Contains("TestShare", Assert.Throws<ArgumentException>(() => Import(Weather, new TableImportOptions { TestShare = 1 })).Message);
    }

    private string Npz => Path.Combine(folder.Path, "table.npz");

    private static string Numbered(int rows) => "x,class\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{i % 3}\n"));

    private TableImportReport Import(string text, TableImportOptions? options = null) =>
        TableImport.Write(folder.Write("table.csv", Encoding.UTF8.GetBytes(text)), Npz, options);

    private void Refused(string text, TableImportOptions? options, params string[] words)
    {
        File.Delete(Npz);
        var error = Assert.Throws<DataException>(() => Import(text, options));
        Assert.All(words, word => Assert.Contains(word, error.Message));
        Assert.False(File.Exists(Npz));
    }

    private TrainAndTest Read() => NumpyDataset.Read(Npz);

    // The values before they were normalised.
    private static float[] Raw(LabelledImages part)
    {
        if (part.Stored.dtype == TorchSharp.torch.ScalarType.Byte)
        {
            return [.. part.Stored.bytes.ToArray().Select(value => (float)value)];
        }

        var features = (int)part.InputShape[0];
        var (mean, deviation) = (part.Normalisation.Mean, part.Normalisation.StandardDeviation);
        return [.. part.Stored.data<float>().ToArray().Select((value, i) => (float)Math.Round(value * deviation[i % features] + mean[i % features], 4))];
    }
}
