using ListeningBot.Configuration;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Configuration.ConfigNodes;

namespace ListeningBot.Tests.Configuration;

/// <summary>One applied version in the store is the truth for every node.</summary>
public sealed class VersionsTests : IAsyncDisposable
{
    private readonly ConfigNodes _nodes = new();

    [Fact]
    public async Task The_first_start_writes_the_first_version_and_tells_nobody()
    {
        await _nodes.Add(Watch("nimbus")).StartAsync();

        var version = Assert.Single(await _nodes.HistoryAsync());
        Assert.Equal((1, "the first version", ManualClock.Start), (version.Id, version.Changed, version.At));
        Assert.StartsWith("a file edit on ", version.By, StringComparison.Ordinal);
        Assert.Empty(await _nodes.NoticesAsync());
    }

    [Fact]
    public async Task An_edit_is_one_version_and_is_told_in_the_ops_room_in_words()
    {
        await _nodes.Add(Watch("nimbus")).StartAsync();
        var node = _nodes.Add(Watch("nimbus"));
        await node.StartAsync();

        await node.WriteAsync(Watch("nimbus, late"));
        await _nodes.PassAsync();

        Assert.Equal([2, 1], (await _nodes.HistoryAsync()).Select(version => version.Id));
        Assert.Equal([$"Live: version 2, by a file edit on {Environment.MachineName}. Watch \"brand\": find with \"late\"."], await _nodes.NoticesAsync());
    }

    [Fact]
    public async Task A_comment_is_kept_as_a_version_and_told_to_nobody()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();

        await node.WriteAsync("# ours\n" + Watch("nimbus"));
        await _nodes.PassAsync();

        Assert.Equal("nothing but comments and layout", (await _nodes.HistoryAsync())[0].Changed);
        Assert.Empty(await _nodes.NoticesAsync());
        Assert.Empty(node.Told);
    }

    [Fact]
    public async Task Another_node_follows_although_its_own_files_differ()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());

        await first.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();

        Assert.Equal(["acme"], second.Settings.Watches[0].Find);
        Assert.Equal(["changed"], second.Told);
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
        Assert.Contains("they are those of version 1.", await DiffersAsync(second), StringComparison.Ordinal);
        Assert.Null(await DiffersAsync(first));

        await second.WriteAsync(Watch("third"));
        await _nodes.PassAsync();
        Assert.Equal(["third"], first.Settings.Watches[0].Find);
        Assert.Equal(3, (await _nodes.HistoryAsync())[0].Id);
        Assert.Null(await DiffersAsync(second));
    }

    [Fact]
    public async Task Two_nodes_that_edit_at_once_make_one_version_each_and_agree()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());

        await first.WriteAsync(Watch("one"));
        await second.WriteAsync(Watch("two"));
        await _nodes.PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(3, (await _nodes.HistoryAsync()).Count);
        Assert.Equal(first.Settings.Watches[0].Find, second.Settings.Watches[0].Find);
    }

    [Fact]
    public async Task What_another_node_applies_while_an_edit_is_judged_comes_first_and_the_edit_is_judged_anew()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        var judged = new List<string>();
        _nodes.Guard = (old, _) =>
        {
            judged.Add(old.Watches[0].Find[0]);
            if (judged.Count == 1)
            {
                ApplyElsewhere(Watch("between"));
            }
            return null;
        };

        await node.WriteAsync(Watch("acme"));
        await _nodes.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(["nimbus", "between"], judged);
        Assert.Equal(["acme"], node.Settings.Watches[0].Find);
        var history = await _nodes.HistoryAsync();
        Assert.Equal([3, 2, 1], history.Select(version => version.Id));
        Assert.Equal("watch \"brand\": find with \"acme\", without \"between\"", history[0].Changed);
    }

    [Fact]
    public async Task What_another_node_applies_while_an_edit_settles_is_what_the_edit_is_judged_against()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        var judged = new List<string>();
        _nodes.Guard = (old, _) =>
        {
            judged.Add(old.Watches[0].Find[0]);
            return null;
        };

        await node.WriteAsync(Watch("acme"));
        await _nodes.PassAsync(TimeSpan.FromMilliseconds(600));
        ApplyElsewhere(Watch("between"));
        await _nodes.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(["between"], judged);
        Assert.Equal("watch \"brand\": find with \"acme\", without \"between\"", (await _nodes.HistoryAsync())[0].Changed);
    }

    /// <summary>By a version that names no database, machines on one database would each do all the work.</summary>
    [Theory]
    [InlineData("Host=db.example;Database=bot;Username=bot;Password=pass")]
    [InlineData("")]
    public async Task Which_store_is_open_stands_in_each_machines_own_files(string connection)
    {
        var first = await _nodes.Add(Watch("nimbus")).StartAsync();
        var own = _nodes.Add(Watch("nimbus"), App[..^1] + $", \"Storage\": {{ \"Path\": \"own/bot.db\", \"Connection\": \"{connection}\" }} }}");
        var opened = own.Folder.Read().Store;
        await own.StartAsync();
        await first.WriteAsync(Watch("other"));
        await _nodes.PassAsync();
        Assert.Equal(["other"], own.Settings.Watches[0].Find);
        Assert.Equal("", own.Settings.Storage.Connection);

        var settings = ListeningBot.Cli.RunVerb.OnThisMachine(own.Live, opened);

        Assert.Equal((connection, connection.Length > 0), (settings.Storage.Connection, opened.IsShared));
        Assert.EndsWith("own/bot.db", settings.Storage.Path, StringComparison.Ordinal);
    }

    /// <summary>A machine's start sets it for all: with its own hour everybody would have a second list each day.</summary>
    [Fact]
    public async Task A_machine_that_runs_with_its_own_files_leaves_everybodys_maybe_list_at_its_hour()
    {
        var (_, alone) = await _nodes.ApartAsync(live: "09:30", own: "14:00");

        var settings = ListeningBot.Cli.RunVerb.OnThisMachine(alone.Live, alone.Folder.Read().Store);

        Assert.Equal((new TimeOnly(14, 0), new TimeOnly(9, 30)), (alone.Settings.Alerting.MaybeListAt, settings.Alerting.MaybeListAt));
    }

    /// <summary>Also where these are the very files with which it ran alone.</summary>
    [Theory]
    [InlineData("16:00")]
    [InlineData("14:00")]
    public async Task A_machine_that_ran_with_its_own_files_is_one_of_all_again_once_it_can_use_what_is_live(string hour)
    {
        var (first, alone) = await _nodes.ApartAsync(live: "09:30", own: "14:00");

        first.Folder.Write("appsettings.json", ListsAt(hour));
        await first.StartAsync();
        await _nodes.PassAsync();

        Assert.Equal((3, false), ((await _nodes.HistoryAsync())[0].Id, alone.Live.RunsOwnFiles));
        Assert.Equal(TimeOnly.Parse(hour, System.Globalization.CultureInfo.InvariantCulture), alone.Live.MaybeListAt);
        Assert.Equal(["changed"], alone.Told);
    }

    /// <summary>In chat, whichever machine answers: by its own files it took the word away again that another one had been given.</summary>
    [Fact]
    public async Task A_word_that_was_added_on_one_machine_stays_when_another_is_given_the_next()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());
        Assert.True((await AddWordAsync(first, "late")).Done);
        await _nodes.PassAsync();

        var changed = await AddWordAsync(second, "crash");
        await _nodes.PassAsync();

        Assert.Contains("The file here was not what is live: it is now, with this change.", changed.Told, StringComparison.Ordinal);
        Assert.Equal(["nimbus", "late", "crash"], first.Settings.Watches[0].Find);
        Assert.Null(await DiffersAsync(second));
    }

    [Fact]
    public async Task A_watch_that_was_made_on_one_machine_is_known_on_another()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());
        await first.WriteAsync(Watch("nimbus").Replace("brand", "other", StringComparison.Ordinal));
        await _nodes.PassAsync();

        Assert.True((await AddWordAsync(second, "late", "other")).Done);
        Assert.False((await AddWordAsync(second, "late")).Done);
    }

    [Fact]
    public async Task A_word_is_not_added_where_files_beside_the_watches_would_be_taken_back_with_it()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());
        first.Folder.Write("appsettings.json", ListsAt("09:30"));
        await _nodes.PassAsync();

        var changed = await AddWordAsync(second, "late");

        Assert.False(changed.Done);
        Assert.Contains("they are those of version 1. `listeningbot config restore 2` brings them to it", changed.Told, StringComparison.Ordinal);
        Assert.DoesNotContain("late", File.ReadAllText(Path.Combine(second.Folder.Root, "config/watches.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_was_discarded_is_not_proposed_again_with_the_next_one_and_asked_for_again_it_is_told_why()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        _nodes.Guard = (_, now) => now.Watches[0].Find.Contains("late") ? new Objection([new TeamObjection("default", [], 1, 1, 1, false)], "what is stored") : null;
        await AddWordAsync(node, "late");
        await _nodes.PassAsync();
        await ConfigDesk.WriteAsync(_nodes.Store.Store, _nodes.Clock, (tx, desk) => desk.Decide(tx.LatestHeld()!.Value.Id, apply: false, "Anna"), default);

        Assert.Contains("they are change 1, discarded", (await AddWordAsync(node, "late")).Told, StringComparison.Ordinal);
        Assert.True((await AddWordAsync(node, "crash")).Done);
        await _nodes.PassAsync();
        Assert.Equal(["nimbus", "crash"], node.Settings.Watches[0].Find);
    }

    private Task<WatchChanged> AddWordAsync(ConfigNode node, string word, string watch = "brand") =>
        new WatchFile(node.Folder.Reader, _nodes.Store.Store).ChangeAsync(new WatchChange(WatchChangeKind.Add, watch, word));

    private void ApplyElsewhere(string watches)
    {
        using var folder = ConfigurationFolder.With(App, watches);
        var wanted = AppliedFiles.Of(folder.Read().Texts, "a file edit on another", "watches");
        _nodes.Store.Store.WriteAsync(tx => new ConfigDesk(tx, _ => { }, ManualClock.Start).Apply(wanted, 1, tell: null)).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task A_node_that_starts_with_files_it_had_before_takes_what_is_live_and_says_so()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());
        await second.StopAsync();
        await first.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();

        await second.StartAsync();

        Assert.Equal(["acme"], second.Settings.Watches[0].Find);
        Assert.Contains($"The files on this machine ({second.Folder.Reader.Node}) are not what is live", (await _nodes.NoticesAsync())[^1], StringComparison.Ordinal);
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_new_node_with_the_files_of_an_older_version_takes_what_is_live()
    {
        var first = await _nodes.Add(Watch("nimbus")).StartAsync();
        await first.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();

        var second = await _nodes.Add(Watch("nimbus")).StartAsync();

        Assert.Equal(["acme"], second.Settings.Watches[0].Find);
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
    }

    [Fact]
    public async Task An_edit_made_while_the_bot_was_stopped_is_live_from_the_start_as_a_version()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.StopAsync();
        await node.WriteAsync(Watch("acme"));

        await node.StartAsync();

        Assert.Equal(["acme"], node.Settings.Watches[0].Find);
        Assert.Equal("watch \"brand\": find with \"acme\", without \"nimbus\"", (await _nodes.HistoryAsync())[0].Changed);
        Assert.Single(await _nodes.NoticesAsync());
    }

    [Fact]
    public async Task What_waits_for_the_next_start_is_told_while_it_runs_and_not_at_that_start()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        node.Folder.Write("appsettings.json", ConfigNodes.App.Insert(1, "\"Web\": { \"Listen\": \"http://127.0.0.1:1\" },"));
        await _nodes.PassAsync();
        Assert.Contains("Web was changed: that takes effect at the next start", node.Logs.Text, StringComparison.Ordinal);

        await node.StopAsync();
        node.Folder.Write("appsettings.json", ConfigNodes.App.Insert(1, "\"Web\": { \"Listen\": \"http://127.0.0.1:2\" },"));
        var told = node.Logs.Text.Length;
        await node.StartAsync();

        Assert.Equal("http://127.0.0.1:2", node.Settings.Web.Listen);
        Assert.DoesNotContain("next start", node.Logs.Text[told..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_went_live_while_a_file_was_bad_here_is_not_undone_by_mending_it()
    {
        var (first, second) = (await _nodes.Add(Watch("nimbus")).StartAsync(), await _nodes.Add(Watch("nimbus")).StartAsync());
        await second.WriteAsync("watches: 1\n");
        await _nodes.PassAsync();
        await first.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();
        Assert.Equal(["acme"], second.Settings.Watches[0].Find);

        await second.WriteAsync(Watch("nimbus"));
        await _nodes.PassAsync();

        Assert.Equal(["acme"], second.Settings.Watches[0].Find);
        Assert.Equal(2, (await _nodes.HistoryAsync()).Count);
        Assert.Equal(["broke: 1", "changed", "mended"], second.Told);
    }

    [Fact]
    public async Task A_version_that_a_node_has_no_secret_for_changes_nothing_there_and_is_told_once()
    {
        const string Inbox = "{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" }, \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" } } }";
        var first = _nodes.Add(Watch("nimbus"));
        await first.StartAsync();
        var second = await _nodes.Add(Watch("nimbus")).StartAsync();
        await first.StopAsync();
        first.Folder.Given("LISTENINGBOT__Channels__inbox__Password", "hidden").Write("appsettings.json", Inbox);
        await first.StartAsync();

        await _nodes.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(2, first.Settings.Channels.Count);
        Assert.Single(second.Settings.Channels);
        var notices = await _nodes.NoticesAsync();
        Assert.Equal(1, notices.Count(notice => notice.StartsWith("Version 2 of the configuration can't be used on ", StringComparison.Ordinal)));
        Assert.DoesNotContain(notices, notice => notice.Contains("hidden", StringComparison.Ordinal));
    }

    /// <summary>A channel was added and a word taken away, live on all other machines; here the secret is missing.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_edit_on_a_machine_that_can_not_use_what_is_live_is_judged_against_that_and_tells_what_it_takes_back(bool startedApart)
    {
        var first = await _nodes.Add(Watch("nimbus, late")).StartAsync();
        var second = startedApart ? null : await _nodes.Add(Watch("nimbus, late")).StartAsync();
        await first.StopAsync();
        first.Folder.Given("LISTENINGBOT__Channels__inbox__Password", "hidden").Write("appsettings.json", ListsAt("08:00", ", \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" }"));
        await first.WriteAsync(Watch("nimbus"));
        await first.StartAsync();
        second ??= await _nodes.Add(Watch("nimbus, late")).StartAsync();
        await _nodes.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(["nimbus", "late"], second.Settings.Watches[0].Find);
        var judged = new List<string>();
        _nodes.Guard = (old, now) =>
        {
            judged.Add($"{string.Join(' ', old.Watches[0].Find)} -> {string.Join(' ', now.Watches[0].Find)}");
            return null;
        };

        await second.WriteAsync(Watch("nimbus, late, crash"));
        await _nodes.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(["nimbus -> nimbus late crash"], judged);
        var changed = (await _nodes.HistoryAsync())[0].Changed;
        Assert.Contains("watch \"brand\": find with \"late\", \"crash\"", changed, StringComparison.Ordinal);
        Assert.Contains("what of version 2 can't be used on ", changed, StringComparison.Ordinal);
        Assert.Contains("Channels:inbox", changed, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", changed, StringComparison.Ordinal);

        // What it made live is in force there: the next edit is compared with that.
        await second.WriteAsync(Watch("nimbus, late, crash, slow"));
        await _nodes.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal("watch \"brand\": find with \"slow\"", (await _nodes.HistoryAsync())[0].Changed);
    }

    /// <param name="inboxes">Live on another machine; here each of them lacks its secret.</param>
    [Theory]
    [InlineData(2, "")]
    [InlineData(7, " and 2 more")]
    public async Task An_edit_names_what_it_was_not_compared_with_up_to_five_things(int inboxes, string more)
    {
        var first = await _nodes.Add(Watch("nimbus")).StartAsync();
        var second = await _nodes.Add(Watch("nimbus")).StartAsync();
        await first.StopAsync();
        foreach (var i in Enumerable.Range(1, inboxes))
        {
            first.Folder.Given($"LISTENINGBOT__Channels__inbox{i}__Password", "hidden");
        }
        first.Folder.Write("appsettings.json", ListsAt("08:00", string.Concat(Enumerable.Range(1, inboxes).Select(i => $", \"inbox{i}\": {{ \"Kind\": \"box\", \"User\": \"me\" }}"))));
        await first.StartAsync();
        await _nodes.PassAsync(TimeSpan.FromSeconds(4));

        await second.WriteAsync(Watch("nimbus, crash"));
        await _nodes.PassAsync(TimeSpan.FromSeconds(4));

        var changed = (await _nodes.HistoryAsync())[0].Changed;
        Assert.All(Enumerable.Range(1, inboxes), i => Assert.Equal(i <= 5, changed.Contains($"Channels:inbox{i}", StringComparison.Ordinal)));
        Assert.EndsWith($"{more})", changed, StringComparison.Ordinal);
        Assert.Equal(more.Length > 0, changed.Contains(" more)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_goes_back_says_to_which_version()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();
        await node.WriteAsync(Watch("nimbus"));
        await _nodes.PassAsync();
        Assert.StartsWith("back to version 1: watch \"brand\"", (await _nodes.HistoryAsync())[0].Changed, StringComparison.Ordinal);
        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
    }

    [Fact]
    public async Task A_store_that_kept_one_last_good_configuration_goes_on_with_it()
    {
        var files = new Dictionary<string, byte[]> { ["appsettings.json"] = System.Text.Encoding.UTF8.GetBytes(App), ["config/watches.yaml"] = System.Text.Encoding.UTF8.GetBytes(Watch("kept")) };
        await _nodes.Store.WriteAsync(tx => tx.KeepDocument("configuration", System.Text.Json.JsonSerializer.Serialize(files), ManualClock.Start));

        var node = await _nodes.Add("watches: 1\n").StartAsync();

        Assert.Equal(["kept"], node.Settings.Watches[0].Find);
        Assert.Single(await _nodes.HistoryAsync());
    }

    [Fact]
    public async Task Only_the_latest_versions_are_kept()
    {
        await _nodes.Store.WriteAsync(tx =>
        {
            for (var i = 0; i < ConfigDesk.VersionsKept + 5; i++)
            {
                tx.AddConfig(new ConfigVersion(0, ManualClock.Start, "a file edit", "all", $"{i}", "{}"));
            }
        });
        var history = await _nodes.HistoryAsync();
        Assert.Equal((ConfigDesk.VersionsKept, ConfigDesk.VersionsKept + 5L), (history.Count, history[0].Id));
    }

    private Task<string?> DiffersAsync(ConfigNode node) => _nodes.Store.ReadAsync(view => ConfigStanding.Differs(view, node.Live.Files));

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
