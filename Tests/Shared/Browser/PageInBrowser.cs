using System.Diagnostics;
using System.Text.Json;

namespace SparseHybrid.Tests.Support.Browser;

/// <summary>A page as headless Chromium sees it, by way of Node.js and playwright-core.</summary>
internal static class PageInBrowser
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string Root = FindRoot();

    /// <summary>Why pages cannot be opened here; null when they can.</summary>
    public static string? WhyNot { get; } =
        !File.Exists(Chromium) ? "The browser is not here: apt-get install chromium."
        : !Directory.Exists(Path.Combine(Root, "node_modules/playwright-core")) ? "The browser's remote control is not here: setup/20-npm-packages --tests."
        : null;

    /// <summary>Where pictures of pages are kept, for people who want to look: SPARSE_PICTURES names a folder; null: they are not kept.</summary>
    public static string? Picture(string name) =>
        Environment.GetEnvironmentVariable("SPARSE_PICTURES") is { } folder ? Path.Combine(folder, $"{name}.png") : null;

    /// <summary>Opens a file and tells what the script beside this one finds.</summary>
    /// <param name="file">The page.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="look">light, dark or print.</param>
    /// <param name="picture">Where to keep a picture of the page; null: nowhere.</param>
    public static JsonElement Open(string file, int width = 1280, string look = "light", string? picture = null)
    {
        using var browser = Start("inspect-page.js", [file, $"{width}", "900", look, .. picture is null ? Array.Empty<string>() : [picture]]);
        return Findings(browser);
    }

    /// <summary>Opens a page that follows a run, stays to the end of the run, and tells what the script beside this one saw.</summary>
    /// <param name="address">The page.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="look">light or dark.</param>
    /// <param name="seen">Called when the page has been brought up to date a few times.</param>
    /// <param name="picture">Where to keep a picture of the page at the end, and one from before beside it; null: nowhere.</param>
    public static JsonElement Follow(string address, int width, string look, Action seen, string? picture)
    {
        using var browser = Start("follow-page.js", [address, $"{width}", "900", look, .. picture is null ? Array.Empty<string>() : [picture]]);
        if (browser.StandardOutput.ReadLine() == "seen")
        {
            seen();
        }

        return Findings(browser);
    }

    private static Process Start(string script, IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("node", [Path.Combine(Root, "Tests/Shared/Browser", script), Chromium, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static JsonElement Findings(Process browser)
    {
        var errors = browser.StandardError.ReadToEndAsync();
        var output = browser.StandardOutput.ReadToEnd();
        browser.WaitForExit();
        Assert.True(browser.ExitCode == 0, errors.Result);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "SparseHybrid.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
