using System.Runtime.CompilerServices;

namespace ListeningBot.Core.Pipeline;

/// <summary>Walks through what is kept in short reads, so that nothing of it is held up or in memory as a whole.</summary>
internal static class PastPages
{
    public const int Size = 1000;

    /// <summary>Page by page; the next one is read while this one is looked at.</summary>
    /// <param name="read">The next ones from a place on; empty at the end.</param>
    /// <param name="next">The place behind one.</param>
    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        this IStore store, Func<long, IStoreView, IReadOnlyList<T>> read, Func<T, long> next, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        var reading = store.ReadAsync(view => read(from, view), ct);
        while (await reading is { Count: > 0 } page)
        {
            var onward = next(page[^1]);
            reading = store.ReadAsync(view => read(onward, view), ct);
            yield return page;
        }
    }

    /// <summary>One by one.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        this IStore store, Func<long, IStoreView, IReadOnlyList<T>> read, Func<T, long> next, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var page in store.PagesAsync(read, next, from, ct))
        {
            foreach (var one in page)
            {
                yield return one;
            }
        }
    }
}
