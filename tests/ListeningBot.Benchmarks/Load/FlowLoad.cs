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

/// <summary>So many mentions a second through the real flow: intake, store on disk, the rooms' runners, a notifier that only notes the time.</summary>
internal sealed class FlowLoad(Schedule schedule)
{
    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("load").FullName;
        var time = TimeProvider.System;
        var handed = new HandedOn("ours", schedule, time);
        using var stop = new CancellationTokenSource();
        await using (var store = SqliteStore.Open(Path.Combine(folder, "bot.db"), NullLogger<SqliteStore>.Instance))
        {
            var (policies, bells, board) = (new PolicyBook(), new RoomBells(time), new HealthBoard(time));
            policies.Change(policy => policy with { Bursts = new Bursts(0, TimeSpan.FromMinutes(10)) });
            var notifier = new NotingNotifier(handed, time);
            var directory = new RoomDirectory(new Room("x", "noting", ""), notifier);
            directory.Swap(schedule.Teams.ToDictionary(team => team, team => (new Room(team, "noting", ""), (INotifier)notifier)));
            var keeper = new CardKeeper(store, directory, policies, time, NullLogger<CardKeeper>.Instance);
            var keeping = schedule.Teams.Select(team => new RoomRunner(team, keeper, store, bells, board, time, NullLogger<RoomRunner>.Instance).RunAsync(stop.Token)).ToList();
            var arrivals = new Arrivals(schedule, handed.Began, time);
            var runner = new ChannelRunner("load", arrivals, new Intake(new ScorerBook(), new OpenThreads()), policies, store, bells, board, time, NullLogger<ChannelRunner>.Instance);
            var watches = WatchSet.Build([.. schedule.Teams.Select(team => new Watch { Name = team, Find = [Schedule.WordOf(team)], Team = team, AlertAt = 0 })], Ours.Nobody);
            var warm = time.GetUtcNow() + Schedule.WarmUp;
            await runner.RunAsync(watches, stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(3), time);
            await stop.CancelAsync();
            await Task.WhenAll(keeping);
            handed.Print();
            Print(await store.ReadAsync(view => Latency.Of(view, null, warm)));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static void Print(IReadOnlyList<Latency> steps)
    {
        foreach (var hop in steps[0].Hops.Where(hop => hop.Mentions > 0))
        {
            Console.WriteLine($"  {hop.Name}: {hop.Mentions} mentions, p50 {hop.P50.TotalMilliseconds:0.00} ms, p99 {hop.P99.TotalMilliseconds:0.00} ms");
        }
    }

    /// <summary>Whatever is due by now, as one batch.</summary>
    private sealed class Arrivals(Schedule schedule, long began, TimeProvider time) : IChannel
    {
        public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var (posts, next) in schedule.DueAsync(began, time, ct))
            {
                yield return PostBatch.Of(posts, new Cursor($"{next}"));
            }
        }
    }

    /// <summary>Notes when the card of each case was first handed to it.</summary>
    private sealed class NotingNotifier(HandedOn handed, TimeProvider time) : INotifier
    {
        public Task<Delivery> PutAsync(Room room, Card card, MessageRef? known, CancellationToken ct)
        {
            if (card is CaseCard { Who: var who } && int.TryParse(who, out var number))
            {
                handed.Note(number);
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
