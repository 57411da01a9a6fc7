using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>Public profiles with their table of links, as the configured server knows them.</summary>
internal sealed class MastodonAuthors(ChannelContext context, MastodonOptions options) : IAuthorLookup
{
    private const int LongestAbout = 4000;
    private const int MostFields = 20;
    private readonly MastodonApi _api = new(context, options);

    public async Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct)
    {
        if (post.Author.Handle is not { Length: > 0 } handle)
        {
            return null;
        }
        try
        {
            using var json = await _api.AskAsync("/api/v1/accounts/lookup?acct=" + Uri.EscapeDataString(WithoutOwnHost(handle)), ct);
            return Of(json.RootElement, handle);
        }
        catch (MastodonGoneException)
        {
            return null;
        }
        catch (ChannelException e)
        {
            throw new LookupException(e.Message, e) { After = e.After };
        }
    }

    private string WithoutOwnHost(string handle) => handle.EndsWith("@" + _api.Host, StringComparison.OrdinalIgnoreCase) ? handle[..^(_api.Host.Length + 1)] : handle;

    private AuthorProfile Of(JsonElement account, string handle)
    {
        // What the server has verified (the page links back by rel=me) comes first.
        var fields = account.Items("fields").Take(MostFields).OrderBy(field => field.Text("verified_at") is null).ToList();
        string?[] about = [Plain(account.Text("note")), .. fields.Select(field => $"{Plain(field.Text("name"))}: {Plain(field.Text("value"))}")];
        return new AuthorProfile
        {
            Name = Plain(account.Text("display_name")),
            Handle = handle,
            Addresses = account.Address("url") is { } url ? [url] : [],
            About = string.Join('\n', about.Where(part => part is { Length: > 0 })) is { Length: > 0 } text ? HtmlText.Clean(text, LongestAbout) : null,
            Links = [.. fields.Select(field => field.Text("value")).OfType<string>().SelectMany(LinksIn).Distinct()],
            Followers = account.Whole("followers_count") is >= 0 and var followers ? followers : null,
            SentBy = options.Address,
        };
    }

    private static List<Uri> LinksIn(string html)
    {
        List<Uri> links = [];
        using var walk = new HtmlWalk(html);
        while (links.Count < 5 && walk.Next())
        {
            if (walk is { Part: HtmlPart.Open, Name: "a" } && Uri.TryCreate(walk.Attribute("href"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            {
                links.Add(url);
            }
        }
        return links;
    }

    private static string? Plain(string? html) => html is null ? null : HtmlText.ToPlain(html, LongestAbout);
}
