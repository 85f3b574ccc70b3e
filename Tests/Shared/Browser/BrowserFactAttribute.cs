namespace SparseHybrid.Tests.Support.Browser;

/// <summary>A test that opens a page in Chromium; skipped, with the reason, where the browser or its remote control is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = PageInBrowser.WhyNot;
}
