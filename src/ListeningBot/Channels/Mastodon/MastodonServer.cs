using System.Text.Json;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Mastodon;

/// <summary>What a server says of itself (docs.joinmastodon.org/entities/Instance).</summary>
/// <param name="Streaming">Where its stream is; null when it does not say.</param>
/// <param name="Tags">Who may see the posts of its hashtags.</param>
/// <param name="Live">Who may see its public timeline.</param>
internal sealed record MastodonServer(string Host, Uri? Streaming, MastodonAccess Tags, MastodonAccess Live)
{
    /// <summary>Null when it does not say: an old one, or one that is no Mastodon.</summary>
    public static async Task<MastodonServer?> AskAsync(MastodonApi api, CancellationToken ct)
    {
        try
        {
            using var json = await api.AskAsync("/api/v2/instance", ct);
            var configuration = json.RootElement.At("configuration");
            return new MastodonServer(
                api.Host,
                Uri.TryCreate(configuration.Text("urls", "streaming"), UriKind.Absolute, out var streaming) && streaming.Scheme is "ws" or "wss" ? streaming : null,
                AccessOf(configuration.At("timelines_access", "hashtag_feeds")),
                AccessOf(configuration.At("timelines_access", "live_feeds")));
        }
        catch (ChannelException)
        {
            // The places say by themselves what is wrong.
            return null;
        }
    }

    /// <summary>
    /// Closed timelines are answered with an empty list: silence that would look like peace. Null when the place is open; whether the server's own posts
    /// are shown all the same.
    /// </summary>
    public (string Why, bool ShowsOwn)? WhyClosed(MastodonPlace place, bool hasToken)
    {
        var access = place == MastodonPlace.Public ? Live : place.Name.StartsWith('#') ? Tags : new MastodonAccess(null, null);
        if (!IsClosed(access.Remote, hasToken))
        {
            return null;
        }
        var showsOwn = !IsClosed(access.Local, hasToken);
        var what = place == MastodonPlace.Public ? "its public timeline" : "hashtags";
        var whose = showsOwn ? " of other servers" : "";
        return (access.Remote == "disabled" ? $"The server {Host} has switched {what}{whose} off. Give another Server." : $"The server {Host} shows {what}{whose} only to people who are signed in. Give the Token of an account there, or another Server.", showsOwn);
    }

    private static bool IsClosed(string? access, bool hasToken) => access == "disabled" || (access == "authenticated" && !hasToken);

    private static MastodonAccess AccessOf(JsonElement feeds) => new(feeds.Text("local"), feeds.Text("remote"));
}

/// <summary>"public", "authenticated" or "disabled", for the server's own posts and those of others; null when it does not say.</summary>
internal sealed record MastodonAccess(string? Local, string? Remote);
