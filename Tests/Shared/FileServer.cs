using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SparseHybrid.Tests.Support;

/// <summary>How a server answers one request.</summary>
/// <param name="Status">Status of the answer; 0: it hangs up without one.</param>
/// <param name="CutAfter">Bytes after which the connection is cut; null: none.</param>
/// <param name="KnowsRange">Whether a part of the file can be asked for.</param>
/// <param name="IsSilent">Whether the connection stays open, silent, where it would be cut.</param>
public sealed record Answer(int Status = 200, int? CutAfter = null, bool KnowsRange = true, bool IsSilent = false);

/// <summary>A web server on this machine alone that fails as it is told to; each answer is used once, then all goes well.</summary>
public sealed class FileServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Queue<Answer> answers;
    private readonly List<string> requests = [];

    public FileServer(params Answer[] answers)
    {
        this.answers = new Queue<Answer>(answers);
        listener.Start();
        _ = AcceptAsync();
    }

    public Dictionary<string, byte[]> Files { get; } = [];

    public string Place => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/data/";

    /// <summary>Each request so far: the file, and the first byte asked for.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await AnswerAsync(client.GetStream());
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client has gone, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var name = (await reader.ReadLineAsync(stop.Token) ?? "").Split(' ').ElementAtOrDefault(1)?.Split('/')[^1] ?? "";
        var start = 0;
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
            {
                start = int.Parse(header[13..].TrimEnd('-'));
            }
        }

        Answer answer;
        lock (requests)
        {
            requests.Add($"{name} {start}");
            answer = answers.TryDequeue(out var next) ? next : new Answer();
        }

        if (answer.Status == 0)
        {
            return;
        }

        var status = Files.ContainsKey(name) ? answer.Status : 404;
        if (status != 200)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Told so\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stop.Token);
            return;
        }

        var file = Files[name];
        start = answer.KnowsRange ? start : 0;
        var head = start > 0
            ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {start}-{file.Length - 1}/{file.Length}\r\n"
            : "HTTP/1.1 200 OK\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {file.Length - start}\r\nConnection: close\r\n\r\n"), stop.Token);
        await stream.WriteAsync(file.AsMemory(start, Math.Min(answer.CutAfter ?? int.MaxValue, file.Length - start)), stop.Token);
        if (answer.IsSilent)
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
    }
}
