using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Bluesky;

/// <summary>
/// Asks the server that keeps an author's posts, which alone knows for certain whether one is gone: an AppView may lag, and accounts that are switched off for a while come back.
/// (DID specification: a document's service "#atproto_pds"; lexicon com.atproto.repo.getRecord, whose error RecordNotFound says so.)
/// </summary>
internal sealed class BlueskyRecords(ChannelContext context, BlueskyOptions options)
{
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(10), 1024 * 1024);
    private readonly HostPace _pace = new(TimeSpan.FromSeconds(1), context.Time);

    /// <summary>Null when nobody can tell now. Anybody may run such a server: what it says is believed of its own accounts alone.</summary>
    public async Task<PostChange?> ChangeOfAsync(Post post, CancellationToken ct)
    {
        if (post.Key.Id.Split('/') is not [var did, var rkey] || await ServerOfAsync(did, ct) is not { } server)
        {
            return null;
        }
        var asked = new Uri(server, $"/xrpc/com.atproto.repo.getRecord?repo={Uri.EscapeDataString(did)}&collection=app.bsky.feed.post&rkey={Uri.EscapeDataString(rkey)}");
        return await AskAsync(asked, new Uri(options.Directory), ct) switch
        {
            ({ IsSuccess: true }, { } record) when BlueskyPost.Text(record, "uri") == BlueskyThreads.UriOf(post.Key) && record.TryGetProperty("value", out var value) && BlueskyPost.WordsOf(value) is { } words =>
                new PostChange(ChangeKind.Edited, post.Key, BlueskyPost.SayTheSame(post.Text, words) ? post : post with { Text = words }),
            ({ Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound }, { } fault) when BlueskyPost.Text(fault, "error") == "RecordNotFound" => new PostChange(ChangeKind.Deleted, post.Key, null),
            _ => null,
        };
    }

    private async Task<Uri?> ServerOfAsync(string did, CancellationToken ct)
    {
        var document = did.StartsWith("did:plc:", StringComparison.Ordinal) ? new Uri($"{options.Directory.TrimEnd('/')}/{did}")
            : did.StartsWith("did:web:", StringComparison.Ordinal) && Uri.CheckHostName(did["did:web:".Length..]) == UriHostNameType.Dns ? new Uri($"https://{did["did:web:".Length..]}/.well-known/did.json")
            : null;
        if (document is null || await AskAsync(document, new Uri(options.Directory), ct) is not ({ IsSuccess: true }, { } told) || BlueskyPost.Text(told, "id") != did)
        {
            return null;
        }
        var services = told.TryGetProperty("service", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
        var own = services.FirstOrDefault(service => BlueskyPost.Text(service, "id")?.EndsWith("#atproto_pds", StringComparison.Ordinal) == true);
        return Uri.TryCreate(BlueskyPost.Text(own, "serviceEndpoint"), UriKind.Absolute, out var server) && server.Scheme is "http" or "https" ? server : null;
    }

    /// <summary>Null when there is no answer in JSON.</summary>
    private async Task<(WebAnswer Answer, JsonElement? Json)?> AskAsync(Uri address, Uri sentBy, CancellationToken ct)
    {
        try
        {
            if (await _pace.TurnAsync(address.Host, ct) is not null)
            {
                return null;
            }
            var answer = await context.Web.GetAsync(new WebGet(address) { Accept = "application/json", Limits = Limits, SentBy = sentBy }, ct);
            if (answer.RetryAfter is { } pause && !answer.IsSuccess)
            {
                _pace.Rest(address.Host, pause);
            }
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object ? (answer, json.RootElement.Clone()) : null;
        }
        catch (Exception e) when (e is WebFaultException or JsonException)
        {
            return null;
        }
    }
}
