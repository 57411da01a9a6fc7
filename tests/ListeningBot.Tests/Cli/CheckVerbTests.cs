using ListeningBot.Cli;
using ListeningBot.Configuration;
using ListeningBot.Storage;
using ListeningBot.Tests.Configuration;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Cli;

public sealed class CheckVerbTests
{
    private const string Blogs = "{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" } } }";

    [Fact]
    public async Task Every_problem_is_a_line_with_file_line_column_and_cure()
    {
        using var folder = ConfigurationFolder.With("{\n \"Chanels\": {}\n}", "watches:\n  - name: a\n    find: []\n");

        var (exit, lines) = await RunAsync(folder);

        Assert.Equal(Exit.BadInput, exit);
        Assert.Equal(
            [
                Path.Combine(folder.Root, "appsettings.json") + ":2:2: has an unknown key \"Chanels\". Did you mean \"Channels\"?",
                Path.Combine(folder.Root, "config/watches.yaml") + ":3:5: watch \"a\": find is empty. Add a word or phrase to find.",
                "2 problems.",
            ],
            lines);
    }

    [Fact]
    public async Task Good_settings_are_summed_up()
    {
        using var folder = ConfigurationFolder.With(Blogs, "watches:\n  - name: brand\n    find: [bolt, cog, dial, edge, frame]\n    languages: [en]\n    channels: [blogs]\n    alert: 0.75\n    team: help\n");

        var (exit, lines) = await RunAsync(folder);

        Assert.Equal(Exit.Done, exit);
        Assert.Contains("  blogs  feed  brand", lines);
        Assert.Contains("  brand  bolt, cog, dial, edge and 1 more  blogs, only en  0.75         help", lines);
        Assert.Contains("  help     console", lines);
        Assert.Equal("The configuration is good.", lines[^1]);
    }

    [Fact]
    public async Task What_watches_say_together_is_warned_of_with_its_line()
    {
        using var folder = ConfigurationFolder.With(Blogs, """
            watches:
              - name: brand
                find: [nimbus]
              - name: behind
                find:
                  - nimbus help
              - name: vain
                find: [acme help, acme]
                exclude: [help]
              - name: common
                find: [nimbusbook, the]
              - name: starred
                query: 'acme stars:<=2'
            """);

        var (exit, lines) = await RunAsync(folder);

        var warned = lines.SkipWhile(line => line != "The configuration is good.").Skip(1).Select(line => line.Replace(Path.Combine(folder.Root, "config/watches.yaml"), "", StringComparison.Ordinal)).ToList();
        Assert.Equal(Exit.Done, exit);
        Assert.StartsWith(":4:11: watch \"behind\" adds nothing: watch \"brand\" hears all that it hears", warned[0], StringComparison.Ordinal);
        Assert.StartsWith(":8:12: watch \"vain\" can never find \"acme help\", because exclude has \"help\". ", warned[1], StringComparison.Ordinal);
        Assert.StartsWith(":11:24: watch \"common\" finds ", warned[2], StringComparison.Ordinal);
        Assert.StartsWith(":12:11: watch \"starred\" can never match: it asks for stars", warned[3], StringComparison.Ordinal);
        Assert.Equal("4 warnings. They keep nothing from going live.", warned[4]);
        Assert.DoesNotContain(new SettingsReader(folder.Sources, Program.ChannelKinds, Program.NotifierKinds).Read().Warnings, warning => warning.What.Contains("sample posts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Teams_and_routes_are_summed_up_with_who_is_on_call_now()
    {
        using var folder = ConfigurationFolder.With(Blogs, ConfigurationFolder.OneWatch + "    team: help\n")
            .Write("config/a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20261031\nDESCRIPTION:Observance\nEND:VEVENT\nEND:VCALENDAR\n")
            .Write("config/responders.yaml", """
                members:
                  - id: anna
                    name: Anna Berg
                  - id: ben
                teams:
                  - name: care
                    members: [anna, ben]
                    leads: ben
                    rota:
                      - mon 08:00-12:00: anna
                    holidays: [a.ics, "https://calendars.example/secret/de.ics"]
                  - name: money
                routes:
                  - aspect: billing
                    team: money
                """);
        var output = new StringWriter();

        Assert.Equal(Exit.Done, await CheckVerb.RunAsync(folder.Reader, online: false, new VerbPaper(output, null), new ManualClock(), CancellationToken.None));

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Contains("  care   2        Anna Berg               Mon 2026-11-02 12:00 nobody  ben     nobody    Etc/UTC    1 from files, without 1 observance, from calendars.example while the bot runs", lines);
        Assert.Contains("  money  0        whoever is in the room                               nobody  nobody    Etc/UTC    none", lines);
        Assert.Contains("  help   0        whoever is in the room                               nobody  nobody    Etc/UTC    none", lines);
        Assert.Contains("  aspect billing  money", lines);
        Assert.DoesNotContain("secret", output.ToString());
    }

    [Fact]
    public async Task Warnings_come_last_and_make_nothing_bad()
    {
        using var folder = ConfigurationFolder.With(Blogs, "watches:\n  - name: brand\n    query: 'nimbus late OR " + string.Join(" OR ", Enumerable.Range(0, 30).Select(i => "word" + i)) + "'\n");

        var (exit, lines) = await RunAsync(folder);

        Assert.Equal(Exit.Done, exit);
        Assert.Contains(lines, line => line.Contains("  nimbus late OR word0 OR word1", StringComparison.Ordinal) && line.Contains('…') && line.Length < 120);
        Assert.Equal("The configuration is good.", lines[^3]);
        Assert.Contains("config/watches.yaml:3:13: watch \"brand\": query has OR beside", lines[^2]);
        Assert.Equal("1 warning. It keeps nothing from going live.", lines[^1]);
    }

    [Fact]
    public async Task Open_cases_that_these_files_leave_without_a_team_are_told()
    {
        using var folder = ConfigurationFolder.With("{ \"Storage\": { \"Path\": \"bot.db\" } }", ConfigurationFolder.OneWatch + "    team: money\n");
        await using (var store = SqliteStore.Open(Path.Combine(folder.Root, "bot.db"), NullLogger<SqliteStore>.Instance))
        {
            await store.WriteAsync(tx => Some.OpenCase(tx, "money", new ManualClock().GetUtcNow()));
        }
        Assert.DoesNotContain((await RunAsync(folder)).Lines, line => line.Contains("is open", StringComparison.Ordinal));

        folder.Write("config/watches.yaml", ConfigurationFolder.OneWatch + "    team: billing\n");

        Assert.StartsWith("Case 1 is open and of the team \"money\", which neither a watch nor responders.yaml names now: ", (await RunAsync(folder)).Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Online_tries_each_channel_and_notifier()
    {
        using var folder = ConfigurationFolder.With(Blogs, ConfigurationFolder.OneWatch);

        var (exit, lines) = await RunAsync(folder, online: true);

        Assert.Equal(Exit.Done, exit);
        Assert.Equal(["channel blogs: fine: 1 post", "notifier console: fine: is here"], lines[^2..]);
    }

    [Fact]
    public async Task Online_says_what_a_start_would_find_where_the_store_is_and_makes_nothing()
    {
        using var folder = ConfigurationFolder.With("{ \"Storage\": { \"Path\": \"data/bot.db\" } }", ConfigurationFolder.OneWatch);
        var path = Path.Combine(folder.Root, "data", "bot.db");

        var (exit, lines) = await RunAsync(folder, online: true);
        Assert.Equal(Exit.Done, exit);
        Assert.Contains($"store: fine: {path}: no store yet; the first start makes it", lines);
        Assert.Equal(["appsettings.json"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Path.Combine(folder.Root, "data")));

        Directory.CreateDirectory(Path.Combine(folder.Root, "data"));
        await File.WriteAllTextAsync(path, "no database at all, but a text that is a bit longer than the head of one: a hundred bytes and more");
        (exit, lines) = await RunAsync(folder, online: true);
        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains($"store: FAILED: The file {path} is not a database. Move it away, or let Storage:Path name another file.", lines);
    }

    [Fact]
    public async Task The_store_is_named_without_its_password_and_looked_at_without_being_made()
    {
        LocalPostgres.SkipIfMissing();
        var connection = await (await LocalPostgres.Shared).NewDatabaseAsync() + ";Password=hunter2";
        using var folder = ConfigurationFolder.With("{ \"Storage\": { \"Connection\": \"" + connection + "\" }, " + Blogs[1..], ConfigurationFolder.OneWatch);

        var (exit, lines) = await RunAsync(folder, online: true);
        var (_, again) = await RunAsync(folder, online: true);
        await ListeningBot.Storage.PostgresStore.Open(connection, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).DisposeAsync();
        var (_, made) = await RunAsync(folder, online: true);

        Assert.Equal(Exit.Done, exit);
        Assert.Contains(lines, line => line.StartsWith("  PostgreSQL database \"test", StringComparison.Ordinal) && line.EndsWith(", schema listeningbot", StringComparison.Ordinal));
        Assert.EndsWith("no store yet; the first start makes it", lines[^3], StringComparison.Ordinal);
        Assert.Equal(lines, again);
        Assert.EndsWith("a store of version 6", made[^3], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_sign_in_is_told_and_the_others_are_still_tried()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"inbox\": { \"Kind\": \"box\", \"User\": \"u\", \"Password\": \"s3cret\" } } }", ConfigurationFolder.OneWatch);

        var (exit, lines) = await RunAsync(folder, online: true);

        Assert.Equal(Exit.BadInput, exit);
        Assert.StartsWith("channel inbox: FAILED: the server refused the sign-in", lines[^2]);
        Assert.StartsWith("notifier console: fine", lines[^1]);
        Assert.DoesNotContain(lines, line => line.Contains("s3cret"));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up_after_twenty_seconds()
    {
        using var folder = ConfigurationFolder.With("{ \"Channels\": { \"deaf\": { \"Kind\": \"deaf\" } } }", ConfigurationFolder.OneWatch);
        var deaf = new ListeningBot.Channels.ChannelKind<PlainOptions>("deaf", _ => [], (_, _) => throw new NotSupportedException(), (_, _, _) => new TaskCompletionSource<string>().Task);
        var output = new StringWriter();
        var clock = new ManualClock();

        var running = CheckVerb.RunAsync(new(folder.Sources, [deaf], [ConfigurationFolder.Console]), online: true, new VerbPaper(output, null), clock, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(Exit.BadInput, await running);
        Assert.Contains("channel deaf: FAILED: no answer within 20 seconds.", output.ToString());
    }

    private static async Task<(int Exit, string[] Lines)> RunAsync(ConfigurationFolder folder, bool online = false)
    {
        var output = new StringWriter();
        var exit = await CheckVerb.RunAsync(folder.Reader, online, new VerbPaper(output, null), TimeProvider.System, CancellationToken.None);
        return (exit, output.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
