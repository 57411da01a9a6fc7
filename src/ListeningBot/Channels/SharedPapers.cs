using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels;

/// <summary>What a channel must find again on whichever machine it runs, where several share a database: it lies there, in the clear, and not in a file of one of them.</summary>
public sealed class SharedPapers(IStore store, TimeProvider time)
{
    /// <summary>Throws <see cref="IOException"/>.</summary>
    public Task<string?> ReadAsync(string name, CancellationToken ct) => store.ReadAsync(view => view.Document(name), ct);

    /// <summary>Throws <see cref="IOException"/>; also when another machine has the channel now.</summary>
    public Task KeepAsync(string name, string text) => store.WriteAsync(tx => { tx.KeepDocument(name, text, time.GetUtcNow()); return 0; });
}
