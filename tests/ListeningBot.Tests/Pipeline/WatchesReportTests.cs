using ListeningBot.Cli;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class WatchesReportTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = ManualClock.Start;
    private static readonly Responder s_anna = new("member:anna", "Anna");
    private static readonly Watch s_brand = Some.Watch("brand", "acme", "acme pro", "widget") with { Exclude = ["rain"] };
    private readonly TempStore _temp = new();
    private int _post;

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public async Task Each_word_has_its_posts_alerts_and_verdicts_and_those_that_it_alone_brought()
    {
        await OpenAsync("acme pro broke", said: true);
        await OpenAsync("acme broke", said: true);
        await OpenAsync("acme in the sun", said: false);
        await OpenAsync("the widget and acme", said: null);
        await HearAsync("acme is nice", ["brand"], Standing.Tray);

        var worth = Assert.Single((await ReportAsync(s_brand)).Watches);

        Assert.Equal((5, new Precision(AlertsBy.Watch, "brand", 4, 2, 1, 0), s_now), (worth.Mentions, worth.Alerts, worth.LastHeard));
        Assert.Equal(
            [("acme", 5, 4, 2, 1, 2), ("acme pro", 1, 1, 1, 0, 0), ("widget", 1, 1, 0, 0, 0)],
            worth.Words.Select(word => (word.Word, word.Posts.Total, word.Alerts.Alerts, word.Alerts.Right, word.Alerts.Wrong, word.Only)).Select(word => (word.Word, (int)word.Total, word.Alerts, word.Right, word.Wrong, word.Only)));
    }

    [Fact]
    public async Task What_another_watch_finds_as_well_is_not_by_the_word_alone_and_its_alert_counts_for_both()
    {
        await OpenAsync("acme shop", said: true, "brand", "shop");

        var report = await ReportAsync(s_brand, Some.Watch("shop", "shop"));

        Assert.All(report.Watches, worth => Assert.Equal((1, 1), (worth.Alerts.Alerts, worth.Alerts.Right)));
        Assert.All(report.Watches, worth => Assert.Equal((1, 0), (worth.Words.Max(word => word.Alerts.Alerts), worth.Words.Max(word => word.Only))));
    }

    [Fact]
    public async Task What_is_ours_or_older_than_us_counts_for_nothing()
    {
        await HearAsync("acme, we answer", ["brand"], Standing.Ours);
        await HearAsync("acme long ago", ["brand"], Standing.Baseline);

        var report = await ReportAsync(s_brand);

        Assert.Equal((0L, 0, 0L), (report.Posts.Total, report.Watches[0].Mentions, report.Watches[0].Words[0].Posts.Total));
    }

    [Fact]
    public async Task What_joined_a_case_or_came_from_a_machine_or_was_entered_by_hand_is_no_alert_of_a_trial()
    {
        await HearAsync("laptop again", ["brand"], Standing.Case, ["tried"], said: true);
        await HearAsync("laptop: I am out of office", ["brand"], Standing.Tray, ["tried"], change: post => post with { Automatic = true });
        await HearAsync("laptop, says a caller", ["brand"], Standing.Dismissed, ["tried"], change: post => post with { Kind = SeenPost.Seen });

        var worth = Assert.Single((await ReportAsync(Some.Watch("tried", "laptop") with { Shadow = true })).Watches);

        Assert.Equal((3, 0, 0), (worth.Mentions, worth.Alerts.Alerts, worth.Words[0].Alerts.Alerts));
    }

    [Fact]
    public async Task The_sample_is_judged_as_a_heard_post_for_queries_and_languages()
    {
        const string Text = "You charged me twice on my bill, refund me now!";
        await _temp.WriteAsync(tx => tx.AddSampled(Some.Post(Text, "sampled"), 10, s_now));
        var query = $"bill about:{new Scorer().Assess(Text, Evidence.None).Aspect}";

        var report = await ReportAsync(Some.Watch("asked") with { Find = [], Query = new WatchQuery(query, QueryParser.Read(query, null).Root!) }, Some.Watch("german", "bill") with { Languages = ["de"] });

        Assert.Equal([10, 10, 0], report.Watches.SelectMany(worth => worth.Words).Select(word => word.Posts.Total));
    }

    [Fact]
    public async Task A_watch_on_trial_is_judged_by_what_it_would_have_alerted_on_also_where_others_decided()
    {
        var tried = Some.Watch("tried", "laptop") with { Shadow = true, AlertAt = 0.4 };
        await OpenAsync("acme laptop broke", said: true, ["brand"], ["tried"]);
        await HearAsync("acme laptop adverts", ["brand"], Standing.Dismissed, ["tried"], complaint: 0.45, said: false);
        await HearAsync("acme laptop below its line", ["brand"], Standing.Tray, ["tried"], complaint: 0.3, said: false);
        await OpenAsync("laptop alone", said: true, "tried");

        var worth = (await ReportAsync(s_brand, tried)).Watches[1];

        Assert.Equal((4, 3, 2, 1), (worth.Mentions, worth.Alerts.Alerts, worth.Alerts.Right, worth.Alerts.Wrong));
        Assert.Equal((3, 2, 1), (worth.Words[0].Alerts.Alerts, worth.Words[0].Alerts.Right, worth.Words[0].Alerts.Wrong));
    }

    [Fact]
    public async Task Only_noise_never_found_and_ready_are_named_each_with_its_command()
    {
        var noise = Some.Watch("weather", "nimbo", "sun");
        var tried = Some.Watch("tried", "laptop") with { Shadow = true };
        for (var i = 0; i < 60; i++)
        {
            await OpenAsync(i % 2 == 0 ? "nimbo over town" : "nimbo and sun", said: i == 0, "weather");
            await OpenAsync("laptop again", said: i < 50, "tried");
        }

        var text = await TextAsync(new WatchesReportOf(noise, tried, Some.Watch("silent", "never said")), words: true);

        Assert.Contains(
            """
            Only noise: of at least 20 judged alerts surely no more than 25% are right.
              watch weather: 1 of 60 judged alerts were right (surely 0-9%). Words that it could leave out: listeningbot watches suggest --watch weather
              word nimbo of weather: 1 of 60 judged alerts were right (surely 0-9%). listeningbot watches remove weather nimbo
              word sun of weather: 0 of 30 judged alerts were right (surely 0-11%). listeningbot watches remove weather sun
            Never found in 120 posts since 2026-11-02.
              watch silent: take it out of config/watches.yaml, or mend it
            On trial and good enough: of at least 20 judged alerts surely 50% or more are right.
              watch tried: 50 of 60 judged alerts were right (surely 72-91%). listeningbot watches promote tried
            """,
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_with_few_verdicts_says_how_many_are_missing_and_few_posts_name_nothing_as_silent()
    {
        await OpenAsync("laptop again", said: true, "tried");

        var text = await TextAsync(new WatchesReportOf(Some.Watch("tried", "laptop", "tablet") with { Shadow = true }), words: false);

        Assert.EndsWith("On trial, not yet: watch tried. 1 of its alerts are judged, 19 more are needed: judge the cards of the room \"shadow\".\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Never found", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deleted_counts_for_its_watch_and_for_no_word()
    {
        await OpenAsync("acme broke", said: true);
        await _temp.WriteAsync(tx => tx.BlankMention(1, s_now));

        var report = await ReportAsync(s_brand);

        Assert.Equal((1, 1, 1, 0L), (report.Deleted, report.Watches[0].Mentions, report.Watches[0].Alerts.Right, report.Watches[0].Words.Sum(word => word.Posts.Total)));
    }

    [Theory]
    [InlineData("gift card", "listeningbot watches remove \"gift card\"")]
    [InlineData("$(reboot)", "listeningbot watches remove '$(reboot)'")]
    [InlineData("it's `x`", "listeningbot watches remove 'it'\\''s `x`'")]
    [InlineData("--json", "listeningbot watches remove \"--json\"")]
    public void A_command_to_paste_runs_nothing_else(string word, string command) => Assert.Equal(command, WatchesVerbAdvice.Command("remove", word));

    private Task<WatchesReport> ReportAsync(params Watch[] watches) => WatchesReport.ReadAsync(_temp.Store, WatchSet.Build(watches, Ours.Nobody), new Scorer(), s_now.AddDays(-1));

    private async Task<string> TextAsync(WatchesReportOf of, bool words)
    {
        var output = new StringWriter { NewLine = "\n" };
        new WatchesVerbReport(await ReportAsync(of.Watches), null, words).Write(json: false, output, new VerbPaper(output, null));
        return output.ToString();
    }

    private Task OpenAsync(string text, bool? said, params string[] watches) => OpenAsync(text, said, watches.Length == 0 ? ["brand"] : watches, []);

    private async Task OpenAsync(string text, bool? said, string[] watches, string[] onTrial)
    {
        var mention = await HearAsync(text, watches, Standing.Case, onTrial, said: said);
        await _temp.WriteAsync(tx =>
        {
            var opened = new Opened(tx.NextCaseId(), mention, Priority.High, ["care"], s_now, s_now, null);
            tx.SaveCase(Case.Open(opened), opened, s_now);
        });
    }

    private Task<long> HearAsync(string text, string[] watches, Standing standing, string[]? onTrial = null, double complaint = 0.9, bool? said = null, Func<Post, Post>? change = null) => _temp.WriteAsync(tx =>
    {
        var mention = tx.AddMention(new Mention
        {
            Post = (change ?? (post => post))(Some.Post(text, $"{++_post}")),
            Posted = s_now,
            FirstSeen = s_now,
            Assessment = Some.Assessment(complaint),
            Watches = watches,
            OnTrial = onTrial ?? [],
            Teams = ["care"],
            Standing = standing,
        });
        if (said is { } right)
        {
            tx.RecordVerdict(mention, right ? Core.Pipeline.Verdict.AComplaint : Core.Pipeline.Verdict.NoComplaint, s_anna, s_now);
        }
        return mention;
    });

    private sealed record WatchesReportOf(params Watch[] Watches);
}
