namespace SparseHybrid.EndToEnd.Tests.Guide;

public sealed class GuideBlockTests
{
    private const string Page = """
        Text, and ``code``.

        ```sh exit=2 full
        ./sparse train --epochs 0
        ```

        ```text printed
        --epochs is '0'; it must be a whole number from 1 to 100.
        ```
        <!-- given
        var x = 1;
        -->
        ```csharp
        var y = x;
        ```
        """;

    [Fact]
    public void Blocks_know_their_place_language_mark_and_what_is_given()
    {
        var blocks = GuideBlock.Read(Page);
        Assert.Equal([3, 7, 13], blocks.Select(block => block.Line));
        Assert.Equal(["sh", "text", "csharp"], blocks.Select(block => block.Language));
        Assert.Equal((2, true, false), (blocks[0].ExitStatus, blocks[0].IsForFullCheck, blocks[0].IsNeverRun));
        Assert.True(blocks[1].IsPrinted);
        Assert.Equal(("var x = 1;\n", "var y = x;\n"), (blocks[2].Given, blocks[2].Text));
    }

    [Theory]
    [InlineData("epoch 10/10  loss 0.2345  87.43 %  3.2 s", "epoch 1/3  loss 1.5  100 %  12 ms")]
    [InlineData("│ dense │ 1.07 MB │ 12.7 us │", "dense   341.1 kB   1 200 us")]
    [InlineData("266 610 parameters, 5 644 not zero", "7 parameters, 0 not zero")]
    public void Numbers_units_and_widths_do_not_count(string shown, string printed) =>
        Assert.Null(PrintedLines.FirstMissing(shown, printed));

    [Theory]
    [InlineData("accuracy 87 %", "precision 87 %")]
    [InlineData("fc1.weight 0.5", "fc2.weight 0.5")]
    [InlineData("--opset is '99'", "--opset was '99'")]
    public void Words_do(string shown, string printed) =>
        Assert.Equal(shown, PrintedLines.FirstMissing(shown, printed));

    [Fact]
    public void Lines_count_in_their_order() =>
        Assert.Equal("first", PrintedLines.FirstMissing("second\nfirst\n", "first\nbetween\nsecond\n"));
}
