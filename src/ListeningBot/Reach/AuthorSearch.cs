using ListeningBot.Channels;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Reach;

/// <summary>What could be found of an author.</summary>
/// <param name="Author">As the post had it, with what is known now.</param>
internal sealed record AuthorFound(Author Author, IReadOnlyList<Contact> Contacts)
{
    /// <summary>What their public profile links, and whether that links back; null without a profile.</summary>
    public ProfileFound? Profile { get; init; }

    /// <summary>Why something is to be tried again, for operators; null when all was looked at.</summary>
    public string? Missing { get; init; }

    /// <summary>Not before that.</summary>
    public TimeSpan? After { get; init; }
}

/// <summary>Who wrote a post, and every public way to reach them. Nothing that belongs to us is given.</summary>
/// <param name="lookups">By the channel's name; not every channel has one.</param>
internal sealed class AuthorSearch(IReadOnlyDictionary<string, IAuthorLookup> lookups, PolitePages pages, Ours ours)
{
    public async Task<AuthorFound> FindAsync(Post post, CancellationToken ct)
    {
        var inquiry = new AuthorInquiry(post, pages, ct);
        var found = await inquiry.FindAsync(lookups.GetValueOrDefault(post.Channel));
        return found with { Contacts = Contacts.Each(found.Contacts.Where(contact => !IsOurs(contact, post))) };
    }

    /// <summary>Complaints name us more often than themselves.</summary>
    private bool IsOurs(Contact contact, Post post) =>
        NamesOf(contact).Any(name => name.Length > 0 && ours.Wrote(post with { Author = new Author { Id = name } }));

    private static IEnumerable<string> NamesOf(Contact contact) =>
        contact.Kind == ContactKind.Mail ? [contact.Value]
        : contact.Value.StartsWith('@') ? [contact.Value, contact.Value[1..], contact.Value.Split('@')[1], "any@" + contact.Value.Split('@')[2]]
        : Uri.TryCreate(contact.Value, UriKind.Absolute, out var url) ? [contact.Value, Networks.NameIn(url) ?? "", "any@" + Networks.HostOf(url)]
        : [contact.Value];
}

/// <summary>
/// One search: what the service shows of the author, what they wrote themselves, what the page that the post stands on says, and what pages say that their
/// profile links and that link the profile back. From a page one link further, where that leads to its author, contact or imprint.
/// </summary>
internal sealed class AuthorInquiry(Post post, PolitePages pages, CancellationToken ct)
{
    private const int MostPages = 2;
    private const int MostLinksOn = 2;
    private readonly List<Contact> _found = [];
    private readonly List<string> _links = [];
    private readonly List<PageFound> _linked = [];
    private string? _name;
    private string? _missing;
    private TimeSpan? _after;

    public async Task<AuthorFound> FindAsync(IAuthorLookup? lookup)
    {
        var profile = lookup is null ? null : await TryAsync(() => lookup.LookAsync(post, ct));
        var author = Known(profile);
        _found.AddRange(OfAuthor(author));
        _found.AddRange(TextContacts.In(post.Title is null ? post.Text : post.Title + "\n" + post.Text, "the post", anyLink: false));
        if (profile is not null)
        {
            await ReadAsync(profile);
        }
        return new AuthorFound((author.Name ?? author.Handle) is null ? author with { Name = _name } : author, _found)
        {
            Profile = profile is { Addresses.Count: > 0 } ? new ProfileFound(profile.Addresses, _links, _linked) : null,
            Missing = _missing,
            After = _after,
        };
    }

    private Author Known(AuthorProfile? profile) => profile is null ? post.Author : post.Author with
    {
        Name = profile.Name ?? post.Author.Name,
        Handle = profile.Handle ?? post.Author.Handle,
        Url = profile.Addresses.Count > 0 ? profile.Addresses[0] : post.Author.Url,
        Followers = profile.Followers ?? post.Author.Followers,
    };

    /// <summary>Where they wrote comes first: it is the most direct way.</summary>
    private static IEnumerable<Contact> OfAuthor(Author author)
    {
        if (Uri.TryCreate(author.Url, UriKind.Absolute, out var address) && TextContacts.OfLink(address, "the post", anyLink: true) is { } link)
        {
            yield return link;
        }
        if (author.Id is { } id && TextContacts.Address(id) is { } mail)
        {
            yield return new Contact(ContactKind.Mail, mail, "the post");
        }
    }

    private async Task ReadAsync(AuthorProfile profile)
    {
        IReadOnlyList<Contact> shown =
        [
            .. TextContacts.In(profile.About ?? "", "their profile", anyLink: true),
            .. profile.Links.Select(link => TextContacts.OfLink(link, "their profile", anyLink: true)).OfType<Contact>(),
        ];
        _found.AddRange(shown);
        _links.AddRange(shown.Where(contact => contact.Kind is ContactKind.Profile or ContactKind.Site).Select(contact => contact.Value));
        foreach (var url in profile.Pages.Take(MostPages))
        {
            await ReadPageAsync(url, profile);
        }
        foreach (var link in shown.Where(contact => contact.Kind == ContactKind.Site).Take(MostPages))
        {
            await ReadLinkedAsync(new Uri(link.Value), profile);
        }
    }

    /// <summary>The page that the post stands on, or one about its author.</summary>
    private async Task ReadPageAsync(Uri url, AuthorProfile profile)
    {
        if (await TryAsync(() => pages.GetAsync(url, profile.SentBy, ct)) is { } page)
        {
            var finds = PageFinds.Of(page, isAbout: false);
            _name ??= finds.Author;
            _links.AddRange(Stands(url.AbsoluteUri, profile) ? finds.RelMe : []);
            await TakeAsync(page, finds);
        }
    }

    /// <summary>Anyone can link anyone: what a linked page says of its people is theirs only when the page links the profile back.</summary>
    private async Task ReadLinkedAsync(Uri url, AuthorProfile profile)
    {
        if (await TryAsync(() => pages.GetAsync(url, profile.SentBy, ct)) is { } page)
        {
            var finds = PageFinds.Of(page, isAbout: false);
            _linked.Add(new PageFound(url.AbsoluteUri, finds.RelMe));
            if (finds.RelMe.Any(me => Stands(me, profile)))
            {
                await TakeAsync(page, finds);
            }
        }
    }

    private async Task TakeAsync(Page page, PageFinds finds)
    {
        _found.AddRange(finds.Contacts);
        foreach (var more in finds.More.Take(MostLinksOn))
        {
            if (await TryAsync(() => pages.GetAsync(more, page.Url, ct)) is { } further)
            {
                _found.AddRange(PageFinds.Of(further, isAbout: true).Contacts);
            }
        }
    }

    private static bool Stands(string address, AuthorProfile profile) =>
        WebAddress.Of(address) is { } written && profile.Addresses.Any(own => WebAddress.Of(own) == written);

    /// <summary>What can't be had just now keeps nothing else from being found.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (LookupException e)
        {
            _missing ??= e.Message;
            _after = e.After > _after || _after is null ? e.After : _after;
            return null;
        }
    }
}
