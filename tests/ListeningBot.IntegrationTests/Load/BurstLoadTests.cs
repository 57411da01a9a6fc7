using System.Runtime.CompilerServices;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.IntegrationTests.Notifiers.Discord;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Load;

/// <summary>The real flow from a channel to Discord, which allows five messages in five seconds.</summary>
public sealed class BurstLoadTests(ITestOutputHelper output)
{
    private const int Cases = 2000;
    private const int CriticalEach = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly string[] Troubles =
    [
        "acme charged me twice and still no refund after three weeks, worst service ever",
        "my acme laptop died again, third time this month",
        "acme delivery is late again, parcel never arrived, nobody answers",
        "the acme app crashes every time I log in, useless",
    ];

    [Fact]
    public async Task Two_thousand_cases_at_once_become_few_calm_cards_and_the_first_critical_one_is_out_within_two_seconds()
    {
        await using var house = await DiscordHouse.OpenAsync();
        (house.Discord.Limits.Messages, house.Discord.Limits.Window) = (5, TimeSpan.FromSeconds(5));
        await using var temp = new TempStore();
        using var stop = new CancellationTokenSource();
        var (time, policies, bells, board) = (TimeProvider.System, new PolicyBook(), new RoomBells(TimeProvider.System), new HealthBoard(TimeProvider.System));
        var rooms = new RoomDirectory(new Room("x", "discord", ""), house.Notifier);
        rooms.Swap(new Dictionary<string, (Room, INotifier)> { ["care"] = (house.Room, house.Notifier) });
        var keeper = new CardKeeper(temp.Store, rooms, policies, time, NullLogger<CardKeeper>.Instance);
        var keeping = new RoomRunner("care", keeper, temp.Store, bells, board, time, NullLogger<RoomRunner>.Instance).RunAsync(stop.Token);
        var intake = new Intake(new ScorerBook(), new OpenThreads());
        var reading = new ChannelRunner("posts", new Flood(), intake, policies, temp.Store, bells, board, time, NullLogger<ChannelRunner>.Instance);

        var began = time.GetTimestamp();
        await reading.RunAsync(WatchSet.Build([Some.Watch()], new Ours([])), stop.Token);
        var fed = time.GetElapsedTime(began);
        await UntilShownAsync(temp, Priority.Critical, began);
        var took = time.GetElapsedTime(began);
        await UntilShownAsync(temp, Priority.Low, began);
        var calm = time.GetElapsedTime(began);
        await stop.CancelAsync();
        await keeping;

        var cases = await temp.ReadAsync(view => view.OpenCasesAfter(0, Cases * 2).ToDictionary(@case => @case.Id));
        var shown = new List<(string Subject, DateTimeOffset At)>();
        foreach (var message in house.Messages)
        {
            var id = (string)message["id"]!;
            shown.Add(((await temp.ReadAsync(view => view.CardShownAs(new MessageRef($"{house.Room.Address}/{id}"))))?.Subject ?? "?", TimeOf(id)));
        }
        var waits = shown.Where(card => CaseOf(card.Subject, cases)?.Priority == Priority.Critical).Select(card => card.At - CaseOf(card.Subject, cases)!.FirstSeen).ToList();
        var edits = house.Discord.Requests.Count(request => request.Method == "PATCH");
        output.WriteLine($"{cases.Count} cases recorded in {fed.TotalSeconds:0.0} s, {cases.Values.Count(c => c.Priority == Priority.Critical)} critical; all critical ones out after {took.TotalSeconds:0.0} s, all cards after {calm.TotalSeconds:0.0} s");
        output.WriteLine($"critical cards, recorded to shown: first {waits[0].TotalMilliseconds:0} ms, p50 {waits.Order().ElementAt(waits.Count / 2).TotalSeconds:0.0} s, p95 {waits.Order().ElementAt(waits.Count * 95 / 100).TotalSeconds:0.0} s, last {waits.Max().TotalSeconds:0.0} s");
        output.WriteLine($"messages {shown.Count} ({shown.Count(card => card.Subject.StartsWith("group:", StringComparison.Ordinal))} groups), edits {edits}, answers of 429: {house.Discord.Limits.Exceeded}");

        Assert.Equal((Cases, Cases / CriticalEach), (cases.Count, waits.Count));
        Assert.True(waits[0] < TimeSpan.FromSeconds(2), $"The first critical card took {waits[0]}.");
        Assert.InRange(house.Discord.Limits.Exceeded, 0, 5);
        Assert.True(shown.Count <= Cases / CriticalEach + Bursts.Default.From + 8, $"{shown.Count} messages");
        Assert.DoesNotContain(shown, card => card.Subject == "?");
        Assert.Contains(shown, card => card.Subject.StartsWith("group:", StringComparison.Ordinal));
        AssertUrgentFirst(shown, cases);
    }

    /// <summary>Nothing else goes out while a critical card has waited for more than a moment.</summary>
    private static void AssertUrgentFirst(List<(string Subject, DateTimeOffset At)> shown, Dictionary<long, Case> cases)
    {
        for (var i = 0; i < shown.Count; i++)
        {
            if (CaseOf(shown[i].Subject, cases)?.Priority != Priority.Critical)
            {
                Assert.DoesNotContain(shown.Skip(i + 1), later =>
                    CaseOf(later.Subject, cases) is { Priority: Priority.Critical } overtaken && overtaken.FirstSeen < shown[i].At - TimeSpan.FromSeconds(1));
            }
        }
    }

    private static Case? CaseOf(string subject, Dictionary<long, Case> cases) =>
        subject.StartsWith("case:", StringComparison.Ordinal) ? cases.GetValueOrDefault(long.Parse(subject["case:".Length..])) : null;

    private static async Task UntilShownAsync(TempStore temp, Priority least, long began)
    {
        while (await temp.ReadAsync(view => view.CardsToShow("care", DateTimeOffset.MaxValue.AddYears(-1), 100).Any(card => card.Priority >= least)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "Not all cards were shown.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Discord's ids tell when they were given.</summary>
    private static DateTimeOffset TimeOf(string id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(ulong.Parse(id) >> 22) + 1420070400000L);

    /// <summary>Two thousand different people in batches of ten, as fast as they are recorded.</summary>
    private sealed class Flood : IChannel
    {
        public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var ids in Enumerable.Range(1, Cases).Chunk(10))
            {
                await Task.Yield();
                yield return PostBatch.Of([.. ids.Select(PostOf)], new Cursor($"{ids[^1]}"));
            }
        }

        private static Post PostOf(int id) => Some.Post(TextOf(id), $"{id}") with { Author = new Author { Id = $"a{id}", Name = $"Customer {id}", Handle = $"c{id}" }, Posted = TimeProvider.System.GetUtcNow() };

        private static string TextOf(int id) => id % CriticalEach == 0
            ? $"acme charger number {id} caught fire and burned my hand, I am in hospital, nobody answers"
            : $"{Troubles[id % Troubles.Length]}, order {id}";
    }
}
