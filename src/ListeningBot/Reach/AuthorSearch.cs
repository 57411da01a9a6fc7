using ListeningBot.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Reach;

/// <summary>What could be found of an author.</summary>
/// <param name="Author">As the post had it, with what is known now.</param>
/// <param name="Missing">Why something is to be tried again, for operators; null when all was looked at.</param>
/// <param name="After">Not before that.</param>
internal sealed record AuthorFound(Author Author, IReadOnlyList<Contact> Contacts, string? Missing = null, TimeSpan? After = null);

/// <summary>
/// Who wrote a post, and every public way to reach them: what the service shows of them, what they wrote themselves, and what the page that the post stands on
/// says, one link on where that leads to its author, contact or imprint. Nothing that belongs to us is given.
/// </summary>
internal sealed class AuthorSearch(IReadOnlyDictionary<string, IAuthorLookup> lookups, PolitePages pages, Ours ours)
{
    private const int MostPages = 2;
    private const int MostLinksOn = 2;

    public async Task<AuthorFound> FindAsync(Post post, CancellationToken ct)
    {
        string? missing = null;
        TimeSpan? after = null;
        var profile = await TryAsync(() => lookups.TryGetValue(post.Channel, out var lookup) ? lookup.LookAsync(post, ct) : Task.FromResult<AuthorProfile?>(null));
        var found = new List<Contact>(profile is { Url: null } or null ? OfAuthor(post.Author) : OfAuthor(post.Author with { Url = profile.Url }));
        found.AddRange(InPost(post));
        found.AddRange(OnProfile(profile));
        string? name = null;
        foreach (var url in profile?.Pages.Take(MostPages) ?? [])
        {
            foreach (var page in await ReadAsync(url, profile!.SentBy ?? url))
            {
                found.AddRange(page.Contacts);
                name ??= page.Author;
            }
        }
        var author = post.Author with
        {
            Name = profile?.Name ?? post.Author.Name ?? ((profile?.Handle ?? post.Author.Handle) is null ? name : null),
            Handle = profile?.Handle ?? post.Author.Handle,
            Url = profile?.Url ?? post.Author.Url,
            Followers = profile?.Followers ?? post.Author.Followers,
        };
        return new AuthorFound(author, Contacts.Each(found.Where(contact => !IsOurs(contact, post))), missing, after);

        async Task<T?> TryAsync<T>(Func<Task<T?>> look)
            where T : class
        {
            try
            {
                return await look();
            }
            catch (LookupException e)
            {
                missing ??= e.Message;
                after = e.After > after || after is null ? e.After : after;
                return null;
            }
        }

        async Task<IReadOnlyList<PageFinds>> ReadAsync(Uri url, Uri sentBy)
        {
            if (await TryAsync(() => pages.GetAsync(url, sentBy, ct)) is not { } page)
            {
                return [];
            }
            var finds = new List<PageFinds> { PageFinds.Of(page, isAbout: false) };
            foreach (var more in finds[0].More.Take(MostLinksOn))
            {
                if (await TryAsync(() => pages.GetAsync(more, page.Url, ct)) is { } further)
                {
                    finds.Add(PageFinds.Of(further, isAbout: true) with { Author = null });
                }
            }
            return finds;
        }
    }

    /// <summary>Where they wrote comes first: it is the most direct way.</summary>
    private static IEnumerable<Contact> OfAuthor(Author author)
    {
        if (author.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && TextContacts.OfLink(address, "the post", anyLink: true) is { } link)
        {
            yield return link;
        }
        if (author.Id is { } id && TextContacts.Address(id) is { } mail)
        {
            yield return new Contact(ContactKind.Mail, mail, "the post");
        }
    }

    private static IEnumerable<Contact> InPost(Post post) => TextContacts.In(post.Title is null ? post.Text : post.Title + "\n" + post.Text, "the post", anyLink: false);

    private static IEnumerable<Contact> OnProfile(AuthorProfile? profile) => profile is null ? [] :
    [
        .. TextContacts.In(profile.About ?? "", "their profile", anyLink: true),
        .. profile.Links.Select(link => TextContacts.OfLink(link, "their profile", anyLink: true)).OfType<Contact>(),
    ];

    /// <summary>Complaints name us more often than themselves.</summary>
    private bool IsOurs(Contact contact, Post post)
    {
        var names = contact.Kind == ContactKind.Mail ? [contact.Value]
            : contact.Value.StartsWith('@') ? [contact.Value, contact.Value[1..], contact.Value.Split('@')[1]]
            : Uri.TryCreate(contact.Value, UriKind.Absolute, out var url) ? new[] { contact.Value, Networks.NameIn(url) ?? "", "x@" + (url.Host.StartsWith("www.", StringComparison.Ordinal) ? url.Host[4..] : url.Host) }
            : [contact.Value];
        return names.Any(name => name.Length > 0 && ours.Wrote(post with { Author = new Author { Id = name } }));
    }
}
