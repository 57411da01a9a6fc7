using System.Net.Sockets;
using System.Net.WebSockets;

namespace ListeningBot.Net;

/// <summary>A line on which nothing is said may be dead without a word: both ends' systems are made to ask each other (RFC 1122, 4.2.3.6), of which the service itself notices nothing.</summary>
internal static class LineProbe
{
    /// <summary>Asked after four silent seconds and each second from then on, it is given up when four questions stay without an answer: a few lost packets end no line.</summary>
    private static readonly (SocketOptionName Option, int Value)[] Settings =
        [(SocketOptionName.TcpKeepAliveTime, 4), (SocketOptionName.TcpKeepAliveInterval, 1), (SocketOptionName.TcpKeepAliveRetryCount, 4)];

    public static void Begin(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        foreach (var (option, value) in Settings)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, option, value);
        }
    }

    /// <summary>Where nothing is said on a web socket the service is asked itself, which has to answer (RFC 6455, 5.5.2): a dead one is found within ten seconds.</summary>
    public static void Ping(ClientWebSocketOptions options) => (options.KeepAliveInterval, options.KeepAliveTimeout) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));

    /// <summary>The same where a cut is told only when it has lasted for some seconds.</summary>
    public static void PingOften(ClientWebSocketOptions options) => (options.KeepAliveInterval, options.KeepAliveTimeout) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));

    /// <summary>
    /// While an answer is waited for over HTTP/2 the other end is asked too (RFC 9113, 6.7); HTTP/1.1 has no such question. Without it one dead connection, which all requests to a host share, would let each of
    /// them wait to its end. The client looks once a second: a dead line is found within nine.
    /// </summary>
    public static SocketsHttpHandler Pinging(SocketsHttpHandler handler)
    {
        (handler.KeepAlivePingDelay, handler.KeepAlivePingTimeout, handler.KeepAlivePingPolicy) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), HttpKeepAlivePingPolicy.WithActiveRequests);
        return handler;
    }
}
