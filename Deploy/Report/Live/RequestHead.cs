using System.Net.Sockets;
using System.Text;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>What a browser asks for, as far as it matters here.</summary>
/// <param name="Method">As GET.</param>
/// <param name="Target">The path as it was sent: nothing is decoded, so that there is one way to write it.</param>
/// <param name="Host">The machine and port that the browser believes to talk to; null where it does not say, or says it twice.</param>
/// <param name="Origin">Where the page comes from that asks; null where it does not say.</param>
internal sealed record RequestHead(string Method, string Target, string? Host, string? Origin)
{
    private const int MostBytes = 16_384;

    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>
    /// Does the browser know that it talks to its own machine? A name on the internet that was made to point here, so that a page
    /// from there could read this one, is a foreign name still. The port does not matter: a tunnel may have another one.
    /// </summary>
    public bool IsForThisMachine => Host is { } host && OwnNames.Any(name => host == name || (host.StartsWith($"{name}:", StringComparison.Ordinal) && IsPort(host[(name.Length + 1)..])));

    /// <summary>Does another page ask than the one from here?</summary>
    public bool IsFromElsewhere => Origin is { } origin && origin != $"http://{Host}";

    /// <summary>Reads the head of a request.</summary>
    /// <param name="socket">A new connection.</param>
    /// <param name="patience">Time for the whole head, however slowly it comes.</param>
    /// <returns>Null where it is not one, is too long, or takes too long.</returns>
    public static RequestHead? Read(Socket socket, TimeSpan patience)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        var buffer = new byte[MostBytes];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var left = end - Environment.TickCount64;
            if (left <= 0 || length == buffer.Length || !socket.Poll(TimeSpan.FromMilliseconds(left), SelectMode.SelectRead))
            {
                return null;
            }

            var read = socket.Receive(buffer.AsSpan(length));
            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        return Parse(Encoding.Latin1.GetString(buffer, 0, buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)));
    }

    /// <summary>Reads the text of a head, without the empty line at its end.</summary>
    public static RequestHead? Parse(string text)
    {
        var lines = text.Split("\r\n");
        return lines[0].Split(' ') is [var method, var target, "HTTP/1.1" or "HTTP/1.0"]
            ? new RequestHead(method, target, Only(lines, "Host"), Only(lines, "Origin"))
            : null;
    }

    private static string? Only(string[] lines, string name)
    {
        var found = lines.Skip(1).Where(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)).ToList();
        return found is [var only] ? only[(name.Length + 1)..].Trim(' ', '\t') : found.Count == 0 ? null : "";
    }

    private static bool IsPort(string text) => text.Length is >= 1 and <= 5 && text.All(char.IsAsciiDigit);
}
