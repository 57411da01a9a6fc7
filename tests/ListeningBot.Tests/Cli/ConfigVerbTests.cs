using System.Text;
using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Configuration.ConfigNodes;

namespace ListeningBot.Tests.Cli;

/// <summary>`config`: what was live, and the way back.</summary>
public sealed class ConfigVerbTests : IAsyncDisposable
{
    private readonly ConfigNodes _nodes = new();
    private readonly StringWriter _out = new();

    [Fact]
    public async Task History_is_a_table_with_the_live_one_first_and_lines_for_programs()
    {
        await EditedAsync();

        await ConfigVerbHistory.WriteAsync(_nodes.Store.Store, json: false, _out, Paper, CancellationToken.None);
        var lines = _out.ToString().ReplaceLineEndings().Split(Environment.NewLine);
        Assert.Equal("2 versions, the live one first", lines[0]);
        Assert.Matches($@"^  2        2026-11-02 09:00:00  a file edit on {Environment.MachineName}\s+watch ""brand"": find with ""acme"", without ""nimbus""$", lines[2]);
        Assert.Matches(@"^  1        2026-11-02 09:00:00  .*the first version$", lines[3]);

        _out.GetStringBuilder().Clear();
        await ConfigVerbHistory.WriteAsync(_nodes.Store.Store, json: true, _out, Paper, CancellationToken.None);
        Assert.Matches("""^\{"version":2,"at":"2026-11-02T09:00:00Z","by":".*","changed":"watch .*","hash":"[0-9A-F]{64}","live":true\}""", _out.ToString());
    }

    [Fact]
    public async Task Show_gives_the_managers_files_and_no_operators_secret()
    {
        var node = _nodes.Add(Watch("nimbus"), "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\", \"Password\": \"hush\" } } }");
        await node.StartAsync();

        Assert.Equal(Exit.Done, await ConfigVerbHistory.ShowAsync(_nodes.Store.Store, 1, Paper, CancellationToken.None));

        Assert.Contains("--- config/watches.yaml\nwatches:\n  - name: brand\n    find: [nimbus]\n", _out.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(Exit.BadInput, await ConfigVerbHistory.ShowAsync(_nodes.Store.Store, 9, Paper, CancellationToken.None));
    }

    [Fact]
    public async Task A_version_comes_back_also_when_the_whole_folder_is_gone()
    {
        var node = await EditedAsync();
        Directory.Delete(Path.Combine(node.Folder.Root, "config"), recursive: true);

        Assert.Equal(Exit.Done, await RestoreAsync(node, 1));
        Assert.Equal(Watch("nimbus"), Text(node, "config/watches.yaml"));
    }

    [Fact]
    public async Task A_restored_version_is_written_byte_for_byte_goes_live_and_keeps_what_it_replaced()
    {
        var node = await EditedAsync();

        Assert.Equal(Exit.Done, await RestoreAsync(node, 1));
        await _nodes.PassAsync();

        Assert.Equal(Watch("nimbus"), Text(node, "config/watches.yaml"));
        Assert.Equal(Watch("acme"), Text(node, "config/watches.yaml.before-restore"));
        Assert.Equal(["nimbus"], node.Settings.Watches[0].Find);
        Assert.StartsWith("back to version 1: ", (await _nodes.HistoryAsync())[0].Changed, StringComparison.Ordinal);
        Assert.Contains("already. Nothing was written.", await SaidAsync(node, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_not_there_then_says_nothing_any_more_and_a_calendar_is_put_aside()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        node.Folder.Write("config/gestures.yaml", "gestures:\n  - name: flowers\n")
            .Write("config/responders.yaml", "members:\n  - id: anna\nteams:\n  - name: care\n    members: anna\n    holidays: a.ics\n")
            .Write("config/a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224\nEND:VEVENT\nEND:VCALENDAR\n");
        await _nodes.PassAsync();
        Assert.Single(node.Settings.Playbook.Gestures);

        Assert.Equal(Exit.Done, await RestoreAsync(node, 1));
        await _nodes.PassAsync();

        Assert.Empty(node.Live.Problems);
        Assert.Empty(node.Settings.Playbook.Gestures);
        Assert.Empty(node.Settings.Responders.Teams);
        Assert.False(File.Exists(Path.Combine(node.Folder.Root, "config/a.ics")));
        Assert.True(File.Exists(Path.Combine(node.Folder.Root, "config/a.ics.before-restore")));

        Assert.Equal(Exit.Done, await RestoreAsync(node, 2));
        await _nodes.PassAsync();
        Assert.Single(node.Settings.Playbook.Gestures);
        Assert.Single(node.Settings.Responders.TeamOf("care").Closed.Holidays);
    }

    [Fact]
    public async Task What_would_not_be_good_today_is_refused_with_the_reason_and_nothing_is_written()
    {
        var node = _nodes.Add("watches:\n  - name: brand\n    find: [nimbus]\n    channels: [blogs]\n");
        await node.StartAsync();
        node.Folder.Write("appsettings.json", App.Replace("blogs", "news")).Write("config/watches.yaml", Watch("acme"));
        await _nodes.PassAsync();

        Assert.Equal(Exit.BadInput, await RestoreAsync(node, 1));

        Assert.StartsWith("Version 1 would not be good today, so nothing was written:", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("names the channel \"blogs\", which is not in appsettings.json", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal(Watch("acme"), Text(node, "config/watches.yaml"));
        Assert.Equal(["watches.yaml"], Directory.GetFiles(Path.Combine(node.Folder.Root, "config")).Select(Path.GetFileName));
    }

    /// <summary>Who sits at the machine has not what the service is given.</summary>
    [Fact]
    public async Task A_secret_that_only_the_service_is_given_keeps_nobody_from_having_a_version_back()
    {
        var node = await EditedAsync();
        await node.StopAsync();
        node.Folder.Write("appsettings.json", "{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" } } }");

        Assert.Equal(Exit.Done, await RestoreAsync(node, 1));
        Assert.Equal(Watch("nimbus"), Text(node, "config/watches.yaml"));
        await new ConfigVerbStatus(node.Folder.Reader).WriteAsync(_nodes.Store.Store, Paper, CancellationToken.None);
        Assert.DoesNotContain("error", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_read_is_kept_too_and_a_link_in_its_place_is_not_followed()
    {
        var node = await EditedAsync();
        await node.StopAsync();
        var (big, outside) = ($"# {new string('x', FileText.LargestBytes)}\n", Path.Combine(node.Folder.Root, "outside"));
        File.WriteAllText(outside, "not ours");
        File.CreateSymbolicLink(Path.Combine(node.Folder.Root, "config/watches.yaml.before-restore"), outside);
        await node.WriteAsync(big);

        Assert.Equal(Exit.Done, await RestoreAsync(node, 1));
        Assert.Equal(Watch("nimbus"), Text(node, "config/watches.yaml"));
        Assert.Equal(big, Text(node, "config/watches.yaml.before-restore"));

        File.Delete(Path.Combine(node.Folder.Root, "config/watches.yaml.before-restore"));
        File.CreateSymbolicLink(Path.Combine(node.Folder.Root, "config/watches.yaml.before-restore"), outside);
        Assert.Equal(Exit.Done, await RestoreAsync(node, 2));
        Assert.Equal(Watch("nimbus"), Text(node, "config/watches.yaml.before-restore"));
        Assert.Equal("not ours", File.ReadAllText(outside));
    }

    [Fact]
    public async Task A_name_that_leads_out_of_the_folder_is_never_written()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        var files = new Dictionary<string, byte[]> { ["config/watches.yaml"] = Encoding.UTF8.GetBytes(Watch("acme")), ["config/../../evil.yaml"] = [1], ["/tmp/evil.yaml"] = [1], ["config/.hidden.yaml"] = [1] };
        await _nodes.Store.WriteAsync(tx => tx.AddConfig(new ConfigVersion(0, ManualClock.Start, "x", "x", "x", System.Text.Json.JsonSerializer.Serialize(files))));

        await RestoreAsync(node, 2);

        Assert.Equal(["watches.yaml", "watches.yaml.before-restore"], Directory.GetFiles(Path.Combine(node.Folder.Root, "config")).Select(Path.GetFileName).Order());
        Assert.False(File.Exists("/tmp/evil.yaml"));
    }

    [Fact]
    public async Task Status_tells_what_is_live_what_is_held_and_how_the_files_stand_to_it()
    {
        _nodes.Guard = (_, now) => now.Watches[0].Find[0] == "bad" ? new Objection([new TeamObjection("care", [], 0, 12, 80, Floods: true)], "all 90 posts") : null;
        var node = await EditedAsync();
        Assert.EndsWith("The files here are what is live.", await StatusAsync(node), StringComparison.Ordinal);

        await node.WriteAsync(Watch("other"));
        Assert.Contains("they were edited, and a bot that runs takes them up within two seconds", await StatusAsync(node), StringComparison.Ordinal);

        await node.WriteAsync("watches: 1\n");
        Assert.Contains("they have an error, see", await StatusAsync(node), StringComparison.Ordinal);

        await node.WriteAsync(Watch("bad"));
        await _nodes.PassAsync();
        var status = await StatusAsync(node);
        Assert.StartsWith("Version 2 of the configuration is live since 2026-11-02 09:00:00 UTC, by a file edit on", status, StringComparison.Ordinal);
        Assert.Contains("not live (change 1): watch \"brand\": find with \"bad\", without \"acme\".", status, StringComparison.Ordinal);
        Assert.Contains("Team care: 80 alerts where there were 12.", status, StringComparison.Ordinal);
        Assert.Contains("they are held change 1, which waits for `listeningbot config apply` or `discard`.", status, StringComparison.Ordinal);
    }

    private VerbPaper Paper => new(_out, null);

    private async Task<ConfigNode> EditedAsync()
    {
        var node = await _nodes.Add(Watch("nimbus")).StartAsync();
        await node.WriteAsync(Watch("acme"));
        await _nodes.PassAsync();
        return node;
    }

    private Task<int> RestoreAsync(ConfigNode node, long version) => new ConfigVerbRestore(node.Folder.Reader).RunAsync(_nodes.Store.Store, version, Paper, CancellationToken.None);

    private async Task<string> SaidAsync(ConfigNode node, long version)
    {
        _out.GetStringBuilder().Clear();
        await RestoreAsync(node, version);
        return _out.ToString();
    }

    private async Task<string> StatusAsync(ConfigNode node)
    {
        _out.GetStringBuilder().Clear();
        await new ConfigVerbStatus(node.Folder.Reader).WriteAsync(_nodes.Store.Store, Paper, CancellationToken.None);
        return _out.ToString().TrimEnd();
    }

    private static string Text(ConfigNode node, string name) => File.ReadAllText(Path.Combine(node.Folder.Root, name));

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();
}
