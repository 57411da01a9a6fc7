namespace ListeningBot.Net;

/// <summary>Why no usable answer came.</summary>
public enum WebFault
{
    BadAddress,

    /// <summary>The name leads to this machine or a private network.</summary>
    PrivateAddress,
    UnknownName,
    NotReached,
    Tls,
    Timeout,
    TooLarge,

    /// <summary>The connection ended in the middle of the answer.</summary>
    CutOff,

    /// <summary>The answer is not HTTP, or can't be unpacked.</summary>
    Garbled,
    Redirects,

    /// <summary>A web socket was answered with an ordinary status: see <see cref="WebFaultException.Status"/>.</summary>
    Refused,
}

/// <summary>No usable answer came. The message says what, where (host only) and the cure, to an operator; it holds no path, query or secret.</summary>
public sealed class WebFaultException(WebFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    public WebFault Fault { get; } = fault;

    /// <summary>For <see cref="WebFault.Refused"/>: the HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>When the service said how long to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
