using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Benchmarks.Load;

/// <summary>
/// So many mentions a second through the real flow: intake, store on disk, the rooms' runners, a notifier that only notes the time. Each mention has its moment, fixed beforehand;
/// what waits because the one before took long waits in the figures too.
/// </summary>
/// <param name="rooms">Each is of a team of its own; the mentions go to them in turn.</param>
internal sealed class FlowLoad(TimeSpan length, int perSecond, int rooms)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private int All => (int)((length + WarmUp).TotalSeconds * perSecond);
    private readonly IReadOnlyList<string> _teams = [.. Enumerable.Range(0, rooms).Select(team => $"team{team}")];

    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("load").FullName;
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        using var stop = new CancellationTokenSource();
        await using (var store = SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance))
        {
            var (policies, bells, board) = (new PolicyBook(), new RoomBells(time), new HealthBoard(time));
            policies.Change(policy => policy with { Bursts = new Bursts(0, TimeSpan.FromMinutes(10)) });
            var notifier = new NotingNotifier(began, time);
            var directory = new RoomDirectory(new Room("x", "noting", ""), notifier);
            directory.Swap(_teams.ToDictionary(team => team, team => (new Room(team, "noting", ""), (INotifier)notifier)));
            var keeper = new CardKeeper(store, directory, policies, time, NullLogger<CardKeeper>.Instance);
            var keeping = _teams.Select(team => new RoomRunner(team, keeper, store, bells, board, time, NullLogger<RoomRunner>.Instance).RunAsync(stop.Token)).ToList();
            var arrivals = new Arrivals(this, began, time);
            var runner = new ChannelRunner("load", arrivals, new Intake(new ScorerBook(), new OpenThreads()), policies, store, bells, board, time, NullLogger<ChannelRunner>.Instance);
            var watches = WatchSet.Build([.. _teams.Select(team => new Watch { Name = team, Find = ["acme" + team], Team = team, AlertAt = 0 })], Ours.Nobody);
            var warm = time.GetUtcNow() + WarmUp;
            await runner.RunAsync(watches, stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(3), time);
            await stop.CancelAsync();
            await Task.WhenAll(keeping);
            Print(notifier, await store.ReadAsync(view => Latency.Of(view, null, warm)));
        }
        Directory.Delete(folder, recursive: true);
    }

    private void Print(NotingNotifier notifier, IReadOnlyList<Latency> steps)
    {
        var took = notifier.PutAt.Where(put => put.Key > WarmUp.TotalSeconds * perSecond)
            .Select(put => put.Value - DueAt(put.Key)).Order().ToList();
        var wanted = (int)(length.TotalSeconds * perSecond);
        Console.WriteLine($"{wanted} mentions due in {length.TotalSeconds:0} s, for {(rooms == 1 ? "one room" : $"{rooms} rooms")}, {took.Count} handed to the notifier");
        Console.WriteLine("due to handed on: " + string.Join(", ", new[] { 50.0, 90, 95, 99, 99.9 }.Select(p => $"p{p} {At(took, p).TotalMilliseconds:0.0} ms")) + $", most {took[^1].TotalMilliseconds:0.0} ms");
        Console.WriteLine($"processor time of a mention, the start included: {Environment.CpuUsage.TotalTime.TotalMilliseconds / All:0.00} ms");
        foreach (var bound in new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000 })
        {
            var below = took.Count(one => one.TotalMilliseconds < bound);
            Console.WriteLine($"  below {bound,5} ms  {below,6}  {100.0 * below / took.Count,6:0.00}%");
        }
        foreach (var hop in steps[0].Hops.Where(hop => hop.Mentions > 0))
        {
            Console.WriteLine($"  {hop.Name}: {hop.Mentions} mentions, p50 {hop.P50.TotalMilliseconds:0.00} ms, p99 {hop.P99.TotalMilliseconds:0.00} ms");
        }
    }

    private TimeSpan DueAt(int number) => TimeSpan.FromSeconds((double)number / perSecond);

    private static TimeSpan At(List<TimeSpan> sorted, double percent) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100) - 1)];

    /// <summary>Whatever is due by now, as one batch.</summary>
    private sealed class Arrivals(FlowLoad load, long began, TimeProvider time) : IChannel
    {
        public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
        {
            var all = load.All;
            for (var next = 1; next <= all;)
            {
                var wait = load.DueAt(next) - time.GetElapsedTime(began);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, ct);
                }
                var posts = new List<Post>();
                for (; next <= all && load.DueAt(next) <= time.GetElapsedTime(began); next++)
                {
                    posts.Add(PostOf(next));
                }
                if (posts.Count > 0)
                {
                    yield return PostBatch.Of(posts, new Cursor($"{next}"));
                }
            }
        }

        private Post PostOf(int number) => new()
        {
            Key = new PostKey("load", $"{number}"),
            Channel = "load",
            Kind = "replay",
            Text = $"acme{load._teams[number % load._teams.Count]} lost parcel {number} of mine, three weeks of waiting, nobody answers the phone, and the shop and the carrier each blame the other; what a company",
            Author = new Author { Id = $"a{number}", Name = $"{number}" },
            Posted = time.GetUtcNow(),
        };
    }

    /// <summary>Notes when the card of each case was first handed to it.</summary>
    private sealed class NotingNotifier(long began, TimeProvider time) : INotifier
    {
        public ConcurrentDictionary<int, TimeSpan> PutAt { get; } = [];

        public Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
        {
            if (card is CaseCard { Who: var who } && int.TryParse(who, out var number))
            {
                PutAt.TryAdd(number, time.GetElapsedTime(began));
            }
            return Task.FromResult<Delivery>(new Delivery.Delivered(known ?? new MessageRef(card.Key.Subject)));
        }

        public Task<MessageRef?> FindAsync(Room room, Card card, DateTimeOffset since, CancellationToken ct) => Task.FromResult<MessageRef?>(null);

        public Task<MessageRef?> FindPingAsync(Room room, Ping ping, IReadOnlyList<MessageRef> others, DateTimeOffset since, CancellationToken ct) => Task.FromResult<MessageRef?>(null);

        public Task<Delivery> PingAsync(Room room, Ping ping, CancellationToken ct) => Task.FromResult<Delivery>(new Delivery.Delivered(new MessageRef("ping")));

        public Task<Delivery> WithdrawAsync(Room room, MessageRef message, CancellationToken ct) => Task.FromResult<Delivery>(new Delivery.Delivered(message));

        public Task HearAsync(IDesk desk, Action<string?> told, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
    }
}
