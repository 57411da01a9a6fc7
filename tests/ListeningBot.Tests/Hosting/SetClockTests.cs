using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Net;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Hosting;

/// <summary>
/// Six days of a team, twice: with a clock that nobody touches, and with one that somebody sets a day forth and back, and a day back and forth. What comes with time comes at the same times: steps of the
/// ladder, the nudge of a promise, the follow-up, digests, lists, and what is kept no longer.
/// </summary>
public sealed class SetClockTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(1, false)]
    [InlineData(12, true)]
    public async Task What_comes_with_time_comes_once_and_when_it_should(int ticks, bool servicesAnswer)
    {
        var untouched = await SixDaysAsync(_ => 0, servicesAnswer: false);
        var set = await SixDaysAsync(tick => tick is >= 2 && tick < 2 + ticks ? 1 : tick is >= 40 && tick < 40 + ticks ? -1 : 0, servicesAnswer);

        Assert.Equal(untouched, set);
        Assert.All(["Ping", "Manager", "NudgePromise", "PromiseMissed", "FollowUp"], step => Assert.Contains(step, string.Concat(untouched), StringComparison.Ordinal));
        Assert.Contains("digests 8, lists 2, kept False", untouched[^1], StringComparison.Ordinal);
    }

    private static async Task<List<string>> SixDaysAsync(Func<int, int> daysAhead, bool servicesAnswer)
    {
        await using var rig = new DeskRig();
        var right = rig.Clock.Right;
        var house = new HouseClock(rig.Clock);
        var due = new DueWork(rig.Temp.Store, rig.Policies, house, _ => { });
        var digests = new Digests(rig.Temp.Store, rig.Policies, house, _ => { });
        var retention = new RetentionKeeper(rig.Temp.Store, rig.Policies, house);
        await rig.ComplainAsync("1", Priority.High);
        await rig.ComplainAsync("2");
        await rig.ComplainAsync("3", complaint: 0.3);
        await rig.PressAsync(PressAction.Claim, 2);
        await rig.AskAsync("/promise", ("when", "tomorrow 12:00"), ("what", "a call"), ("case", "2"));
        var (resolved, old) = (await SaveAsync(rig, CaseState.Resolved, right.GetUtcNow()), await SaveAsync(rig, CaseState.Closed, right.GetUtcNow().AddDays(-729)));
        await due.ListMaybesAsync(default);
        await due.ReckonAsync(default);
        var heard = 1L;
        List<string> told = [];
        for (var tick = 0; tick < 6 * 24; tick++)
        {
            rig.Clock.Ahead = TimeSpan.FromDays(daysAhead(tick));
            if (servicesAnswer)
            {
                house.Hear(right.GetUtcNow());
            }
            if (tick == 2)
            {
                await HearAsync(rig, "maybe", 0.3, house.GetUtcNow());
                heard = await HearAsync(rig, "late", 0.9, house.GetUtcNow());
            }
            await due.SweepAsync(default);
            await digests.PutUpAsync(default);
            await due.ListMissedMaybesAsync(new TimeOnly(6, 45), default);
            await retention.RunAsync(default);
            var now = await StandAsync(rig, [1, 2, resolved, heard], old);
            if (told.Count == 0 || !told[^1].EndsWith(now, StringComparison.Ordinal))
            {
                told.Add($"{right.GetUtcNow():dd HH:mm} {now}");
            }
            if (!servicesAnswer)
            {
                // Somebody sees the mistake before a quarter of an hour is over.
                rig.Clock.Ahead = TimeSpan.Zero;
            }
            rig.Clock.Advance(Tick);
        }
        return told;
    }

    private static async Task<string> StandAsync(DeskRig rig, long[] cases, long old)
    {
        var steps = await Task.WhenAll(cases.Select(async id => $"{id}: {string.Join(' ', (await rig.CaseAsync(id)).Taken.Select(taken => $"{taken.Step} {taken.At:dd HH:mm}"))}"));
        using var db = rig.Temp.OpenDb();
        return $"{string.Join(", ", steps)}; digests {db.Number("SELECT count(*) FROM digests")}, lists {db.Number("SELECT count(*) FROM tray_pages")}, kept {await rig.Temp.ReadAsync(view => view.CaseOf(old)) is not null}";
    }

    /// <summary>Heard just when the clock is wrong. The latest case.</summary>
    private static async Task<long> HearAsync(DeskRig rig, string id, double complaint, DateTimeOffset now)
    {
        var post = Some.Post($"acme left me alone with {id}", id) with { Author = new Author { Id = id } };
        var heard = new Heard(ChangeKind.Added, post, [Some.Watch()], Some.Assessment(complaint, Priority.High), ByUs: false);
        await rig.Temp.WriteAsync(tx => { Recorder.Record(tx, new Harvest("posts", new Cursor(id), false, null, [heard], [], [], 1), rig.Policies.Current, now); });
        return (await rig.Temp.ReadAsync(view => view.LatestCases(9))).Max(@case => @case.Id);
    }

    private static async Task<long> SaveAsync(DeskRig rig, CaseState state, DateTimeOffset at)
    {
        var id = 0L;
        await rig.Temp.WriteAsync(tx =>
        {
            id = tx.NextCaseId();
            var mention = tx.AddMention(SomeStored.Mention($"m{state}") with { FirstSeen = at, CaseId = id });
            var @case = SomeStored.Case(id, mention: mention) with { State = state, FirstSeen = at, ResolvedAt = state == CaseState.Resolved ? at : null };
            tx.SaveCase(@case, SomeStored.Opened(@case), at);
        });
        return id;
    }
}
