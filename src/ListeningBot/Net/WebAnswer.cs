using System.Net;
using System.Text;

namespace ListeningBot.Net;

/// <summary>How much of a stranger's answer we bear.</summary>
/// <param name="Timeout">For the whole exchange, redirects and body included.</param>
/// <param name="MaxBytes">Of the body after unpacking.</param>
public sealed record WebLimits(TimeSpan Timeout, int MaxBytes)
{
    /// <summary>30 seconds, 10 MiB.</summary>
    public static readonly WebLimits Default = new(TimeSpan.FromSeconds(30), 10 * 1024 * 1024);
}

/// <summary>One GET. "user:password@" in the address becomes Basic sign-in for that host alone.</summary>
public sealed record WebGet(Uri Url)
{
    public string? Accept { get; init; }

    /// <summary>Sent back as If-None-Match, as it came.</summary>
    public string? ETag { get; init; }

    /// <summary>Sent back as If-Modified-Since, as it came.</summary>
    public string? LastModified { get; init; }

    /// <summary>The whole Authorization header. Never sent to another host than the first.</summary>
    public string? Authorization { get; init; }
    public WebLimits Limits { get; init; } = WebLimits.Default;

    /// <summary>
    /// Where the address was found, when nobody configured it. Hosts that are private and allowed are asked only when the sender
    /// is one of them too: a stranger's link never leads inside.
    /// </summary>
    public Uri? SentBy { get; init; }
}

/// <summary>An answer with its body whole and unpacked, whatever its status.</summary>
public sealed record WebAnswer
{
    public required HttpStatusCode Status { get; init; }

    /// <summary>Where the answer came from in the end, without user and password.</summary>
    public required Uri Url { get; init; }

    /// <summary>Set when the first hop said that the address has moved for good (301, 308).</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>All headers, names in any case; several of one name are joined by ", ".</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long the service wants us to wait, from either form of Retry-After; 0 to 24 hours.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>"text/html", in lower case.</summary>
    public string? MediaType { get; init; }

    /// <summary>The charset that the Content-Type names, without quotes.</summary>
    public string? Charset { get; init; }
    public string? ETag => Header("ETag");
    public string? LastModified => Header("Last-Modified");

    /// <summary>The service's own clock, to the second, when it answered; null when it does not say.</summary>
    public DateTimeOffset? Date { get; init; }
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The body as UTF-8, for services that always speak it.</summary>
    public string TextUtf8() => Encoding.UTF8.GetString(Body.Span);
}
