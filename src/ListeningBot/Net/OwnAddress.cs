namespace ListeningBot.Net;

/// <summary>Where this machine reaches what listens on it: nobody can ask "*", "0.0.0.0" or "[::]", by which one listens on all addresses.</summary>
internal static class OwnAddress
{
    /// <summary>The first of the addresses on which it listens, as this machine reaches it; null: it listens on none.</summary>
    public static Uri? Of(string listen)
    {
        var first = listen.Split(';')[0].Trim().Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal);
        return !Uri.TryCreate(first, UriKind.Absolute, out var address) || !address.Scheme.StartsWith("http", StringComparison.Ordinal) ? null
            : address.Host is "0.0.0.0" or "[::]" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri
            : address;
    }
}
