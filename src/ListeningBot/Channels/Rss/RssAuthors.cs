using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Rss;

/// <summary>A feed says of authors what it knows in each item; more may stand on the item's page and on the author's.</summary>
internal sealed class RssAuthors(RssOptions options) : IAuthorLookup
{
    public Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct) => Task.FromResult<AuthorProfile?>(new AuthorProfile
    {
        Addresses = post.Author.Url is { } own ? [own] : [],
        Pages = [.. new[] { post.Url, post.Author.Url }.Select(AddressOf).OfType<Uri>().Distinct()],
        SentBy = options.Address,
    });

    private static Uri? AddressOf(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
