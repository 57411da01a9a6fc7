using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Watching;

/// <summary>What a manager listens for.</summary>
public sealed record Watch
{
    public required string Name { get; init; }

    /// <summary>The team whose room gets the cards.</summary>
    public required string Team { get; init; }

    /// <summary>Words and phrases; any one of them matches.</summary>
    public IReadOnlyList<string> Find { get; init; } = [];

    /// <summary>Words and phrases; any one of them rules the post out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Every post of the named channels is a mention.</summary>
    public bool Everything { get; init; }

    /// <summary>Channel names to listen on; empty means all.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Two-letter languages; empty means all. A post whose language is unknown passes.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>A mention whose complaint probability reaches this becomes a case; below it goes to the maybe tray. 0..1, default 0.5.</summary>
    public double AlertAt { get; init; } = 0.5;
}

/// <summary>The company's own accounts: handles, ids, or mail addresses; "*@acme.example" covers a domain.</summary>
public sealed class Ours(IReadOnlyList<string> accounts)
{
    public static readonly Ours Nobody = new([]);

    private readonly HashSet<string> _accounts = new(accounts.Where(a => !a.StartsWith("*@", StringComparison.Ordinal)).Select(Plain), StringComparer.OrdinalIgnoreCase);
    private readonly string[] _domains = [.. accounts.Where(a => a.StartsWith("*@", StringComparison.Ordinal)).Select(a => a[1..])];

    public IReadOnlyList<string> Accounts => accounts;

    public bool Wrote(Post post) => Is(post.Author.Id) || Is(post.Author.Handle);

    private bool Is(string? account) =>
        account is { Length: > 0 }
        && (_accounts.Contains(Plain(account)) || Array.Exists(_domains, d => account.EndsWith(d, StringComparison.OrdinalIgnoreCase)));

    private static string Plain(string account) => account.StartsWith('@') ? account[1..] : account;
}
