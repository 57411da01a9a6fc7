using System.Runtime.CompilerServices;
using ListeningBot.Core.Posts;

namespace ListeningBot.Benchmarks.Load;

/// <summary>So many mentions a second. Each has its moment, fixed beforehand; what waits because the one before took long waits in the figures too. The first seconds warm up and do not count.</summary>
/// <param name="Rooms">Each is of a team of its own; the mentions go to them in turn.</param>
internal sealed record Schedule(TimeSpan Length, int PerSecond, int Rooms)
{
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public int All => (int)((Length + WarmUp).TotalSeconds * PerSecond);

    public int Counted => (int)(Length.TotalSeconds * PerSecond);

    public IReadOnlyList<string> Teams { get; } = [.. Enumerable.Range(0, Rooms).Select(team => $"team{team}")];

    /// <summary>What the team's watch finds.</summary>
    public static string WordOf(string team) => "acme" + team;

    public TimeSpan DueAt(int number) => TimeSpan.FromSeconds((double)number / PerSecond);

    public bool Counts(int number) => number > WarmUp.TotalSeconds * PerSecond;

    /// <summary>Whatever is due by now, and the number of the next one.</summary>
    public async IAsyncEnumerable<(IReadOnlyList<Post> Posts, int Next)> DueAsync(long began, TimeProvider time, [EnumeratorCancellation] CancellationToken ct = default)
    {
        for (var next = 1; next <= All;)
        {
            var wait = DueAt(next) - time.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, ct);
            }
            var posts = new List<Post>();
            for (; next <= All && DueAt(next) <= time.GetElapsedTime(began); next++)
            {
                posts.Add(PostOf(next, time));
            }
            if (posts.Count > 0)
            {
                yield return (posts, next);
            }
        }
    }

    private Post PostOf(int number, TimeProvider time) => new()
    {
        Key = new PostKey("load", $"{number}"),
        Channel = "load",
        Kind = "replay",
        Text = $"{WordOf(Teams[number % Teams.Count])} lost parcel {number} of mine, three weeks of waiting, nobody answers the phone, and the shop and the carrier each blame the other; what a company",
        Author = new Author { Id = $"a{number}", Name = $"{number}" },
        Posted = time.GetUtcNow(),
    };
}
