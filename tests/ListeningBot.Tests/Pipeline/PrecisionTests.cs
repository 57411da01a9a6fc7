using ListeningBot.Cli;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class PrecisionTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = ManualClock.Start;
    private static readonly Responder s_anna = new("member:anna", "Anna");
    private readonly TempStore _temp = new();
    private int _post;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Alerts_are_counted_by_watch_channel_and_reason_with_those_that_nobody_judged()
    {
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint);
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint, Verdict.NoComplaint);
        await OpenAsync("acme", "inbox", "money", Verdict.NoComplaint, Verdict.TakenBack);
        await OpenAsync("rival", "inbox", "money", Verdict.AComplaint);

        Assert.Equal(
            [
                new Precision(AlertsBy.Watch, "acme", 3, 1, 1, 0), new Precision(AlertsBy.Watch, "rival", 1, 1, 0, 0),
                new Precision(AlertsBy.Channel, "inbox", 2, 1, 0, 0), new Precision(AlertsBy.Channel, "posts", 2, 1, 1, 0),
                new Precision(AlertsBy.Reason, "money", 2, 1, 0, 0), new Precision(AlertsBy.Reason, "waiting", 2, 1, 1, 0),
            ],
            await OfAsync());
    }

    [Fact]
    public async Task A_complaint_about_somebody_else_is_a_wrong_alert_of_its_watch_and_channel_but_read_rightly()
    {
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint);
        await _temp.WriteAsync(tx => tx.SaveCase(tx.CaseOf(1)! with { Version = 2, Outcome = Outcome.NotOurs }, new Resolved(s_anna, Outcome.NotOurs), s_now));

        Assert.Equal([(0, 1), (0, 1), (1, 0)], (await OfAsync()).Select(one => (one.Right, one.Wrong)));
    }

    [Fact]
    public async Task What_people_opened_is_no_alert_and_what_was_merged_counts_once()
    {
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint);
        await OpenAsync("acme", "posts", "waiting", by: s_anna, verdicts: Verdict.AComplaint);
        await OpenAsync("acme", "posts", "waiting");
        await _temp.WriteAsync(tx => tx.SaveCase(tx.CaseOf(3)! with { Version = 2, MergedInto = 1 }, new Merged(s_anna, 1), s_now));

        Assert.Equal(new Precision(AlertsBy.Watch, "acme", 1, 1, 0, 1), (await OfAsync())[0]);
    }

    [Fact]
    public async Task What_was_split_off_is_neither_another_alert_nor_a_complaint_that_lay_below_the_line()
    {
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint);
        await OpenAsync("acme", "posts", "waiting", by: s_anna, verdicts: Verdict.AComplaint);
        await _temp.WriteAsync(tx => tx.SaveCase(tx.CaseOf(2)! with { Version = 2, SplitFrom = 1 }, new Claimed(s_anna), s_now));

        Assert.Equal(new Precision(AlertsBy.Watch, "acme", 1, 1, 0, 0), (await OfAsync())[0]);
    }

    [Fact]
    public async Task What_was_first_seen_before_is_left_out()
    {
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint);

        Assert.Empty(await _temp.ReadAsync(view => Precision.Of(view, s_now.AddMinutes(1))));
    }

    [Fact]
    public async Task A_maybe_that_was_dismissed_and_then_written_anew_is_an_alert_that_nobody_judged()
    {
        await RecordAsync(ChangeKind.Added, "acme, hm", Some.Assessment(0.2), s_now);
        await _temp.WriteAsync(tx => PressDesk.Take(tx, new Press("1", new Responder("discord:1", "Ana"), new PressTarget(PressAction.TrayDismiss, 1)), Policy.Default, s_now.AddMinutes(5)));

        await RecordAsync(ChangeKind.Edited, "acme took my money and sends nothing", Some.Assessment(), s_now.AddHours(1));

        Assert.Equal(new Precision(AlertsBy.Watch, "acme", 1, 0, 0, 0), (await OfAsync())[0]);
    }

    [Fact]
    public async Task An_alert_stays_right_when_its_author_writes_thanks_over_it_whose_reasons_nobody_judged()
    {
        await OpenAsync("acme", "posts", "waiting", Verdict.AComplaint);

        await RecordAsync(ChangeKind.Edited, "Solved within a day, thank you", Some.Assessment(0.2) with { Reasons = [new Reason("good word", 0.3, "says so")] }, s_now.AddHours(1));

        Assert.Equal(
            [new Precision(AlertsBy.Watch, "acme", 1, 1, 0, 0), new Precision(AlertsBy.Channel, "posts", 1, 1, 0, 0), new Precision(AlertsBy.Reason, "good word", 1, 0, 0, 0)],
            await OfAsync());
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(8, 2, 0.490, 0.943)]
    [InlineData(50, 50, 0.404, 0.596)]
    [InlineData(10, 0, 0.722, 1)]
    [InlineData(0, 10, 0, 0.278)]
    public void The_interval_is_wilsons(int right, int wrong, double from, double to)
    {
        var precision = new Precision(AlertsBy.Watch, "acme", right + wrong, right, wrong, 0);

        Assert.Equal((from, to), (Math.Round(precision.Interval.From, 3), Math.Round(precision.Interval.To, 3)));
    }

    [Fact]
    public async Task The_table_says_what_is_sure_what_is_few_and_what_nobody_judged()
    {
        for (var i = 0; i < 25; i++)
        {
            await OpenAsync("acme", "posts", "waiting", i < 20 ? Verdict.AComplaint : Verdict.NoComplaint);
        }
        await OpenAsync("rival", "posts", "money");
        var output = new StringWriter();

        await new PrecisionVerbTable(s_now.AddDays(-1)).WriteAsync(_temp.Store, json: false, output, new VerbPaper(output, null), default);

        Assert.StartsWith(
            """
            By watch, since 2026-11-01 09:00 UTC
              watch  alerts  judged  right  share right (95% sure)  no verdict  opened by people
              acme   25      25      20     80% (61-91%)            0           0
              rival  1       0              not known yet           1           0

            By channel, since 2026-11-01 09:00 UTC
            """,
            output.ToString().ReplaceLineEndings());
        output.GetStringBuilder().Clear();
        await new PrecisionVerbTable(s_now.AddDays(-1)).WriteAsync(_temp.Store, json: true, output, new VerbPaper(output, null), default);
        Assert.StartsWith("""{"by":"watch","name":"acme","alerts":25,"judged":25,"right":20,"share":0.8,"from":0.6087,"to":0.9114,"few":false,"noVerdict":0,"byPeople":0}""", output.ToString());
    }

    private Task RecordAsync(ChangeKind kind, string text, Assessment said, DateTimeOffset at) => _temp.WriteAsync(tx =>
        Recorder.Record(tx, new Harvest("posts", new Cursor(text), false, null, [new Heard(kind, Some.Post(text), [Some.Watch()], said, ByUs: false)], [], [], 1), Policy.Default, at));

    private Task<IReadOnlyList<Precision>> OfAsync() => _temp.ReadAsync(view => Precision.Of(view, s_now));

    private Task OpenAsync(string watch, string channel, string reason, params string[] verdicts) => OpenAsync(watch, channel, reason, null, verdicts);

    private Task OpenAsync(string watch, string channel, string reason, Responder? by, params string[] verdicts) => _temp.WriteAsync(tx =>
    {
        var mention = tx.AddMention(new Mention
        {
            Post = Some.Post("acme again", $"{++_post}", channel),
            Posted = s_now,
            FirstSeen = s_now,
            Assessment = Some.Assessment() with { Reasons = [new Reason(reason, 1, "says so"), new Reason("good word", -0.3, "says \"good\"")] },
            Watches = [watch],
            Teams = ["care"],
            Standing = Standing.Case,
        });
        var opened = new Opened(tx.NextCaseId(), mention, Priority.High, ["care"], s_now, s_now, by);
        tx.SaveCase(Case.Open(opened), opened, s_now);
        foreach (var verdict in verdicts)
        {
            tx.RecordVerdict(mention, verdict, s_anna, s_now);
        }
    });
}
