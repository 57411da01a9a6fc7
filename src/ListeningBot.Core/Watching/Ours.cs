using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Watching;

/// <summary>
/// A list of accounts, above all the company's own: handles, ids, or mail addresses; "*@acme.example" covers a domain. "bluesky:acme.bsky.social" holds on that kind of channel
/// alone, an entry without a kind on all.
/// </summary>
public sealed class Ours(IReadOnlyList<string> accounts)
{
    public static readonly Ours Nobody = new([]);

    /// <summary>What begins ids and addresses, and names no kind of channel.</summary>
    private static readonly string[] NotKinds = ["did", "http", "https"];

    private readonly Account[] _accounts = [.. accounts.Select(Account.Read)];

    /// <summary>The ids by which a service names accounts in place of their names.</summary>
    private readonly string[] _ids = [.. accounts.Select(Account.Read).Select(account => account.Name).Where(name => name.StartsWith("did:", StringComparison.OrdinalIgnoreCase))];

    public IReadOnlyList<string> Accounts => accounts;

    public bool Wrote(Post post) => Has(post.Kind, post.Author.Id, post.Author.Handle);

    /// <summary>It answers or quotes a post of ours, and its text need not name us.</summary>
    public bool AreSpokenTo(Post post) => Array.Exists(_ids, post.SpeaksTo);

    /// <summary>The same of what has no strings yet, which may say yes too often. Allocates nothing.</summary>
    public bool AreSpokenTo(PostBatch batch, int index)
    {
        foreach (var id in _ids)
        {
            if (batch.SpeaksTo(index, id))
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="kind">The channel's.</param>
    public bool Has(string kind, string? id, string? handle) => Array.Exists(_accounts, account => account.Has(kind, id, handle));

    /// <summary>On whatever kind of channel.</summary>
    public bool HasName(string account) => Array.Exists(_accounts, one => one.Is(account));

    /// <param name="Kind">The only kind of channel it holds on, or null.</param>
    /// <param name="Name">Without a leading "@"; for a domain, what an address ends with: "@acme.example".</param>
    private sealed record Account(string? Kind, string Name, bool IsDomain)
    {
        public static Account Read(string entry)
        {
            entry = entry.Trim();
            var kind = KindOf(entry);
            var name = kind is null ? entry : entry[(kind.Length + 1)..].Trim();
            return name.StartsWith("*@", StringComparison.Ordinal) ? new Account(kind, name[1..], true) : new Account(kind, Plain(name), false);
        }

        public bool Has(string kind, string? id, string? handle) => (Kind is null || Kind.Equals(kind, StringComparison.OrdinalIgnoreCase)) && (Is(id) || Is(handle));

        public bool Is(string? account) => account is { Length: > 0 } && Name.Length > 0
            && (IsDomain ? account.EndsWith(Name, StringComparison.OrdinalIgnoreCase) : Plain(account).Equals(Name, StringComparison.OrdinalIgnoreCase));

        private static string Plain(string account) => account.StartsWith('@') ? account[1..] : account;

        /// <summary>"bluesky" in "bluesky:acme.bsky.social"; null for "did:plc:..." and "https://...".</summary>
        private static string? KindOf(string entry)
        {
            var kind = entry[..Math.Max(0, entry.IndexOf(':', StringComparison.Ordinal))];
            return kind.Length > 0 && kind.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !NotKinds.Contains(kind, StringComparer.OrdinalIgnoreCase) ? kind : null;
        }
    }
}
