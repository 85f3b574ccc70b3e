using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SparseHybrid.Deploy.Report.Live;
using SparseHybrid.Training;

namespace SparseHybrid.Deploy.Tests.Report.Live;

/// <summary>The server as clients meet it, good ones and bad ones, byte by byte.</summary>
public sealed class LiveViewTests : IDisposable
{
    private readonly LiveView view = LiveView.Start("/runs/none-yet", port: 0, TimeSpan.FromMilliseconds(20));

    private string PagePath => view.Address.AbsolutePath;

    public void Dispose() => view.Dispose();

    [Fact]
    public void The_page_is_to_be_had_at_its_address_and_may_do_nothing_else()
    {
        var answer = Get(PagePath);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Contains("Training has not begun", answer);
        Assert.Contains("Cross-Origin-Resource-Policy: same-origin\r\n", answer);
        Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'sha256-", answer);
        Assert.Contains("frame-ancestors 'none'\r\n", answer);
        Assert.DoesNotContain("Access-Control", answer, StringComparison.OrdinalIgnoreCase);
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Contains($"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", answer);
    }

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Host: evil.example:{0}")]
    [InlineData("X-Forwarded-Host: 127.0.0.1:{0}")]
    [InlineData("Host: 127.0.0.1:{0}\r\nHost: evil.example")]
    [InlineData("Host: 127.0.0.1:{0}\r\nOrigin: http://evil.example")]
    [InlineData("Host: 127.0.0.1:{0}\r\nOrigin: null")]
    public void A_name_or_a_page_from_elsewhere_gets_nothing(string headers)
    {
        headers = string.Format(headers, view.Address.Port);
        foreach (var path in new[] { PagePath, $"{PagePath}updates" })
        {
            var answer = Send($"GET {path} HTTP/1.1\r\n{headers}\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 403 ", answer);
            Assert.DoesNotContain("<html", answer);
            Assert.DoesNotContain("data:", answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
        }
    }

    [Fact]
    public void Without_the_exact_secret_there_is_nothing()
    {
        string[] wrong =
        [
            "/", "/updates", "/favicon.ico", PagePath.TrimEnd('/'), $"{PagePath}?", $"{PagePath}x", $"{PagePath}updates/", $"{PagePath}../", $"{PagePath}./",
            $"/{PagePath}", $"/x/..{PagePath}", $"{PagePath}%2e%2e/", $"{PagePath}..%2f..%2fetc/passwd", $"{PagePath}run.json", PagePath.ToUpperInvariant() + "X",
            $"http://127.0.0.1:{view.Address.Port}{PagePath}", $"/%{(int)PagePath[1]:x2}{PagePath[2..]}", "*", $"/{new string('0', 32)}/",
        ];
        Assert.All(wrong, path => Assert.StartsWith("HTTP/1.1 404 ", Get(path)));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("CONNECT")]
    [InlineData("get")]
    public void Nothing_can_be_done_but_looking(string method)
    {
        var answer = Send($"{method} {PagePath} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{new string('x', 100_000)}");
        Assert.StartsWith("HTTP/1.1 405 ", answer);
        Assert.Contains("\r\nAllow: GET\r\n", answer);
    }

    [Fact]
    public void What_is_no_request_or_too_long_for_one_is_hung_up_on()
    {
        Assert.Empty(Send("\u0016\u0003\u0001 hello\r\n\r\n"));
        Assert.Empty(Send($"GET {PagePath} HTTP/1.1\r\nHost: localhost\r\nX: {new string('x', 20_000)}"));
        Assert.StartsWith("HTTP/1.1 200 ", Get(PagePath));
    }

    [Fact]
    public void Nothing_but_the_loopback_interface_listens()
    {
        var local = Listeners(view.Address.Port);
        Assert.Contains("0100007F", local);
        Assert.All(local, address => Assert.Contains(address, new[] { "0100007F", "00000000000000000000000001000000" }));
        Assert.All(OtherAddresses(), address =>
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Assert.Throws<SocketException>(() => socket.Connect(address, view.Address.Port));
        });
    }

    [Fact]
    public void Each_view_has_a_secret_of_its_own_and_no_view_takes_the_port_of_another()
    {
        using var other = LiveView.Start("/runs/other");
        Assert.NotEqual(PagePath, other.Address.AbsolutePath);
        Assert.Matches("^/[0-9a-f]{32}/$", PagePath);
        var error = Assert.Throws<LiveViewException>(() => LiveView.Start("/runs/third", view.Address.Port));
        Assert.Contains($"port {view.Address.Port}", error.What);
        Assert.Contains("Another program", error.Why);
        Assert.Throws<ArgumentOutOfRangeException>(() => LiveView.Start("/runs/third", 65_536));
    }

    [Fact]
    public void Updates_follow_the_progress_and_end_with_the_run()
    {
        using var client = Connect();
        client.Send(Encoding.ASCII.GetBytes($"GET {PagePath}updates HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        using var reader = new StreamReader(new NetworkStream(client), Encoding.UTF8);
        Assert.Equal("Training has not begun: the data are being read.", Next(reader).GetProperty("lead").GetString());
        view.Report(Progress(batch: 3));
        var update = Next(reader);
        Assert.StartsWith("Epoch 2 of 5, batch 3 of 10: training loss 0.5000 so far, 75.00 % zeros.", update.GetProperty("lead").GetString());
        Assert.StartsWith("26 %", update.GetProperty("tab").GetString());
        Assert.False(update.GetProperty("isEnded").GetBoolean());
        view.End(new LiveEnding("interrupted", "It was <b>interrupted</b>."));
        view.Dispose();
        update = Next(reader);
        Assert.True(update.GetProperty("isEnded").GetBoolean());
        Assert.Equal("It was <b>interrupted</b>.", update.GetProperty("notice").GetString());
        Assert.Equal("", reader.ReadToEnd().Trim());
        Assert.Empty(Listeners(view.Address.Port));
    }

    [Fact]
    public void Clients_that_say_nothing_or_hear_nothing_hold_up_neither_the_run_nor_its_end()
    {
        var silent = Enumerable.Range(0, 8).Select(_ => Connect()).ToList();
        var deaf = Enumerable.Range(0, 7).Select(_ => Connect()).ToList();
        deaf.ForEach(client => client.Send(Encoding.ASCII.GetBytes($"GET {PagePath} HTTP/1.1\r\nHost: localhost\r\n\r\n")));
        Assert.StartsWith("HTTP/1.1 200 ", Get(PagePath)); // the sixteenth
        silent[0].Send("GET "u8);
        for (var batch = 0; batch < 10; batch++)
        {
            view.Report(Progress(batch));
        }

        view.Dispose();
        silent.Concat(deaf).ToList().ForEach(client => client.Dispose());
    }

    private static TrainingProgress Progress(int batch) => new()
    {
        Epoch = 2,
        Epochs = 5,
        Batch = batch,
        BatchesPerEpoch = 10,
        TrainLoss = 0.5,
        TestAccuracy = null,
        Sparsity = 0.75,
        Elapsed = TimeSpan.FromSeconds(10),
        Remaining = TimeSpan.FromMinutes(3),
    };

    private static JsonElement Next(StreamReader reader)
    {
        string line;
        do
        {
            line = reader.ReadLine()!;
        }
        while (!line.StartsWith("data: ", StringComparison.Ordinal));
        return JsonDocument.Parse(line[6..]).RootElement;
    }

    // Local addresses of the sockets that listen at a port, as the kernel writes them.
    private static List<string> Listeners(int port) =>
    [
        .. from file in new[] { "/proc/net/tcp", "/proc/net/tcp6" }
           where File.Exists(file)
           from line in File.ReadLines(file).Skip(1)
           let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where fields[3] == "0A" && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal)
           select fields[1].Split(':')[0],
    ];

    private static IEnumerable<IPAddress> OtherAddresses() =>
        from network in System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        from address in network.GetIPProperties().UnicastAddresses
        where !IPAddress.IsLoopback(address.Address)
        select address.Address;

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        socket.Connect(IPAddress.Loopback, view.Address.Port);
        return socket;
    }

    private string Get(string target) => Send($"GET {target} HTTP/1.1\r\nHost: {view.Address.Authority}\r\n\r\n");

    private string Send(string request)
    {
        using var socket = Connect();
        socket.Send(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
