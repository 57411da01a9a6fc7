using System.Text.Json.Nodes;
using ListeningBot.Cli;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cli;

public sealed class StatusVerbTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Nothing_is_needed_where_all_is_well()
    {
        await OpenAsync(Priority.High);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var state = await StateAsync(Program("""{"name":"channel blog","state":"listening","since":"2026-01-01T00:00:00Z","lastHeard":"2026-01-01T00:00:00Z","read":12345}"""));

        Assert.Empty(StatusNeeds.Of(state));
        var screen = Screen(state);
        Assert.Contains("ListeningBot 0.1.0 runs since 2026-01-01 00:00 UTC", screen, StringComparison.Ordinal);
        Assert.Matches(@"blog +listening .* 12,345 ", screen);
        Assert.Matches(@"high +0 +1 +60 s", screen);
        Assert.EndsWith("All is well: nothing needs you now.\n", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Critical_cases_that_wait_for_less_than_ten_minutes_are_told_where_all_is_well()
    {
        await OpenAsync(Priority.Critical);
        _clock.Advance(TimeSpan.FromMinutes(4));
        var one = await StateAsync(Program());
        await OpenAsync(Priority.Critical, "2");
        var two = await StateAsync(Program());

        Assert.Empty(StatusNeeds.Of(two));
        Assert.EndsWith("All is well: nothing needs you now. A critical case waits that nobody has, for 4 min: after 10 min it needs you.\n", Screen(one), StringComparison.Ordinal);
        Assert.EndsWith("All is well: nothing needs you now. 2 critical cases wait that nobody has, the oldest for 4 min: after 10 min they need you.\n", Screen(two), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_a_human_is_said_with_its_cure()
    {
        var id = await OpenAsync(Priority.Critical);
        await _temp.WriteAsync(tx => tx.AddDead(new DeadLetter(DeadKind.Item, "blog", "an item", "not understood"), _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromMinutes(20));
        var state = await StateAsync(Program(
            """{"name":"channel blog","state":"failing","since":"2026-01-01T00:00:00Z","why":"the password is refused. Give the app password"}""",
            """{"name":"authors","state":"listening","since":"2026-01-01T00:00:00Z"}"""));

        var needs = StatusNeeds.Of(state).ToList();

        Assert.Contains(needs, need => need.StartsWith("channel blog fails since ", StringComparison.Ordinal) && need.EndsWith("Give the app password", StringComparison.Ordinal));
        Assert.Contains(needs, need => need.Contains($"Case {id} is critical, and nobody has it for 20 min", StringComparison.Ordinal));
        Assert.Contains(needs, need => need.Contains("A card waits for the room care, the oldest for 20 min", StringComparison.Ordinal));
        Assert.Contains(needs, need => need.Contains("listeningbot dead", StringComparison.Ordinal));
        Assert.All(needs, need => Assert.Contains($"  ! {need}\n", Screen(state), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_several_critical_cases_that_nobody_has_each_is_counted_once_it_waits_too_long()
    {
        foreach (var post in Enumerable.Range(1, 7))
        {
            await OpenAsync(Priority.Critical, $"{post}");
        }
        _clock.Advance(TimeSpan.FromMinutes(15));
        await OpenAsync(Priority.Critical, "8");
        _clock.Advance(TimeSpan.FromMinutes(5));
        var state = await StateAsync(Program());

        Assert.Contains("7 cases are critical, and nobody has them: 1, 2, 3, 4, 5 and 2 more, the oldest for 20 min. Claim each on its card; listeningbot cases show NUMBER shows one.", StatusNeeds.Of(state));
        Assert.Equal((1, 8), ((long)StatusVerbJson.Of(state, [])["oldestUnclaimedCritical"]!["case"]!, (int)StatusVerbJson.Of(state, [])["unclaimedCritical"]!));
    }

    [Fact]
    public async Task Open_cases_of_a_team_that_is_not_there_any_more_need_somebody()
    {
        var id = await OpenAsync(Priority.Normal);
        await _temp.WriteAsync(tx => tx.AddAlarm(new Alarm(id, "NoTeam"), _clock.GetUtcNow()));

        Assert.StartsWith("Case 1 is open and of the team \"care\", which neither a watch nor responders.yaml names now: nobody is called for it. Its card is in ", Assert.Single(StatusNeeds.Of(await StateAsync(Program()))), StringComparison.Ordinal);

        await _temp.WriteAsync(tx => tx.SaveCase(tx.CaseOf(id)! with { State = CaseState.Closed, Version = 2 }, new Noted(new Responder("discord:ana", "Ana"), "done", _clock.GetUtcNow()), _clock.GetUtcNow()));
        Assert.Empty(StatusNeeds.Of(await StateAsync(Program())));
    }

    /// <summary>A file that was moved away under a running bot: whoever looks for it by its name is told that there never was one.</summary>
    [Fact]
    public async Task A_store_that_fails_is_told_once_and_of_all_that_need_it_that_they_wait()
    {
        const string Since = "\"state\":\"failing\",\"since\":\"2026-11-02T09:00:00Z\"";
        const string Why = "\"why\":\"The database bot.db was moved. Put it back.\"";
        _clock.Advance(TimeSpan.FromMinutes(5));
        var state = await StateAsync(Program(
            $"{{\"name\":\"channel blog\",{Since},{Why}}}", $"{{\"name\":\"channel forum\",{Since},\"why\":\"no network\"}}", $"{{\"name\":\"room care\",{Since},{Why}}}", $"{{\"name\":\"store\",{Since},{Why}}}",
            $"{{\"name\":\"threads\",{Since},\"why\":\"What became of the posts can't be asked for: The database bot.db was moved. Put it back.\"}}"));
        state = state with { Store = null, StoreFault = "There is no database bot.db." };

        Assert.Equal(
            ["channel forum fails since 5 min: no network", "store fails since 5 min: The database bot.db was moved. Put it back. Until then these wait for it: channel blog, room care, threads."],
            StatusNeeds.Of(state));
        Assert.Contains("The store can't be read: There is no database bot.db.", StatusNeeds.Of(state with { Program = Program() }));
    }

    [Fact]
    public async Task A_program_that_does_not_run_needs_somebody_to_start_it_and_a_store_that_is_broken_somebody_who_looks()
    {
        await new Heartbeat(_temp.Store, _clock).StartAsync([], CancellationToken.None);
        Assert.Empty(StatusNeeds.Of(await StateAsync(program: null)));
        _clock.Advance(TimeSpan.FromMinutes(5));
        var state = await StateAsync(program: null);

        Assert.Contains("does not run since 20", Assert.Single(StatusNeeds.Of(state)), StringComparison.Ordinal);
        Assert.StartsWith("ListeningBot does not run.\n", Screen(state), StringComparison.Ordinal);

        var broken = new StatusState(_clock.GetUtcNow(), "bot.db", 1, null, null, "The disk is gone.") { AnswersAt = new Uri("http://127.0.0.1:8473") };
        Assert.Equal(
            ["The store can't be read", "The files here have an error, as this account sees them, so that no edit would go live. listeningbot check names it with the cure; a secret that only the service is given is missing here and not there.", "ListeningBot does not run"],
            StatusNeeds.Of(broken).Select(need => need.StartsWith("The files", StringComparison.Ordinal) ? need : need.Split(':')[0]));
        Assert.Contains("ListeningBot does not run.\nStore: bot.db\nConfiguration: not known; the files here have errors\n", Screen(broken), StringComparison.Ordinal);
    }

    /// <summary>It may run very well: who is told to start it starts a second one.</summary>
    [Fact]
    public void Whether_it_runs_nobody_can_tell_where_it_can_not_be_asked_and_the_store_can_not_be_read()
    {
        var broken = new StatusState(_clock.GetUtcNow(), "bot.db", 0, null, null, "The disk is gone.");

        Assert.Equal(["The store can't be read: The disk is gone.", "Whether ListeningBot runs can't be told: Web:Listen is empty, so that it can't be asked, and the store can't be read. Look with systemctl status listeningbot; with Web:Listen set, this says it."], StatusNeeds.Of(broken));
        Assert.StartsWith("Whether ListeningBot runs can't be told: Web:Listen is empty, and the store can't be read.\n", Screen(broken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_before_the_first_start_keep_it_from_starting()
    {
        var nothing = new StatusState(_clock.GetUtcNow(), "bot.db", 2, null, null, "There is no database bot.db.") { HasGoodVersion = false };
        Assert.Contains(StatusNeeds.Of(nothing), need => need.StartsWith("The files here have 2 errors, as this account sees them, so that it can't start. ", StringComparison.Ordinal));

        var empty = await StateAsync(program: null) with { ConfigErrors = 1 };
        Assert.False(empty.HasGoodVersion);
        Assert.Contains(StatusNeeds.Of(empty), need => need.Contains("so that it can't start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_ended_just_now_is_not_well_although_its_last_sign_of_life_is_fresh()
    {
        await new Heartbeat(_temp.Store, _clock).StartAsync([], CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        var state = await StateAsync(program: null) with { AnswersAt = new Uri("http://127.0.0.1:8473") };

        Assert.StartsWith("ListeningBot does not answer at 127.0.0.1:8473: it was stopped within two minutes, hangs, or can't listen there.", Assert.Single(StatusNeeds.Of(state)), StringComparison.Ordinal);
        Assert.StartsWith("ListeningBot gave a sign of life within the last two minutes; at 127.0.0.1:8473 nothing answers now.\n", Screen(state), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_program_on_the_port_says_is_not_taken_for_the_answer_of_this_one()
    {
        await new Heartbeat(_temp.Store, _clock).StartAsync([], CancellationToken.None);
        var state = await StateAsync(program: null) with { AnswersAt = new Uri("http://127.0.0.1:8473"), IsAnother = true };

        Assert.StartsWith("At 127.0.0.1:8473 answers a ListeningBot with another store, and this one can't be asked.", Assert.Single(StatusNeeds.Of(state)), StringComparison.Ordinal);
        Assert.StartsWith("At 127.0.0.1:8473 answers a ListeningBot with another store.\n", Screen(state), StringComparison.Ordinal);
        var told = ProgramState.Of(new Uri("http://127.0.0.1:8473"), JsonNode.Parse("""{"store":{"mark":"0a1b2c3d"},"parts":[]}"""));
        Assert.Equal("0a1b2c3d", told?.StoreMark);
        Assert.Null(Program()?.StoreMark);
        Assert.NotEqual(new ListeningBot.Storage.StorePlace("/a/bot.db").Mark, new ListeningBot.Storage.StorePlace("/b/bot.db").Mark);
    }

    /// <summary>The program goes on by the time before; whoever was called because of the clock must read of the clock.</summary>
    [Fact]
    public async Task A_clock_that_somebody_set_wrong_is_told_and_nothing_is_late_by_it()
    {
        var told = ProgramState.Of(new Uri("http://127.0.0.1:8473"), JsonNode.Parse("""{"now":"2026-11-02T09:00:00Z","clock":"This machine's clock was set 01:00:00 back. Set the clock right.","parts":[]}"""));

        Assert.Equal(["This machine's clock was set 01:00:00 back. Set the clock right."], StatusNeeds.Of(await StateAsync(told)));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero), told!.Now);
    }

    [Fact]
    public async Task Errors_in_the_files_need_somebody()
    {
        var state = await StateAsync(Program()) with { ConfigErrors = 1 };

        Assert.Equal(["The files here have an error, as this account sees them, so that no edit would go live. listeningbot check names it with the cure; a secret that only the service is given is missing here and not there."], StatusNeeds.Of(state));
        Assert.Contains("Configuration: no version yet; the files here have errors\n", Screen(state), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_machines_share_the_work_it_says_who_has_what_and_who_is_gone()
    {
        var state = await StateAsync(Of("""{"node":"care-1","roles":[{"role":"channel blog","epoch":3},{"role":"authors","epoch":1}],"nodes":[{"name":"care-2","roles":[{"role":"channel forum","epoch":2},{"role":"channel sky","epoch":2}]}],"gone":[{"name":"care-3"}],"clockAheadSeconds":1.5,"why":"This machine's clock is 1.5 s ahead of the database's."}"""));

        Assert.Contains("Machine care-1: runs channel blog, authors.\nMachine care-2: runs channel forum, channel sky. How these are, its own status tells.\n", Screen(state), StringComparison.Ordinal);
        Assert.Equal(["This machine's clock is 1.5 s ahead of the database's.", "The machine care-3 is gone; the others do its work. Start it again; one that was taken away on purpose is forgotten a day after it was last seen."], StatusNeeds.Of(state));
        var other = StatusVerbJson.Of(state, [])["program"]!["machine"]!["others"]![0]!;
        Assert.Equal(("care-2", "channel forum"), ((string?)other["name"], (string?)other["roles"]![0]));
    }

    [Fact]
    public async Task A_channel_that_no_machine_runs_is_told_once_it_is_not_just_between_two()
    {
        var now = _clock.GetUtcNow();
        var state = await StateAsync(Of("""{"node":"care-2","roles":[],"nodes":[],"nobody":["channel forum","channel sky"]}"""));
        state = state with { Store = state.Store! with { Channels = [new ChannelSeen("forum", now.AddMinutes(-5), null, TimeSpan.Zero, 0), new ChannelSeen("sky", now.AddSeconds(-2), null, TimeSpan.Zero, 0)] } };

        Assert.Equal(["channel forum is run by no machine and was last heard 5 min ago, though a free one is taken within seconds. The log of each machine says why it takes nothing; start anew the one that hangs."], StatusNeeds.Of(state));
        Assert.Matches("(?m)^ *forum +nobody ", Screen(state));
    }

    /// <summary>A channel that nobody hears must not be well on the screen of a machine that does not run it.</summary>
    [Fact]
    public async Task What_is_dark_on_another_machine_is_told_on_this_one()
    {
        var now = _clock.GetUtcNow();
        var state = await StateAsync(Of("""{"node":"care-1","roles":[],"nodes":[{"name":"care-2","roles":[{"role":"channel forum","epoch":2},{"role":"channel sky","epoch":2},{"role":"notifier discord","epoch":2}]}]}"""));
        state = state with { RoleOf = new Dictionary<string, string?> { ["server"] = "notifier discord", ["forms"] = null }, Store = state.Store! with { Channels = [new ChannelSeen("forum", now, now.AddMinutes(-3), TimeSpan.FromMinutes(3), 0), new ChannelSeen("sky", now, null, TimeSpan.Zero, 2), new ChannelSeen("of old", now, now, TimeSpan.Zero, 0), new ChannelSeen("forms", now, now, TimeSpan.Zero, 0), new ChannelSeen("server", now, now.AddHours(-5), TimeSpan.FromHours(5), 0)] } };

        Assert.Equal(["channel forum hears nothing since 3 min. The machine care-2 runs it: its status says why.", "channel server hears nothing since 5 h. The machine care-2 runs it: its status says why."], StatusNeeds.Of(state));
        var screen = Screen(state);
        Assert.Matches("(?m)^ *forum +dark +3 min ", screen);
        Assert.Matches("(?m)^ *sky +elsewhere ", screen);
        Assert.DoesNotContain("of old", screen, StringComparison.Ordinal);
        Assert.EndsWith("All is well here: nothing needs you on this machine now.\n", Screen(state with { Store = state.Store with { Channels = [] } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_nobody_stopped_is_told_while_it_does_not_run_and_for_a_day_after_the_next_start()
    {
        await new Heartbeat(_temp.Store, _clock).StartAsync([], CancellationToken.None);
        await _temp.WriteAsync(tx => LastRun.Begin(tx, null, _clock.GetUtcNow()));
        Assert.DoesNotContain("not stopped", Screen(await StateAsync(Program())), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("ListeningBot does not run since 2026-11-02 09:00 UTC: nothing is heard. Nobody stopped it, or the store took no changes then. What ended it stands in the service manager's log (with systemd: journalctl -u listeningbot). Start it: systemctl start listeningbot, or listeningbot run.", Assert.Single(StatusNeeds.Of(await StateAsync(program: null))));

        await _temp.WriteAsync(tx => LastRun.Begin(tx, LastRun.Unstopped(tx), _clock.GetUtcNow()));
        const string Told = "The run before was not stopped in order, or the store took no changes when it was: last sign of life 2026-11-02 09:00 UTC, started again 2 h later. What ended it stands in the service manager's log (with systemd: journalctl -u listeningbot).\n";
        Assert.Contains(Told, Screen(await StateAsync(Program())), StringComparison.Ordinal);
        Assert.Empty(StatusNeeds.Of(await StateAsync(Program())));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain(Told, Screen(await StateAsync(Program())), StringComparison.Ordinal);

        await _temp.WriteAsync(tx => LastRun.Stop(tx, _clock.GetUtcNow()));
        Assert.DoesNotContain("Nobody stopped it", Assert.Single(StatusNeeds.Of(await StateAsync(program: null))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_last_backup_was_made_stands_beside_the_store()
    {
        var none = await StateAsync(Program());
        Assert.Contains(" MB, no backup yet (listeningbot storage backup)\n", Screen(none), StringComparison.Ordinal);
        Assert.DoesNotContain("backup", Screen(none with { IsShared = true }), StringComparison.Ordinal);
        Assert.Null(StatusVerbJson.Of(none, [])["store"]!["lastBackup"]);

        await _temp.WriteAsync(tx => Backups.Note(tx, _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromHours(9));
        var state = await StateAsync(Program());

        Assert.Contains($" MB, last backup {StatusText.Minute(ManualClock.Start)} (9 h ago)\n", Screen(state with { IsShared = true }), StringComparison.Ordinal);
        Assert.Equal(ManualClock.Start, (DateTimeOffset)StatusVerbJson.Of(state, [])["store"]!["lastBackup"]!);

        await _temp.WriteAsync(tx => Backups.Note(tx, _clock.GetUtcNow().AddDays(1)));
        Assert.Null(StatusVerbJson.Of(await StateAsync(Program()), [])["store"]!["lastBackup"]);
    }

    [Fact]
    public async Task Machines_get_the_same_as_one_object()
    {
        var id = await OpenAsync(Priority.Critical);
        _clock.Advance(TimeSpan.FromMinutes(20));
        var state = await StateAsync(Program("""{"name":"channel blog","state":"failing","since":"2026-01-01T00:00:00Z","why":"no network"}"""));

        var json = JsonNode.Parse(StatusVerbJson.Of(state, [.. StatusNeeds.Of(state)]).ToJsonString())!;

        Assert.False((bool)json["well"]!);
        Assert.Equal(4, json["needs"]!.AsArray().Count);
        Assert.Equal("no network", (string?)json["program"]!["parts"]![0]!["why"]);
        Assert.Equal(id, (long)json["oldestUnclaimedCritical"]!["case"]!);
        Assert.Equal("critical", (string?)json["cases"]![0]!["priority"]);
        Assert.Equal(1, (long)json["cardsWaiting"]![0]!["count"]!);
    }

    private async Task<StatusState> StateAsync(ProgramState? program) =>
        new(_clock.GetUtcNow(), "bot.db", 0, program, await _temp.ReadAsync(view => StoreState.Of(view, _clock.GetUtcNow())), null);

    private static ProgramState? Program(params string[] parts) => Of("null", parts);

    private static ProgramState? Of(string machine, params string[] parts) => ProgramState.Of(new Uri("http://127.0.0.1:8473"), JsonNode.Parse(
        $$"""{"ready":true,"version":"0.1.0","started":"2026-01-01T00:00:00Z","machine":{{machine}},"parts":[{{string.Join(',', parts)}}]}"""));

    private static string Screen(StatusState state)
    {
        var text = new StringWriter { NewLine = "\n" };
        new StatusVerbScreen(state, [.. StatusNeeds.Of(state)]).WriteTo(new VerbPaper(text, null));
        return text.ToString();
    }

    private Task<long> OpenAsync(Priority priority, string post = "1") => _temp.Store.WriteAsync(tx => Some.OpenCase(tx, "care", _clock.GetUtcNow(), priority, post));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
