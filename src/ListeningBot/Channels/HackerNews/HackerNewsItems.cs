using System.Text.Json;
using ListeningBot.Net;

namespace ListeningBot.Channels.HackerNews;

/// <summary>Asks the official API (github.com/HackerNews/API) for single items and people.</summary>
internal sealed class HackerNewsItems(ChannelContext context, HackerNewsOptions options)
{
    private readonly JsonService _service = new(context.Web, "the API of Hacker News", new Cures
    {
        Unauthorized = "It needs no sign-in: check Items in the configuration",
        Forbidden = "It may hold back this machine's address; check Items in the configuration",
        NotFound = "Check Items in the configuration",
    });

    public Uri Address { get; } = new(options.Items);

    /// <param name="path">"item/8863".</param>
    public async Task<JsonDocument> AskAsync(string path, CancellationToken ct)
    {
        var limits = WebLimits.Default with { Timeout = options.Timeout };
        return (await _service.AskAsync(new WebGet(new Uri($"{options.Items.TrimEnd('/')}/{path}.json")) { Limits = limits }, ct)).Json;
    }
}
