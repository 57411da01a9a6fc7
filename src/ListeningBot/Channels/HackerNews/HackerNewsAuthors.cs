using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.HackerNews;

/// <summary>What people of Hacker News say of themselves, by the official API.</summary>
internal sealed class HackerNewsAuthors(ChannelContext context, HackerNewsOptions options) : IAuthorLookup
{
    private const int LongestAbout = 4000;
    private readonly HackerNewsItems _items = new(context, options);

    public async Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct)
    {
        if (post.Author.Id is not { Length: > 0 } name)
        {
            return null;
        }
        try
        {
            using var json = await _items.AskAsync("user/" + Uri.EscapeDataString(name), ct);
            return json.RootElement.Text("id") != name ? null : new AuthorProfile
            {
                Handle = name,
                Addresses = [HackerNewsPost.PageOf(name)],
                About = json.RootElement.Text("about") is { } about ? HtmlText.ToPlain(about, LongestAbout) : null,
                SentBy = _items.Address,
            };
        }
        catch (ChannelException fault)
        {
            throw new LookupException(fault.Message, fault) { After = fault.After };
        }
    }
}
