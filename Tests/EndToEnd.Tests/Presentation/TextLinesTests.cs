using SparseHybrid.Cli.Presentation;

namespace SparseHybrid.EndToEnd.Tests.Presentation;

public sealed class TextLinesTests
{
    [Theory]
    [InlineData("At 90 % xrda is better", 9, "At 90 %", "xrda is", "better")]
    [InlineData("four four", 9, "four four")]
    [InlineData("four fours", 9, "four", "fours")]
    [InlineData("a longer-than-that b", 6, "a", "longer-than-that", "b")]
    [InlineData("", 6, "")]
    public void Lines_end_between_words(string text, int width, params string[] expected) => Assert.Equal(expected, TextLines.Of(text, width));
}
