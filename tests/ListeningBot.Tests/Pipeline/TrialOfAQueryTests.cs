using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>A new watch with a query, from its first post on trial to the day on which it is good enough.</summary>
public sealed class TrialOfAQueryTests : IAsyncDisposable
{
    private const string Query = "(laptop OR notebook) AND swoll* NOT advert";
    private static readonly Watch s_heat = Some.Watch("heat") with { Find = [], Query = new WatchQuery(Query, QueryParser.Read(Query).Root!), Shadow = true, AlertAt = 0 };
    private readonly WatchSet _watches = WatchSet.Build([s_heat, Some.Watch("brand", "acme") with { AlertAt = 0 }], Ours.Nobody);
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly Intake _intake = new(new ScorerBook(), new OpenThreads());

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task It_is_shown_on_trial_judged_there_and_told_to_be_ready()
    {
        await HearAsync([.. Enumerable.Range(1, 24).Select(i => Some.Post($"case number {i}: my laptop is swollen and broken", $"{i}") with { Author = new Author { Id = $"a{i}" } })]);
        Assert.True((await _temp.ReadAsync(view => view.CaseOf(1)))!.Shadow);
        Assert.Equal("heat: laptop, swoll*", Assert.Single((await _temp.ReadAsync(view => view.MentionOf(1)))!.Found).ToString());

        for (var i = 1; i <= 24; i++)
        {
            if (i <= 2)
            {
                await PressAsync(PressAction.NotAComplaint, i);
            }
            else
            {
                await _temp.WriteAsync(tx => tx.RecordVerdict(i, Core.Pipeline.Verdict.AComplaint, new Responder("discord:ana", "Ana"), _clock.GetUtcNow()));
            }
        }

        var worth = (await ReportAsync()).Watches[0];
        Assert.Equal((24, 24, 22, 2), (worth.Mentions, worth.Alerts.Alerts, worth.Alerts.Right, worth.Alerts.Wrong));
        Assert.True(worth.IsReady);
        Assert.Equal([("laptop", 24), ("notebook", 0), ("swoll*", 24)], worth.Words.Select(word => (word.Word, (int)word.Posts.Total)));
    }

    [Fact]
    public async Task Beside_a_real_watch_it_decides_nothing_and_the_verdict_counts_for_both()
    {
        await HearAsync(Some.Post("acme: my laptop is swollen", "1"), Some.Post("acme advert: laptop swollen", "2") with { Author = new Author { Id = "ben" } });
        await PressAsync(PressAction.NotAComplaint, 1);

        var first = (await _temp.ReadAsync(view => view.MentionOf(1)))!;
        Assert.Equal(("brand", "heat"), (Assert.Single(first.Watches), Assert.Single(first.OnTrial)));
        Assert.Empty((await _temp.ReadAsync(view => view.MentionOf(2)))!.OnTrial);
        Assert.All((await ReportAsync()).Watches, worth => Assert.Equal(1, worth.Alerts.Wrong));
    }

    private Task HearAsync(params Post[] posts)
    {
        var harvest = _intake.Take("posts", PostBatch.Of(posts, new Cursor("1")), _watches);
        return _temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default with { Bursts = new Bursts(0, TimeSpan.FromMinutes(10)) }, _clock.GetUtcNow()));
    }

    private Task<WatchesReport> ReportAsync() => WatchesReport.ReadAsync(_temp.Store, _watches, new Scorer(), _clock.GetUtcNow().AddDays(-1));

    private Task<PressAnswer> PressAsync(PressAction action, long id) =>
        new PressDesk(_temp.Store, new PolicyBook(), _clock, _ => { }).PressAsync(new Press($"{action} {id}", new Responder("discord:ana", "Ana"), new PressTarget(action, id)));
}
