using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ListeningBot.Net;

/// <summary>Turns what the HTTP stack throws into sentences for operators.</summary>
internal static class WebFaults
{
    /// <summary>Null when it is no fault of the web.</summary>
    public static WebFaultException? Explain(Exception thrown, string where)
    {
        if (Find<WebFaultException>(thrown) is { } known)
        {
            return known;
        }
        if (Find<AuthenticationException>(thrown) is { } tls)
        {
            return new(WebFault.Tls, $"{where} has no certificate that this machine trusts, or speaks TLS badly ({OneLine(tls.Message)}). Check the address, the clock and the trusted certificates of this machine", thrown);
        }
        if (Find<InvalidDataException>(thrown) is not null)
        {
            return new(WebFault.Garbled, $"{where} sent an answer that can't be unpacked. It is tried again", thrown);
        }
        if (Find<HttpIOException>(thrown)?.HttpRequestError is { } io)
        {
            return Explain(io, thrown, where);
        }
        if (Find<HttpRequestException>(thrown)?.HttpRequestError is { } error)
        {
            return Explain(error, thrown, where);
        }
        if (Find<TimeoutException>(thrown) is not null || Find<OperationCanceledException>(thrown) is not null)
        {
            return new(WebFault.NotReached, $"can't reach {where}: no connection came about in time. Check the address, and that no firewall is in between; it is tried again", thrown);
        }
        return Find<SocketException>(thrown) is not null || thrown is IOException ? CutOff(where, thrown) : null;
    }

    public static WebFaultException Refused(string where, int status, TimeSpan? retryAfter, Exception inner) =>
        new(WebFault.Refused, $"{where} answered the web socket with HTTP {status}. Check the address; it is tried again", inner) { Status = status, RetryAfter = retryAfter };

    public static WebFaultException NoWebSocket(string where, Exception inner) =>
        new(WebFault.Garbled, $"{where} does not speak the web socket protocol as it should. Check the address", inner);

    private static WebFaultException Explain(HttpRequestError error, Exception thrown, string where) => error switch
    {
        HttpRequestError.NameResolutionError => new(WebFault.UnknownName, $"no such host: {where}. Check the spelling of the address", thrown),
        HttpRequestError.ConnectionError => new(WebFault.NotReached, $"can't reach {where}. Check the address, and that no firewall is in between; it is tried again", thrown),
        HttpRequestError.SecureConnectionError when Find<IOException>(thrown) is not null =>
            new(WebFault.NotReached, $"can't reach {where}: the connection ended before TLS was agreed on. Check the address (perhaps it is http, not https), and that no firewall is in between; it is tried again", thrown),
        HttpRequestError.SecureConnectionError => new(WebFault.Tls, $"{where} does not speak TLS as it should. Check the address: perhaps it is http, not https", thrown),
        HttpRequestError.ConfigurationLimitExceeded => new(WebFault.TooLarge, $"{where} sent headers of more than 64 KiB. It is tried again", thrown),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => new(WebFault.Garbled, $"{where} did not answer in HTTP. Check the address and port", thrown),
        _ => CutOff(where, thrown),
    };

    private static WebFaultException CutOff(string where, Exception thrown) =>
        new(WebFault.CutOff, $"{where} ended the connection in the middle of its answer. It is tried again", thrown);

    private static T? Find<T>(Exception? thrown)
        where T : Exception
    {
        for (; thrown is not null; thrown = thrown.InnerException)
        {
            if (thrown is T found)
            {
                return found;
            }
        }
        return null;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
