using ListeningBot.Channels;
using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

public sealed class CanaryRunnerTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private readonly HealthBoard _board;
    private readonly WatchBook _watches = new();
    private CancellationTokenSource _stop = new();
    private readonly Dictionary<string, ICanaryPath> _paths = [];
    private readonly Path _inbox = new();
    private Task _run = Task.CompletedTask;

    public CanaryRunnerTests()
    {
        _board = new HealthBoard(_clock);
        _paths["inbox"] = _inbox;
        Watching(Some.Watch() with { AlertAt = 0.2 });
    }

    [Fact]
    public async Task It_goes_in_through_the_channel_and_comes_out_in_the_ops_room_and_is_no_case()
    {
        Recorded? recorded = null;
        _inbox.Arriving = async text =>
        {
            recorded = await HearAsync("inbox", text);
            await ShowAsync("ops");
        };
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });

        var run = await JudgedAsync();

        Assert.True(run.Verdict!.IsWell, Canaries.Line(run.Sent[0]) + string.Concat(run.Verdict.Channels.Values.Concat(run.Verdict.Rooms.Values)));
        Assert.Contains("ops", recorded!.Rooms);
        Assert.Equal((0, 0, 0), (recorded.Mentions, recorded.Cases, recorded.Tray));
        Assert.Equal(0, (await _temp.ReadAsync(view => view.Totals())).Mentions);
        Assert.StartsWith("✓ inbox: arrived after ", Canaries.Line(run.Sent[0]), StringComparison.Ordinal);
        Assert.Contains("matched \"acme\"", Canaries.Line(run.Sent[0]), StringComparison.Ordinal);
        Assert.True(_board.AllWell);
        Assert.False(await IsShownAnewAsync());
    }

    [Fact]
    public async Task A_channel_that_is_deaf_is_told_once_in_the_ops_room_and_in_health_and_is_well_again_with_the_next_one()
    {
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });
        await UntilAsync(view => _inbox.Sent.Count == 1);

        var run = await JudgedAsync();

        Assert.Equal(["inbox"], run.Verdict!.Channels.Keys);
        Assert.Contains("was not heard within 5 min", run.Verdict.Channels["inbox"], StringComparison.Ordinal);
        Assert.Empty(run.Verdict.Rooms);
        Assert.StartsWith("Channel \"inbox\": its canary was not heard", (await _temp.ReadAsync(view => view.NoticeOf(1)))!.Text, StringComparison.Ordinal);
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(2)));
        await UntilAsync(view => !_board.AllWell, TimeSpan.Zero);

        Arrives();
        Assert.True((await JudgedAsync(2)).Verdict!.IsWell);
        await UntilAsync(view => _board.AllWell);
    }

    [Fact]
    public async Task A_room_that_stays_empty_is_told_in_another_notifiers_room_and_on_the_console()
    {
        Arrives(shown: false);
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });

        var run = await JudgedAsync();

        Assert.Equal(["ops"], run.Verdict!.Rooms.Keys);
        Assert.Empty(run.Verdict.Channels);
        var notice = await _temp.ReadAsync(view => view.CardsToShow("care", DateTimeOffset.MaxValue.AddYears(-1000), 10));
        Assert.Equal(["notice:1"], notice.Select(card => card.Key.Subject));
        Assert.Single(await _temp.ReadAsync(view => view.CardsToShow("console", DateTimeOffset.MaxValue.AddYears(-1000), 10)));
        await UntilAsync(view => _logs.Lines.Any(line => line.Text.Contains("canary in room ops", StringComparison.Ordinal)), TimeSpan.Zero);
    }

    [Fact]
    public async Task One_that_no_watch_would_have_alerted_of_is_not_well()
    {
        Watching(Some.Watch() with { AlertAt = 0.999 });
        Arrives();
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });

        Assert.Contains("the watch \"acme\" would not have alerted", (await JudgedAsync()).Verdict!.Channels["inbox"], StringComparison.Ordinal);
        Assert.False(Canaries.Write((await _temp.ReadAsync(view => view.CanaryRunOf(1)))! with { Verdict = null }, new CardKey("canary:1", "ops"), 1).Good);
        Assert.False(await IsShownAnewAsync());
    }

    [Fact]
    public async Task One_that_nobody_heard_is_shown_with_its_verdict()
    {
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });

        Assert.False((await JudgedAsync()).Verdict!.IsWell);
        Assert.True(await IsShownAnewAsync());
    }

    [Fact]
    public async Task What_could_not_be_sent_is_told_with_the_reason()
    {
        _inbox.Fault = new IOException("mail.example refused it. Check the password.");
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });

        Assert.Equal("its canary could not be sent. mail.example refused it. Check the password.", (await JudgedAsync()).Verdict!.Channels["inbox"]);
    }

    [Fact]
    public async Task A_second_copy_or_a_late_one_alarms_nobody_and_a_made_up_token_is_a_post_like_others()
    {
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });
        await UntilAsync(view => _inbox.Sent.Count == 1);
        await JudgedAsync();

        _inbox.Arriving = null;
        await HearAsync("inbox", _inbox.Sent[0].Text);
        var copy = await HearAsync("inbox", _inbox.Sent[0].Text, "copy");
        var forged = await HearAsync("inbox", CanaryText.Write(CanaryText.NewToken(), "acme"), "forged");

        Assert.Equal((0, 0), (copy.Mentions, copy.Rooms.Count));
        Assert.Equal(1, forged.Cases);
        Assert.NotNull((await _temp.ReadAsync(view => view.CanaryRunOf(1)))!.Sent[0].ArrivedAt);
    }

    [Fact]
    public async Task The_verb_asks_the_running_bot_and_says_what_came_out()
    {
        Arrives();
        Start(new CanarySettings { Rooms = ["ops"] });
        var output = new StringWriter();
        var verb = CanaryVerb.RunAsync(_temp.Store, _clock, output, TextWriter.Null, CancellationToken.None);
        await UntilAsync(view => verb.IsCompleted);

        Assert.Equal(Exit.Done, await verb);
        Assert.Contains("✓ inbox: arrived", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("✓ room ops: shown", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_gives_up_when_no_bot_runs_and_takes_its_request_back()
    {
        var errors = new StringWriter();
        var verb = CanaryVerb.RunAsync(_temp.Store, _clock, TextWriter.Null, errors, CancellationToken.None);
        await UntilAsync(view => verb.IsCompleted, TimeSpan.FromSeconds(1));

        Assert.Equal(Exit.BadInput, await verb);
        Assert.Contains("Start it first", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("", await _temp.ReadAsync(view => view.Document(Canaries.Request)));
    }

    [Fact]
    public async Task A_channel_that_stays_deaf_is_told_of_once_however_many_runs_find_it_so()
    {
        Start(new CanarySettings { Every = TimeSpan.FromMinutes(10), Rooms = ["ops"] });

        Assert.False((await JudgedAsync(3)).Verdict!.IsWell);
        Assert.Null(await _temp.ReadAsync(view => view.NoticeOf(2)));

        Arrives();
        await UntilAsync(view => view.LatestCanaryRun() is { Verdict.IsWell: true });
        _inbox.Arriving = null;
        await UntilAsync(view => view.LatestCanaryRun() is { Verdict.IsWell: false });
        Assert.NotNull(await _temp.ReadAsync(view => view.NoticeOf(2)));
    }

    [Fact]
    public async Task What_is_no_longer_configured_is_not_unwell_for_ever()
    {
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });
        await JudgedAsync();
        await UntilAsync(view => !_board.AllWell, TimeSpan.Zero);
        await _stop.CancelAsync();
        await _run;

        _paths.Remove("inbox");
        _stop = new CancellationTokenSource();
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });

        await UntilAsync(view => _board.AllWell, TimeSpan.Zero);
    }

    [Fact]
    public async Task One_whose_sending_is_cut_off_by_an_edit_of_the_configuration_is_not_called_unheard()
    {
        var sending = new TaskCompletionSource();
        _inbox.Arriving = async _ =>
        {
            sending.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(_stop.Token);
        };
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });
        await sending.Task;
        await _stop.CancelAsync();
        await _run;

        _stop = new CancellationTokenSource();
        Start(new CanarySettings { Every = TimeSpan.FromHours(6), Rooms = ["ops"] });
        await UntilAsync(view => view.CanaryRunOf(1)?.Verdict is not null, TimeSpan.FromSeconds(20));

        Assert.StartsWith("its canary could not be sent. It was stopped meanwhile", (await JudgedAsync()).Verdict!.Channels["inbox"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_waits_for_its_own_run_though_another_begins_meanwhile()
    {
        var output = new StringWriter();
        var verb = CanaryVerb.RunAsync(_temp.Store, _clock, output, output, CancellationToken.None);
        await UntilAsync(view => view.Document(Canaries.Request) is { Length: > 0 }, TimeSpan.Zero);
        var run = new CanaryRun { StartedAt = _clock.GetUtcNow(), Until = _clock.GetUtcNow().AddMinutes(5), Sent = [new CanarySent("inbox", CanaryText.NewToken(), null)], Rooms = [] };
        await _temp.WriteAsync(tx => tx.AddCanaryRun(run with { AskedAs = tx.Document(Canaries.Request) }));
        var arrived = run with { Id = 1, Sent = [run.Sent[0] with { SentAt = run.StartedAt, ArrivedAt = run.StartedAt, Complaint = 0.9 }] };
        await _temp.WriteAsync(tx => tx.UpdateCanaryRun(arrived with { AskedAs = tx.CanaryRunOf(1)!.AskedAs }));
        await UntilAsync(view => output.ToString().Contains("arrived", StringComparison.Ordinal), TimeSpan.FromMilliseconds(500));

        await _temp.WriteAsync(tx => tx.AddCanaryRun(run with { Sent = [new CanarySent("inbox", CanaryText.NewToken(), null)] }));
        await UntilAsync(view => _clock.GetUtcNow() > run.StartedAt.AddSeconds(40), TimeSpan.FromMilliseconds(500));
        await _temp.WriteAsync(tx => tx.UpdateCanaryRun(tx.CanaryRunOf(1)! with { Verdict = new CanaryVerdict(_clock.GetUtcNow(), new Dictionary<string, string>(), new Dictionary<string, string>()) }));
        await UntilAsync(view => verb.IsCompleted, TimeSpan.FromMilliseconds(500));

        Assert.Equal((Exit.Done, false), (await verb, output.ToString().Contains("No running bot", StringComparison.Ordinal)));
    }

    private void Watching(Watch watch) => _watches.Swap(WatchSet.Build([watch], Ours.Nobody));

    private void Start(CanarySettings settings)
    {
        Room[] rooms = [new Room("care", "mail", "care@acme.example"), new Room("ops", "discord", "1")];
        var runner = new CanaryRunner(_temp.Store, settings, _paths, rooms, _watches, new RoomBells(_clock), _board, _clock, _logs.CreateLogger<CanaryRunner>());
        _run = Task.Run(() => runner.RunAsync(_stop.Token));
    }

    /// <summary>As the channel's run would.</summary>
    private Task<Recorded> HearAsync(string channel, string text, string id = "letter")
    {
        var post = Some.Post(text, id, channel);
        var harvest = new Intake(new ScorerBook(), new OpenThreads()).Take(channel, PostBatch.Of([post], new Cursor(id)), _watches.Current);
        return _temp.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, _clock.GetUtcNow()));
    }

    private Task ShowAsync(string room) => _temp.WriteAsync(tx =>
    {
        foreach (var card in tx.CardsToShow(room, _clock.GetUtcNow(), 100))
        {
            tx.CardShown(card.Key, card.Wanted, new MessageRef(card.Key.Subject), _clock.GetUtcNow());
        }
    });

    /// <summary>Whether the ops room, which has the canary as it came in, is to show it once more.</summary>
    private Task<bool> IsShownAnewAsync() => _temp.ReadAsync(view => view.CardsToShow("ops", _clock.GetUtcNow(), 100).Any(card => card.Key.Subject == "canary:1"));

    private async Task<CanaryRun> JudgedAsync(long id = 1)
    {
        await UntilAsync(view => view.CanaryRunOf(id)?.Verdict is not null);
        return (await _temp.ReadAsync(view => view.CanaryRunOf(id)))!;
    }

    /// <summary>What is sent from now on arrives at once.</summary>
    private void Arrives(bool shown = true) => _inbox.Arriving = async text =>
    {
        await HearAsync("inbox", text);
        if (shown)
        {
            await ShowAsync("ops");
        }
    };

    /// <summary>Time goes on until this holds.</summary>
    private async Task UntilAsync(Func<IStoreView, bool> holds, TimeSpan? step = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await _temp.ReadAsync(holds))
        {
            Assert.False(deadline.IsCancellationRequested, string.Join('\n', _logs.Lines.Select(line => line.Text)));
            _clock.Advance(step ?? (_inbox.Sent.Count == 0 && _inbox.Fault is null ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(20)));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        await _temp.DisposeAsync();
        _stop.Dispose();
    }

    private sealed class Path : ICanaryPath
    {
        public List<(string Id, string Text)> Sent { get; } = [];
        public Exception? Fault { get; set; }

        public Func<string, Task>? Arriving { get; set; }

        public async Task SendAsync(string id, string title, string text, CancellationToken ct)
        {
            if (Fault is { } fault)
            {
                throw fault;
            }
            await (Arriving?.Invoke(text) ?? Task.CompletedTask);
            Sent.Add((id, text));
        }
    }
}
