using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Demo;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

public sealed class BacktestVerbTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = ManualClock.Start;
    private readonly TempStore _temp = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly SettingsReader _reader;
    private readonly BacktestVerbChange _change;

    public BacktestVerbTests()
    {
        var folder = new DemoFolder(_temp.Folder);
        folder.Write();
        _reader = folder.Reader;
        _change = new BacktestVerbChange(_reader, new VerbPaper(_output, null), new VerbPaper(_errors, null));
    }

    public ValueTask DisposeAsync() => _temp.DisposeAsync();

    [Fact]
    public void A_query_takes_the_place_of_what_a_watch_finds_and_all_else_of_it_stays()
    {
        var compared = _change.Query(new TriedWatch("nimbus", "nimbus AND refund*", null, "0.2"))!;

        var (before, after) = (compared.Before.Watches.Single(watch => watch.Name == "nimbus"), compared.After.Watches.Single(watch => watch.Name == "nimbus"));
        Assert.Equal((before.Team, 0.2), (after.Team, after.AlertAt));
        Assert.Equal(before.Exclude, after.Exclude);
        Assert.Equal("nimbus AND refund*", after.Query!.Text);
        Assert.Empty(after.Find);
        Assert.Equal(2, compared.After.Watches.Count);
        Assert.Contains("the watch \"nimbus\"", compared.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_of_an_unknown_name_is_a_new_watch_and_pieces_of_the_file_can_be_used()
    {
        Change("pieces:\n  brand: 'nimbus OR nimbusbook'\n");

        var compared = _change.Query(new TriedWatch("tried", "$brand AND late", "sales", null))!;

        Assert.Equal(["letters and reviews", "nimbus", "tried"], compared.After.Watches.Select(watch => watch.Name));
        Assert.Equal("sales", compared.After.Watches[2].Team);
        Assert.Equal("a new watch with the query $brand AND late", compared.What);
    }

    [Fact]
    public void What_is_likely_not_meant_is_told_beside_the_figures_and_not_among_them()
    {
        Assert.NotNull(_change.Query(new TriedWatch("nimbs", "nimbus or late", null, null)));

        Assert.Contains("--query:1:8: watch \"nimbs\": query has \"or\", which is taken as a word", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("No watch is named \"nimbs\", so it is tried as a new one. Did you mean \"nimbus\"?", _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("nimbus AND", null, "--query:1:")]
    [InlineData("a OR b", "2", "--alert:1:1: watch \"tried\": alert is \"2\", not a number from 0 to 1")]
    [InlineData("a channel:inbx", null, "Did you mean \"inbox\"?")]
    public void What_is_wrong_with_a_query_is_told_as_check_tells_it(string query, string? alert, string told)
    {
        Assert.Null(_change.Query(new TriedWatch("tried", query, null, alert)));

        Assert.Contains(told, _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 problem.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_tried_in_the_place_of_the_one_that_stands_there_and_its_errors_name_it()
    {
        var file = Path.Combine(_temp.Folder, "changed.yaml");
        File.WriteAllText(file, "watches:\n  - name: nimbus\n    find: [nimbus, outage]\n");

        var compared = _change.With(new FileInfo(file))!;
        Assert.Equal(["nimbus", "outage"], Assert.Single(compared.After.Watches).Find);
        Assert.Equal(2, compared.Before.Watches.Count);
        Assert.Empty(compared.After.Ours.Accounts);

        File.WriteAllText(file, "watches:\n  - name: nimbus\n    fnid: [nimbus]\n");
        Assert.Null(_change.With(new FileInfo(file)));
        Assert.Contains($"{file}:3:5: ", _output.ToString(), StringComparison.Ordinal);
        Assert.Null(_change.With(new FileInfo(file + ".not")));
        Assert.Contains("There is no file", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_is_left_out_by_its_name_and_an_unknown_one_is_told_with_the_nearest()
    {
        Assert.Equal("letters and reviews", Assert.Single(_change.Without("nimbus")!.After.Watches).Name);

        Assert.Null(_change.Without("nimbuss"));
        Assert.Equal("No watch is named \"nimbuss\". Did you mean \"nimbus\"?", _errors.ToString().Trim());
    }

    [Fact]
    public void Who_has_not_the_secrets_of_the_service_can_try_watches_all_the_same()
    {
        using var folder = Configuration.ConfigurationFolder.With("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"u\" } } }", Configuration.ConfigurationFolder.OneWatch);

        Assert.NotNull(new BacktestVerbChange(folder.Reader, new VerbPaper(_output, null), new VerbPaper(_errors, null)).Without("brand"));
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task The_files_are_compared_with_what_was_applied_last()
    {
        Assert.Null(await _change.FilesAsync(_temp.Store, new ManualClock(), default));
        Assert.Contains("No configuration was applied here yet", _errors.ToString(), StringComparison.Ordinal);

        await _temp.WriteAsync(tx => tx.AddConfig(AppliedFiles.Of(_reader.LoadTexts(), "a test", "all") with { At = s_now }));
        Change("pieces:\n  brand: nimbus\n");
        var path = Path.Combine(_temp.Folder, "config", "watches.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("name: nimbus", "name: renamed", StringComparison.Ordinal));

        var compared = (await _change.FilesAsync(_temp.Store, new ManualClock(), default))!;
        Assert.Equal(("nimbus", "renamed"), (compared.Before.Watches[1].Name, compared.After.Watches[1].Name));
    }

    [Fact]
    public async Task The_sheet_begins_with_the_verdict_and_names_each_complaint_that_would_be_missed()
    {
        await _temp.WriteAsync(tx =>
        {
            var mention = tx.AddMention(Storage.SomeStored.Mention("1", caseId: 12, text: "my nimbus burns\u001b[2J") with { Assessment = Some.Assessment(0.9, Priority.Critical) });
            tx.RecordVerdict(mention, Core.Pipeline.Verdict.AComplaint, new("member:anna", "Anna"), s_now);
            tx.AddMention(Storage.SomeStored.Mention("2", text: "nimbus is late"));
            tx.AddSampled(Some.Post("weather"), 30, s_now);
        });
        var compared = _change.Without("nimbus")!;
        var since = s_now.AddDays(-1);

        var result = await new Backtest(_temp.Store, new Scorer()).RunAsync(new BacktestPlan(compared.Before, compared.After, since));
        new BacktestVerbSheet(result, compared.What, since).WriteTo(new VerbPaper(_output, null));

        Assert.StartsWith(
            """
            Would lose 1 confirmed complaint. Alerts: 2 before, 0 after; 0 gained, 2 lost.
            Tried: without the watch "nimbus".
            On 2 mentions and 1 post that matched nothing, which stand for 30, seen 2026-11-02 09:00 to 2026-11-02 09:00 UTC.

            Confirmed complaints that it would miss
              case  priority  channel  what they wrote      before  after
              12    critical  posts    my nimbus burns [2J  alert   not heard

            Alerts
                          before  after  gained  lost
              all         2       0      0       2
              critical    1       0      0       1
              normal      1       0      0       1
              maybe list  0       0      0       0

            By watch
              watch   before  after  gained  lost
              nimbus  2       0      0       2

            By team
              team  before  after  gained  lost  an hour (busiest)  false alarms before    after
              care  2       0      0       2     2 (2) -> 0 (0)     0% of 1, few verdicts  no verdicts
            """.ReplaceLineEndings(),
            _output.ToString().ReplaceLineEndings());
        Assert.Contains("Other alerts lost, of 2 in all", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sample_it_says_what_can_t_be_told_and_both_reasons_with_their_cures()
    {
        await _temp.WriteAsync(tx => tx.AddMention(Storage.SomeStored.Mention("1", text: "nimbus is late")));
        var compared = _change.Without("nimbus")!;
        var since = s_now.AddDays(-1);

        var result = await new Backtest(_temp.Store, new Scorer()).RunAsync(new BacktestPlan(compared.Before, compared.After, since));
        new BacktestVerbSheet(result, compared.What, since).WriteTo(new VerbPaper(_output, null));

        Assert.Contains(
            "No post of this time that matched no watch is kept, so what a wider watch would gain can't be told. The running bot keeps a sample of them as it reads: try again after a day; or \"Storage\": { \"SampleSize\": 0 } in appsettings.json keeps none: write 20000.",
            _output.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backtest", "--query", "a", "--without", "b")]
    [InlineData("backtest", "--watch", "a")]
    [InlineData("backtest", "--examples", "-1")]
    [InlineData("run", "--keep", "folder")]
    public async Task What_does_not_go_together_is_a_usage_error(params string[] args) => Assert.Equal(Exit.Usage, await CommandLine.RunAsync(args));

    private void Change(string before)
    {
        var path = Path.Combine(_temp.Folder, "config", "watches.yaml");
        File.WriteAllText(path, before + File.ReadAllText(path));
    }
}
