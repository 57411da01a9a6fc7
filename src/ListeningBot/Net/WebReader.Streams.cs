using System.Net;

namespace ListeningBot.Net;

public sealed partial class WebReader
{
    /// <summary>
    /// Opens an answer without an end. The limits hold for its head, and for an answer that is no success, which comes whole. The caller disposes it, and caps what it reads.
    /// Follows no redirect.
    /// </summary>
    public Task<WebStream> OpenAsync(WebGet asked, CancellationToken ct) => WithinAsync(asked.Limits, asked.Url, ct, token => OpenedAsync(asked, token));

    private async Task<WebStream> OpenedAsync(WebGet asked, CancellationToken ct)
    {
        var url = Checked(asked.Url);
        using var request = Get(url, asked, asked.Authorization);
        Add(request.Headers, "User-Agent", Settings.UserAgent);

        // Packed, a line would come only when its block is full.
        Add(request.Headers, "Accept-Encoding", "identity");
        var response = await AskAsync(request, ct);
        try
        {
            return response.StatusCode == HttpStatusCode.OK
                ? new WebStream(response, await response.Content.ReadAsStreamAsync(ct), null)
                : new WebStream(response, Stream.Null, await WebBody.ReadAsync(response, url, asked.Limits.MaxBytes, Time.GetUtcNow(), ct));
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}

/// <summary>An answer that is read as it comes.</summary>
/// <param name="Refusal">The whole answer, when it is no success.</param>
public sealed record WebStream(HttpResponseMessage Response, Stream Body, WebAnswer? Refusal) : IDisposable
{
    public void Dispose() => Response.Dispose();
}
