namespace ListeningBot.Channels.Mastodon;

/// <summary>The lasting addresses of posts by the numbers that one server gave them: answers and deletions name them by number alone. The newest 20,000.</summary>
internal sealed class KnownStatuses
{
    private const int Kept = 20_000;
    private readonly Dictionary<string, string?> _uris = new(StringComparer.Ordinal);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, DateTimeOffset> _failed = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <param name="uri">Null: the server does not show it.</param>
    public void Add(string id, string? uri)
    {
        if (_uris.TryAdd(id, uri))
        {
            _order.Enqueue(id);
        }
        else
        {
            _uris[id] = uri ?? _uris[id];
        }
        if (_order.Count > Kept)
        {
            _uris.Remove(_order.Dequeue());
        }
    }

    /// <summary>Whether it is asked for in vain for minutes: before, the server may be down; then it is this post, and without what it answers a post is still heard.</summary>
    public bool FailsForLong(string id, DateTimeOffset now)
    {
        if (_failed.Count >= Kept)
        {
            _failed.Clear();
        }
        return !_failed.TryAdd(id, now) && now - _failed[id] >= Long;
    }

    public bool Knows(string id) => _uris.ContainsKey(id);

    public string? UriOf(string? id) => id is null ? null : _uris.GetValueOrDefault(id);
}
