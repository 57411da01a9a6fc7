using System.Buffers;
using System.Globalization;
using System.Net;

namespace ListeningBot.Net;

/// <summary>Reads a response whole, but never more of it than allowed: the cap counts unpacked bytes.</summary>
internal static class WebBody
{
    private const int Piece = 32 * 1024;

    public static async Task<WebAnswer> ReadAsync(HttpResponseMessage response, Uri url, int maxBytes, DateTimeOffset now, CancellationToken ct)
    {
        var headers = HeadersOf(response);
        var date = DateOf(headers);
        return new WebAnswer
        {
            Status = response.StatusCode,
            Url = url,
            Headers = headers,
            Body = response.StatusCode == HttpStatusCode.NotModified ? default : await ReadAsync(response.Content, url, maxBytes, ct),
            RetryAfter = RetryAfter.Parse(headers.GetValueOrDefault("Retry-After"), date ?? now),
            Date = date,
            MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
            Charset = response.Content.Headers.ContentType?.CharSet?.Trim('"', '\'', ' '),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, Uri url, int maxBytes, CancellationToken ct)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            throw TooLarge(url, maxBytes);
        }
        await using var stream = await content.ReadAsStreamAsync(ct);
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await stream.ReadAsync(body.GetMemory(Piece)[..Piece], ct);
            if (read == 0)
            {
                return body.WrittenMemory;
            }
            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw TooLarge(url, maxBytes);
            }
        }
    }

    private static WebFaultException TooLarge(Uri url, int maxBytes) =>
        new(WebFault.TooLarge, $"{url.Scheme}://{url.Authority} sent more than {maxBytes / 1024.0 / 1024.0:0.#} MiB, which is not read. Check that the address is the right one");

    private static DateTimeOffset? DateOf(Dictionary<string, string> headers) =>
        DateTimeOffset.TryParseExact(headers.GetValueOrDefault("Date"), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && IsAClock(date) ? date : null;

    /// <summary>Some servers say the year 1 or 9999: no time can be reckoned from there, and before the next answer nothing would put it right.</summary>
    public static bool IsAClock(DateTimeOffset date) => date.Year is >= 2000 and < 2200;

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[name] = string.Join(", ", values);
        }
        return headers;
    }
}
