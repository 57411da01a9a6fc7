using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Configuration;

/// <summary>Edits while the bot runs, and what a restart starts with.</summary>
public sealed class LiveSettingsTests : IAsyncDisposable
{
    private const string Two = "{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\", \"Words\": [\"x\"] }, \"news\": { \"Kind\": \"feed\", \"Url\": \"https://b.example/\" } } }";

    private readonly ConfigurationFolder _folder = ConfigurationFolder.With(Two, ConfigurationFolder.OneWatch);
    private readonly TempStore _store = new();
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private CancellationTokenSource _stop = new();
    private readonly List<string> _told = [];
    private Task _running = Task.CompletedTask;
    private (Settings Old, Settings New)? _change;

    [Fact]
    public async Task A_good_edit_is_in_force_within_two_seconds()
    {
        var live = await RunAsync();

        _folder.Write("config/watches.yaml", "watches:\n  - name: brand\n    find: [nimbus, nimbusbook]\n");
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(["changed"], _told);
        Assert.Equal(["nimbus", "nimbusbook"], live.Current.Watches[0].Find);
        Assert.Equal(["nimbus"], _change?.Old.Watches[0].Find);
    }

    [Fact]
    public async Task A_database_that_is_away_for_long_is_told_once_without_a_stack_and_once_when_it_is_back()
    {
        using var logs = new CollectedLogs();
        var away = new AwayStore(_store.Store);
        var live = await LiveSettings.StartAsync(_folder.Reader, _folder.Reader.Read(), away, LiveSettings.Unguarded, _clock, new Logger<LiveSettings>(logs), CancellationToken.None);
        _running = live!.RunAsync(SettingsListener.Nobody, _stop.Token);

        await PassAsync(TimeSpan.FromSeconds(2));
        away.IsAway = true;
        await PassAsync(TimeSpan.FromMinutes(1));
        away.IsAway = false;
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(["Looking at the configuration failed: No server answers. It is looked at again twice a second; this is told once.", "The configuration is looked at again"],
            logs.Lines.Where(line => line.Event is 109 or 114).Select(line => line.Text));
    }

    private sealed class AwayStore(IStore store) : IStore
    {
        public bool IsAway { get; set; }

        public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default) => IsAway ? Task.FromException<T>(new StoreException("No server answers.")) : store.WriteAsync(work, ct);

        public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => IsAway ? Task.FromException<T>(new StoreException("No server answers.")) : store.ReadAsync(work, ct);
    }

    [Fact]
    public async Task What_an_edit_leaves_alone_stays_the_same_object()
    {
        var live = await RunAsync();
        var before = live.Current;

        _folder.Write("appsettings.json", Two.Replace("b.example", "c.example"));
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Same(before.Channels[0], live.Current.Channels[0]);
        Assert.NotEqual(before.Channels[1], live.Current.Channels[1]);
        Assert.Same(before.Watches, live.Current.Watches);
        Assert.Same(before.Notifiers, live.Current.Notifiers);
        Assert.Same(before.Http, live.Current.Http);
    }

    [Fact]
    public async Task An_edited_reply_restarts_no_channel()
    {
        var live = await RunAsync();
        var before = live.Current;

        _folder.Write("config/replies.yaml", "ask:\n  en:\n    any: What now?\n");
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("What now?", Assert.Single(live.Current.Playbook.Replies).Template);
        Assert.Same(before.Channels, live.Current.Channels);
        Assert.Same(before.Watches, live.Current.Watches);
        Assert.Same(before.Notifiers, live.Current.Notifiers);

        var after = live.Current.Playbook;
        _folder.Write("config/replies.yaml", "# the same, with a comment\nask:\n  en:\n    any: What now?\n").Write("config/gestures.yaml", "gestures: []\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Same(after, live.Current.Playbook);
        Assert.Equal(["changed"], _told);
    }

    [Fact]
    public async Task A_bad_gesture_leaves_the_last_good_ones()
    {
        _folder.Write("config/gestures.yaml", "gestures:\n  - name: flowers\n");
        var live = await RunAsync();

        _folder.Write("config/gestures.yaml", "gestures:\n  - name: flowers\n    severity: 9\n");
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("flowers", Assert.Single(live.Current.Playbook.Gestures).Name);
        Assert.Equal("config/gestures.yaml", Path.GetRelativePath(_folder.Root, Assert.Single(live.Problems).File));
    }

    [Fact]
    public async Task Responders_and_their_calendars_are_live_and_a_bad_edit_of_them_changes_nothing()
    {
        _folder.Write("config/responders.yaml", "members:\n  - id: anna\nteams:\n  - name: care\n    members: anna\n");
        var live = await RunAsync();
        var before = live.Current;

        _folder.Write("config/watches.yaml", "watches:\n  - name: brand\n    find: [nimbus, nimbusbook]\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Same(before.Responders, live.Current.Responders);

        _folder.Write("config/responders.yaml", "members:\n  - id: anna\nteams:\n  - name: care\n    members: ana\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Same(before.Responders, live.Current.Responders);

        _folder.Write("config/responders.yaml", "members:\n  - id: anna\nteams:\n  - name: care\n    members: anna\n    holidays: a.ics\n")
            .Write("config/a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224\nEND:VEVENT\nEND:VCALENDAR\n");
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Single(live.Current.Responders.TeamOf("care").Closed.Holidays);
        Assert.Same(before.Channels, live.Current.Channels);
        Assert.Same(before.Rooms, live.Current.Rooms);

        File.Delete(Path.Combine(_folder.Root, "config/a.ics"));
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Single(live.Current.Responders.TeamOf("care").Closed.Holidays);

        _folder.Write("config/responders.yaml", "members:\n  - id: anna\nteams:\n  - name: care\n    members: anna\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(live.Current.Responders.TeamOf("care").Closed.Holidays);
        Assert.Equal(3, _told.Count(told => told == "changed"));
    }

    [Fact]
    public async Task A_changed_credentials_file_is_an_edit_too()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "credentials"));
        _folder.Write("appsettings.json", "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" } } }").Write("credentials/Channels__inbox__Password", "first");
        _folder.Sources = _folder.Sources with { CredentialsFolder = Path.Combine(_folder.Root, "credentials") };
        var live = await RunAsync();

        _folder.Write("credentials/Channels__inbox__Password", "second");
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("second", ((BoxOptions)live.Current.Channels[0].Options).Password);
    }

    [Fact]
    public async Task An_edit_that_means_the_same_is_told_to_nobody()
    {
        await RunAsync();
        _folder.Write("appsettings.json", "// a comment\n" + Two);
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_bad_edit_changes_nothing_and_is_told_once_and_once_more_when_mended()
    {
        var live = await RunAsync();
        var before = live.Current;

        _folder.Write("config/watches.yaml", "watches:\n  - name: brand\n\tfind: [x]\n");
        await PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["broke: 3"], _told);
        Assert.Same(before, live.Current);
        Assert.Single(live.Problems);

        _folder.Write("config/watches.yaml", ConfigurationFolder.OneWatch);
        await PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["broke: 3", "mended"], _told);
        Assert.Same(before, live.Current);
        Assert.Empty(live.Problems);
    }

    [Fact]
    public async Task Malformed_json_does_not_empty_what_is_in_force()
    {
        var live = await RunAsync();
        _folder.Write("appsettings.json", "{ \"Channels\": {");
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(2, live.Current.Channels.Count);
        Assert.Equal(["broke: 1"], _told);
    }

    [Fact]
    public async Task Mended_by_another_change_tells_the_change_and_the_mending()
    {
        await RunAsync();
        _folder.Write("config/watches.yaml", "watches: 1\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        _folder.Write("config/watches.yaml", "watches:\n  - name: other\n    find: [y]\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["broke: 1", "changed", "mended"], _told);
    }

    [Fact]
    public async Task A_half_written_file_is_not_judged()
    {
        var live = await RunAsync();

        _folder.Write("config/watches.yaml", "watches:\n  - na");
        await PassAsync(TimeSpan.FromMilliseconds(600));
        _folder.Write("config/watches.yaml", "watches:\n  - name: brand\n    find: [whole]\n");
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(["changed"], _told);
        Assert.Equal(["whole"], live.Current.Watches[0].Find);
    }

    [Theory]
    [InlineData("appsettings.json", "Put back a copy of your own: a start without it knows no channel that it names.")]
    [InlineData("config/watches.yaml", "Put it back (`listeningbot config restore 1` writes it as it was live last).")]
    public async Task A_file_that_is_gone_changes_nothing(string name, string cure)
    {
        var live = await RunAsync();
        File.Delete(Path.Combine(_folder.Root, name));
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal((2, 1), (live.Current.Channels.Count, live.Current.Watches.Count));
        var problem = Assert.Single(live.Problems);
        Assert.Equal(("is gone", cure), (problem.What, problem.Cure));
    }

    /// <summary>What no bot needs can be done without, and that takes no restart.</summary>
    [Theory]
    [InlineData("responders.yaml")]
    [InlineData("replies.yaml")]
    [InlineData("gestures.yaml")]
    public async Task A_file_that_need_not_be_there_is_put_back_or_left_empty(string name)
    {
        _folder.Write("config/" + name, "# Nothing yet.\n");
        var live = await RunAsync();
        File.Delete(Path.Combine(_folder.Root, "config", name));
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("Put it back (`listeningbot config restore 1` writes it as it was live last), or leave an empty file there to do without it.", Assert.Single(live.Problems).Cure);

        _folder.Write("config/" + name, "");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(live.Problems);
    }

    [Fact]
    public async Task A_listener_that_fails_does_not_stop_the_looking()
    {
        var live = await StartAsync();
        _running = live!.RunAsync(new SettingsListener((_, _) => throw new InvalidOperationException("no"), _ => Task.CompletedTask, () => Task.CompletedTask, _ => { }), _stop.Token);
        _folder.Write("config/watches.yaml", "watches:\n  - name: a\n    find: [x]\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        _folder.Write("config/watches.yaml", "watches:\n  - name: b\n    find: [x]\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("b", live.Current.Watches[0].Name);
    }

    [Fact]
    public async Task A_version_that_could_not_be_put_in_force_is_tried_again_and_told_once()
    {
        var (tries, well, before) = (0, false, new List<string>());
        var live = await StartAsync();
        _running = live!.RunAsync(
            new SettingsListener(
                (old, now) =>
                {
                    tries++;
                    before.Add($"{old.Watches[0].Name} {now.Watches[0].Name}");
                    return well ? Task.CompletedTask : throw new IOException("The store is away.");
                },
                _ => Task.CompletedTask, () => Task.CompletedTask, _ => { }),
            _stop.Token);
        var first = live.Current.Watches[0].Name;
        _folder.Write("config/watches.yaml", "watches:\n  - name: a\n    find: [x]\n");
        await PassAsync(TimeSpan.FromSeconds(3));
        _folder.Write("config/watches.yaml", "watches:\n  - name: b\n    find: [x]\n");
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.True(tries > 2, $"tried {tries} times");
        Assert.Single(_logs.Lines, line => line.Text.Contains("could not be put in force", StringComparison.Ordinal));

        well = true;
        await PassAsync(TimeSpan.FromSeconds(2));
        var done = tries;
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(($"{first} b", done), (before[^1], tries));
    }

    [Fact]
    public async Task A_restart_with_a_bad_file_runs_with_the_last_good_one_and_says_so()
    {
        await RunAsync();
        _folder.Write("config/watches.yaml", "watches:\n  - name: second\n    find: [y]\n");
        await PassAsync(TimeSpan.FromSeconds(2));
        await StopAsync();

        _folder.Write("config/watches.yaml", "watches:\n  - name: third\n").Write("appsettings.json", "{");
        var live = await StartAsync();

        Assert.Equal("second", live?.Current.Watches[0].Name);
        Assert.Equal(2, live?.Current.Channels.Count);
        Assert.Equal(["appsettings.json", "watches.yaml"], live?.Problems.Select(p => Path.GetFileName(p.File)));
        Assert.StartsWith("The configuration has 2 errors; the last good one stays in force.\n", LiveSettings.TextOf(live!.Problems));
    }

    [Fact]
    public async Task After_such_a_restart_mending_the_file_is_told()
    {
        await RunAsync();
        await StopAsync();
        _folder.Write("config/watches.yaml", "watches: 1\n");
        await RunAsync();
        _folder.Write("config/watches.yaml", ConfigurationFolder.OneWatch);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(["mended"], _told);
    }

    [Fact]
    public async Task The_very_first_start_with_a_bad_file_has_nothing_to_run_with()
    {
        _folder.Write("config/watches.yaml", "watches: 1\n");
        Assert.Null(await StartAsync());
    }

    [Fact]
    public async Task What_was_kept_is_read_with_todays_secrets_and_holds_none()
    {
        const string Variable = "LISTENINGBOT__Channels__inbox__Password";
        _folder.Write("appsettings.json", "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" } } }").Given(Variable, "first-secret");
        await StartAsync();
        _folder.Write("appsettings.json", "{").Given(Variable, "second-secret");

        var live = await StartAsync();

        Assert.Equal("second-secret", ((BoxOptions)live!.Current.Channels[0].Options).Password);
        var kept = await _store.ReadAsync(view => view.ConfigOf(1)!.Files);
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString([.. kept.Split('"').Where(p => p.Length > 40).SelectMany(Convert.FromBase64String)]));
    }

    [Fact]
    public async Task A_kept_document_that_makes_no_sense_counts_as_none()
    {
        await _store.WriteAsync(tx => tx.KeepDocument("configuration", "{ nonsense", ManualClock.Start));
        _folder.Write("appsettings.json", "{");
        Assert.Null(await StartAsync());
    }

    private async Task<LiveSettings?> StartAsync()
    {
        var reader = _folder.Reader;
        return await LiveSettings.StartAsync(reader, reader.Read(), _store.Store, LiveSettings.Unguarded, _clock, _logs.CreateLogger<LiveSettings>(), CancellationToken.None);
    }

    private async Task<LiveSettings> RunAsync()
    {
        var live = await StartAsync();
        Assert.NotNull(live);
        _running = live.RunAsync(
            new SettingsListener(
                (old, now) =>
                {
                    _change = (old, now);
                    return Tell("changed");
                },
                problems => Tell($"broke: {string.Join(',', problems.Select(p => p.Line))}"),
                () => Tell("mended"),
                _ => { }),
            _stop.Token);
        return live;
    }

    private Task Tell(string what)
    {
        _told.Add(what);
        return Task.CompletedTask;
    }

    /// <summary>Lets time pass in steps that end only when the looking sleeps again.</summary>
    private async Task PassAsync(TimeSpan span)
    {
        var step = TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
        {
            await AsleepAsync();
            _clock.Advance(step);
        }
        await AsleepAsync();
    }

    private async Task AsleepAsync()
    {
        while (_clock.Waiting == 0 && !_running.IsCompleted)
        {
            await Task.Yield();
        }
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
