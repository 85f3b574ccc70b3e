using System.Net;
using System.Net.Sockets;

namespace SparseHybrid.Deploy.Report.Live;

/// <summary>Sockets that hear from this machine alone, one for each of its two addresses for that, at the same port.</summary>
internal static class LoopbackListeners
{
    private const int Attempts = 20;
    private const int Backlog = 16;

    /// <param name="port">0: any that is free at both addresses.</param>
    /// <exception cref="LiveViewException">The port cannot be had.</exception>
    public static IReadOnlyList<Socket> Open(int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            var opened = new List<Socket>();
            try
            {
                opened.Add(Listen(IPAddress.Loopback, port));
                if (TryListenOnSecond(((IPEndPoint)opened[0].LocalEndPoint!).Port) is { } second)
                {
                    opened.Add(second);
                }

                return opened;
            }
            catch (SocketException error)
            {
                opened.ForEach(socket => socket.Dispose());
                if (port != 0 || attempt == Attempts)
                {
                    throw Refusal(port, error);
                }
            }
        }
    }

    // "localhost" may mean it; where it is not set up nobody can ask for it.
    private static Socket? TryListenOnSecond(int port)
    {
        try
        {
            return Socket.OSSupportsIPv6 ? Listen(IPAddress.IPv6Loopback, port) : null;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return null;
        }
    }

    private static Socket Listen(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static LiveViewException Refusal(int port, SocketException error) => new(
        what: port == 0 ? "There is no port for the live view." : $"The live view cannot have port {port}.",
        why: error.SocketErrorCode == SocketError.AddressAlreadyInUse ? "Another program listens there." : $"The system says: {error.Message}.",
        fix: "Give another one as --live=PORT, or none for any that is free.",
        inner: error);
}
