using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Cases;

/// <summary>One person behind cases, with the accounts that are known to be theirs.</summary>
public sealed record Customer
{
    /// <summary>Given by the store; 0 until then.</summary>
    public long Id { get; init; }

    /// <summary>Never empty; two accounts are one person's only when each of them says so.</summary>
    public required IReadOnlyList<CustomerAccount> Accounts { get; init; }

    /// <summary>What they call themselves, or null.</summary>
    public string? Name => Accounts.Select(account => account.Name).FirstOrDefault(name => name is not null);

    public CustomerAccount? AccountOf(string ns, string author) => Accounts.FirstOrDefault(account => account.Namespace == ns && account.Author == author);

    public Customer With(CustomerAccount known) =>
        this with { Accounts = [.. Accounts.Where(account => account.Namespace != known.Namespace || account.Author != known.Author), known] };
}

/// <param name="Author">The service's lasting id, or the handle where it gives none: that by which cases tell people apart.</param>
public sealed record CustomerAccount(string Namespace, string Author)
{
    public string? Name { get; init; }
    public string? Handle { get; init; }

    /// <summary>Where its public profile stands, each as <see cref="WebAddress.Of"/> writes it.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>What its public profile links.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Own pages: the profile links them, and they link the profile by rel=me.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>As its author writes it; null when the author is not known.</summary>
    public static CustomerAccount? Of(Post post) => AuthorName.Of(post) is not { } author ? null : new CustomerAccount(post.Key.Namespace, author)
    {
        Name = post.Author.Name,
        Handle = post.Author.Handle,
        Addresses = WebAddress.Of(post.Author.Url) is { } address ? [address] : [],
    };

    /// <summary>
    /// Whether both accounts say that they are one person's: each public profile links the other, or both link the same page, which links both by rel=me.
    /// A link in one direction proves nothing: anyone can link anyone.
    /// </summary>
    public bool IsSamePerson(CustomerAccount other) =>
        (Links.Any(other.StandsAt) && other.Links.Any(StandsAt)) || Pages.Intersect(other.Pages).Any();

    /// <summary>Whether its profile claims to be the other's person.</summary>
    public bool Claims(CustomerAccount other) => Links.Any(other.StandsAt);

    /// <summary>A bare host is a site, which may be many people's.</summary>
    private bool StandsAt(string address) => address.Contains('/', StringComparison.Ordinal) && Addresses.Contains(address);
}

/// <summary>What a look at an account's public profile found. All addresses as they were written.</summary>
/// <param name="Addresses">Where the profile stands; several when the service has several addresses for it.</param>
/// <param name="Links">What the profile links.</param>
/// <param name="Pages">Pages that it links, as far as they were read.</param>
public sealed record ProfileFound(IReadOnlyList<string> Addresses, IReadOnlyList<string> Links, IReadOnlyList<PageFound> Pages)
{
    /// <summary>More is noise, or an attack.</summary>
    private const int Most = 50;

    public CustomerAccount AddTo(CustomerAccount account)
    {
        IReadOnlyList<string> addresses = [.. account.Addresses.Union(Written(Addresses)).Take(Most)];
        var links = Written(Links);
        var own = Pages.Where(page => Written(page.RelMe).Intersect(addresses).Any()).Select(page => page.Address);
        return account with { Addresses = addresses, Links = [.. links.Except(addresses)], Pages = [.. Written([.. own]).Intersect(links)] };
    }

    private static IReadOnlyList<string> Written(IReadOnlyList<string> addresses) => [.. addresses.Select(WebAddress.Of).OfType<string>().Distinct().Take(Most)];
}

/// <param name="RelMe">What it links by rel=me.</param>
public sealed record PageFound(string Address, IReadOnlyList<string> RelMe);
