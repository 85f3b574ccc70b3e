using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>
/// Serves one page and its updates to browsers of this machine that know its address. As little of HTTP as that takes: what the
/// framework has for it cannot choose a free port by itself or give up on slow clients, or would ask every user for another runtime.
/// </summary>
internal sealed class LiveServer : IDisposable
{
    private const int MostClients = 16; // at a time; a further one is turned away
    private const int Chunk = 65_536;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5); // for a request, or for a client to take a chunk of the answer
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Protection =
    [
        $"Content-Security-Policy: {ReportAssets.LivePolicy}; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
    ];

    private readonly PagePublisher publisher;
    private readonly IReadOnlyList<Socket> listeners;
    private readonly byte[] pagePath;
    private readonly byte[] updatesPath;
    private readonly HashSet<Thread> clients = [];
    private volatile bool isOver;

    /// <param name="publisher">Makes the page.</param>
    /// <param name="port">0: any that is free.</param>
    /// <exception cref="LiveViewException">The port cannot be had.</exception>
    public LiveServer(PagePublisher publisher, int port)
    {
        this.publisher = publisher;
        listeners = LoopbackListeners.Open(port);
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true); // 128 bits: nobody finds the page by trying
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listeners[0].LocalEndPoint!).Port}/{token}/");
        (pagePath, updatesPath) = (Encoding.ASCII.GetBytes(Address.AbsolutePath), Encoding.ASCII.GetBytes($"{Address.AbsolutePath}updates"));
        foreach (var listener in listeners)
        {
            YieldingThread.Start("live view: listener", () => Accept(listener));
        }
    }

    /// <summary>Where the page is; who does not know it cannot have the page.</summary>
    public Uri Address { get; }

    /// <summary>Hears no more clients, and gives those that it has a moment to take the last page.</summary>
    public void Dispose()
    {
        isOver = true;
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        var end = Environment.TickCount64 + (long)Farewell.TotalMilliseconds;
        Thread[] last;
        lock (clients)
        {
            last = [.. clients];
        }

        foreach (var client in last)
        {
            client.Join((int)Math.Max(0, end - Environment.TickCount64));
        }
    }

    private void Accept(Socket listener)
    {
        while (!isOver)
        {
            try
            {
                Attend(listener.Accept());
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                Thread.Sleep(Pause); // the client has gone before its turn, there are no more sockets to be had, or the run is over
            }
        }
    }

    private void Attend(Socket client)
    {
        lock (clients)
        {
            if (clients.Count >= MostClients)
            {
                client.Dispose();
                return;
            }

            clients.Add(YieldingThread.Start("live view: client", () => Serve(client)));
        }
    }

    // Whatever a client does, it is the client's own affair.
    private void Serve(Socket client)
    {
        try
        {
            using (client)
            {
                client.SendTimeout = (int)Patience.TotalMilliseconds;
                if (RequestHead.Read(client, Patience) is { } head)
                {
                    Answer(client, head);
                }

                Hang(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException)
        {
            // It has gone, or is too slow.
        }
        finally
        {
            lock (clients)
            {
                clients.Remove(Thread.CurrentThread);
            }
        }
    }

    private void Answer(Socket client, RequestHead head)
    {
        if (!head.IsForThisMachine || head.IsFromElsewhere)
        {
            Send(client, "403 Forbidden", "This page is for browsers on this machine, at its own address.");
        }
        else if (head.Method != "GET")
        {
            Send(client, "405 Method Not Allowed", "There is nothing to do but to look.", "Allow: GET");
        }
        else if (IsAt(head.Target, pagePath))
        {
            Send(client, "200 OK", "text/html; charset=utf-8", publisher.Newest.Page.Html);
        }
        else if (IsAt(head.Target, updatesPath))
        {
            SendUpdates(client);
        }
        else
        {
            Send(client, "404 Not Found", "There is nothing here.");
        }
    }

    // In a time that does not tell how much of the path is right.
    private static bool IsAt(string target, byte[] path) => CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(target), path);

    private void SendUpdates(Socket client)
    {
        SendHead(client, "200 OK", "Content-Type: text/event-stream");
        var known = -1L;
        LivePage? sent = null;
        while (sent is not { IsLast: true })
        {
            if (publisher.WaitForNewer(known, Heartbeat))
            {
                (sent, known) = publisher.Newest;
                Send(client, sent.Update);
            }
            else
            {
                Send(client, ":\n\n"u8.ToArray()); // says nothing, and fails where nobody listens any more
            }
        }
    }

    private static void Send(Socket client, string status, string text, params string[] headers) =>
        Send(client, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes($"{text}\n"), headers);

    private static void Send(Socket client, string status, string type, byte[] body, params string[] headers)
    {
        SendHead(client, status, [$"Content-Type: {type}", $"Content-Length: {body.Length}", .. headers]);
        Send(client, body);
    }

    private static void SendHead(Socket client, string status, params string[] headers) =>
        Send(client, Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Join("\r\n", [.. headers, .. Protection])}\r\n\r\n"));

    private static void Send(Socket client, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += client.Send(bytes.AsSpan(sent, Math.Min(Chunk, bytes.Length - sent)));
        }
    }

    // Closing while the client still sends would take the answer away from it.
    private static void Hang(Socket client)
    {
        client.Shutdown(SocketShutdown.Send);
        var end = Environment.TickCount64 + 1000;
        var rest = new byte[Chunk];
        while (client.Poll(TimeSpan.FromMilliseconds(Math.Max(0, end - Environment.TickCount64)), SelectMode.SelectRead) && client.Receive(rest) > 0)
        {
        }
    }
}
