using System.Net;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>Who wrote a post whose card is shown: one person is charged there, instead of everybody who writes. Within the day's budget.</summary>
internal sealed class XProfiles(ChannelContext context, XOptions options) : IAuthorLookup
{
    private const int LongestName = 200;
    private const int LongestAbout = 4000;

    /// <summary>Of what the day gives by now, people may take this much: hearing comes first.</summary>
    private const double Share = 0.75;
    private readonly XApi _api = new(context, options);

    public async Task<AuthorProfile?> LookAsync(Post post, CancellationToken ct)
    {
        if (post.Author.Handle is not null || XId.Parse(post.Author.Id) is not { } id)
        {
            return null;
        }
        try
        {
            var (page, goesOn) = await _api.PersonAsync(XId.Text(id), Share, ct);
            return page is null
                ? throw new LookupException("the budget for X allows no more just now") { After = goesOn - context.Time.GetUtcNow() }
                : page.Person is { } person && person.Id == post.Author.Id ? Told(person) : null;
        }
        catch (ChannelException e)
        {
            throw new LookupException(e.Message, e) { After = e.After };
        }
    }

    private AuthorProfile Told(XPerson person) => new()
    {
        Name = Clean(person.Name, LongestName),
        Handle = person.Username,
        Addresses = [person.Url],
        About = Clean(person.About, LongestAbout),
        Links = [.. person.Links.Select(link => Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null).OfType<Uri>()],
        Followers = person.Followers,
        SentBy = new Uri(options.Api),
    };

    private static string? Clean(string? text, int longest) => text is not null && HtmlText.Clean(WebUtility.HtmlDecode(text), longest) is { Length: > 0 } clean ? clean : null;
}
