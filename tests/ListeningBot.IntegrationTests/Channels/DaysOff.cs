using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>A poller whose own clock is a day ahead, right again, and a day behind, while a service dates by its own.</summary>
internal static class DaysOff
{
    /// <param name="look">One look at the service.</param>
    /// <param name="write">Somebody writes there, five times: the number, from 20, and when.</param>
    /// <returns>The numbers of all posts, as they were found.</returns>
    public static async Task<List<string>> FoundAsync(ManualClock time, Func<Cursor?, Task<List<PostBatch>>> look, Action<int, DateTimeOffset> write)
    {
        var cursor = (await look(null))[^1].Next;
        List<string> found = [];
        foreach (var (at, days) in ((int[])[1, 1, 0, -1, 0]).Index())
        {
            time.Ahead = TimeSpan.FromDays(days);
            cursor = (await look(cursor))[^1].Next;
            time.Advance(TimeSpan.FromHours(3));
            write(20 + at, time.Right.GetUtcNow());
            var batches = await look(cursor);
            found.AddRange(batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(batch.PostAt)).Select(post => post.Key.Id));
            cursor = batches[^1].Next;
        }
        return found;
    }
}
