namespace ListeningBot.Channels.Mastodon;

/// <summary>The lasting addresses of posts by the numbers that one server gave them: answers and deletions name them by number alone. The newest 20,000.</summary>
internal sealed class KnownStatuses
{
    private const int Kept = 20_000;
    private readonly Dictionary<string, string?> _uris = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
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

    /// <summary>Whether it was asked for in vain before: once a server may be down, twice it is this post. Without what it answers a post is still heard.</summary>
    public bool FailedBefore(string id)
    {
        if (_failed.Count >= Kept)
        {
            _failed.Clear();
        }
        return !_failed.Add(id);
    }

    public bool Knows(string id) => _uris.ContainsKey(id);

    public string? UriOf(string? id) => id is null ? null : _uris.GetValueOrDefault(id);
}
