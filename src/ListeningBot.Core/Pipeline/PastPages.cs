using System.Runtime.CompilerServices;

namespace ListeningBot.Core.Pipeline;

/// <summary>Walks through what is kept in short reads, so that nothing of it is held up or in memory as a whole.</summary>
internal static class PastPages
{
    public const int Size = 1000;

    /// <param name="read">The next ones from a place on; empty at the end.</param>
    /// <param name="next">The place behind one.</param>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        this IStore store, Func<long, IStoreView, IReadOnlyList<T>> read, Func<T, long> next, long from, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await store.ReadAsync(view => read(from, view), ct) is { Count: > 0 } page)
        {
            foreach (var one in page)
            {
                yield return one;
            }
            from = next(page[^1]);
        }
    }
}
