using System.Globalization;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.HackerNews;

/// <summary>Asks Algolia's search of Hacker News for what was written within a stretch of time.</summary>
internal sealed class HackerNewsSearch(ChannelContext context, HackerNewsOptions options)
{
    /// <summary>The search gives no more than this for one query, whatever pages are asked for.</summary>
    public const int Ceiling = 1000;

    /// <summary>No end: a post that is dated ahead of our clock is heard all the same.</summary>
    public const long Latest = 99_999_999_999;
    private readonly JsonService _service = new(context.Web, "the search of Hacker News", new Cures
    {
        Unauthorized = "It needs no sign-in: check Search in the configuration",
        Forbidden = "It may hold back this machine's address; check Search in the configuration",
        NotFound = "Check Search in the configuration",
        TooMany = "It allows 10,000 requests an hour for each address: give a longer Every, or fewer words",
    });

    /// <summary>The search's own: what it finds is dated by it.</summary>
    public SteadyClock Clock => _service.Clock;

    /// <summary>The hits between two times in seconds since 1970, both included, newest first; at most <see cref="Ceiling"/>. The caller disposes it.</summary>
    public async Task<(JsonDocument Json, List<JsonElement> Hits)> AskAsync(string word, long from, long to, int most, CancellationToken ct)
    {
        var (_, json) = await _service.AskAsync(new WebGet(AddressOf(word, from, to, most)) { Limits = WebLimits.Default with { Timeout = options.Timeout } }, ct);
        if (json.RootElement.At("hits") is not { ValueKind: JsonValueKind.Array } hits)
        {
            json.Dispose();
            throw new ChannelException("The search of Hacker News answered without a list of hits. It is tried again; check Search in the configuration if it stays so.");
        }
        return (json, [.. hits.EnumerateArray()]);
    }

    /// <summary>When the newest of all posts that the search knows was written, in seconds since 1970; null when it does not say.</summary>
    public async Task<long?> NewestAsync(CancellationToken ct)
    {
        var (json, hits) = await AskAsync("", 0, Latest, 1, ct);
        using (json)
        {
            return hits is [var newest, ..] && newest.Whole("created_at_i") is >= 0 and <= Latest and var written ? written : null;
        }
    }

    private Uri AddressOf(string word, long from, long to, int most) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Search.TrimEnd('/')}/search_by_date?query={Uri.EscapeDataString(QueryOf(word))}&tags=(story,comment,poll)&numericFilters=created_at_i%3E%3D{from},created_at_i%3C%3D{to}&hitsPerPage={most}&typoTolerance=false&advancedSyntax=true&attributesToHighlight=&analytics=false"));

    /// <summary>
    /// A single word also finds what begins with it (Algolia's queryType is prefixLast), which the matcher sorts out. All else is a phrase, so that a sign in it
    /// means nothing to the search; "#" and "@" in front are left away, because people write the bare word as well.
    /// </summary>
    public static string QueryOf(string word)
    {
        var bare = word.TrimStart('#', '@').Replace('"', ' ').Trim();
        return bare.All(char.IsLetterOrDigit) ? bare : $"\"{bare}\"";
    }
}
