using System.Text.RegularExpressions;
using System.Threading.Channels;
using ListeningBot.Benchmarks.Scoring;
using ListeningBot.Core.Posts;

namespace ListeningBot.Benchmarks.Load;

/// <summary>
/// The rival, the usual way: one regex a watch in a loop, a VADER-like sum, a transaction for each post, and an in-memory channel to the notifier, which notes the time and marks in the outbox what it handed
/// on, all that waited for it in one transaction. It knows no threads, customers, history or reasons, and nothing is ever due.
/// </summary>
internal sealed class UsualFlow(Schedule schedule)
{
    private readonly IReadOnlyList<(string Team, Regex Words)> _watches =
        [.. schedule.Teams.Select(team => (team, new Regex($@"\b{Schedule.WordOf(team)}\b", RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)))];
    private readonly VaderLike _vader = new();

    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("load").FullName;
        using (var store = new UsualStore(Path.Combine(folder, "usual.db")))
        {
            var handed = new HandedOn("the usual way", schedule, TimeProvider.System);
            var outbox = Channel.CreateUnbounded<Outgoing>();
            var handing = HandOnAsync(outbox.Reader, store, handed);
            await foreach (var (posts, _) in schedule.DueAsync(handed.Began, TimeProvider.System))
            {
                foreach (var post in posts)
                {
                    await TakeAsync(post, store, outbox.Writer);
                }
            }
            outbox.Writer.Complete();
            await handing;
            handed.Print();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task TakeAsync(Post post, UsualStore store, ChannelWriter<Outgoing> outbox)
    {
        foreach (var (team, words) in _watches)
        {
            if (words.IsMatch(post.Text) && await store.RecordAsync(post, team, _vader.Compound(post.Text)) is { } row)
            {
                outbox.TryWrite(new Outgoing(row, int.Parse(post.Author.Name!)));
            }
        }
    }

    private static async Task HandOnAsync(ChannelReader<Outgoing> outbox, UsualStore store, HandedOn handed)
    {
        while (await outbox.WaitToReadAsync())
        {
            var rows = new List<long>();
            while (outbox.TryRead(out var outgoing))
            {
                handed.Note(outgoing.Number);
                rows.Add(outgoing.Row);
            }
            await store.MarkAsync(rows);
        }
    }

    private sealed record Outgoing(long Row, int Number);
}
