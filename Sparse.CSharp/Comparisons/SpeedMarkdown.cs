namespace SparseHybrid.Comparisons;

/// <summary>Size and speed as a part of a comparison's Markdown.</summary>
internal static class SpeedMarkdown
{
    public static void Write(MarkdownText text, ComparisonSpeed? speed)
    {
        if (speed is null)
        {
            return;
        }

        text.Paragraphs("## Size and speed", string.Join(' ', SpeedText.Method(speed)));
        text.Table(SpeedText.Columns(speed), speed.Networks.Select(network => SpeedText.Cells(speed, network)));
        text.Paragraphs([.. speed.Unmeasured.Select(network => $"Not measured: {network.Run} as {network.Form}. {network.Reason}")]);
    }
}
