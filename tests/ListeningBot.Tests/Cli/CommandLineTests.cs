using ListeningBot.Cli;
using ListeningBot.Configuration;

namespace ListeningBot.Tests.Cli;

public class CommandLineTests
{
    [Theory]
    [InlineData("walk")]
    [InlineData("run", "--dmeo")]
    [InlineData("read")]
    [InlineData("read", "rss", "https://blog.example/feed", "--limit", "ten")]
    [InlineData("read", "rss", "https://blog.example/feed", "--limit", "0")]
    [InlineData("read", "rss", "https://blog.example/feed", "--limit")]
    [InlineData("cases", "show", "abc")]
    [InlineData("cases", "list", "--state", "claimd")]
    [InlineData("dead", "--limit", "0")]
    [InlineData("dead", "list", "--limit", "-1")]
    [InlineData("dead", "show", "all")]
    [InlineData("dead", "retry", "twelve")]
    [InlineData("dead", "drop")]
    [InlineData("dead", "drop", "12", "thirteen")]
    [InlineData("dead", "drop", "12", "all")]
    [InlineData("dead", "show", "12", "13")]
    [InlineData("evaluate")]
    [InlineData("score", "file.jsonl")]
    public async Task Wrong_usage_ends_with_2(params string[] args) => Assert.Equal(Exit.Usage, await CommandLine.RunAsync(args));

    [Theory]
    [InlineData("Did you mean status?", "stauts")]
    [InlineData("Did you mean --exit-when-idle?", "run", "--exit-when-idel")]
    [InlineData("Did you mean check?", "storage", "chekc")]
    public async Task A_slip_of_the_hand_is_met_with_what_was_meant(string told, params string[] args) => Assert.Contains(told, (await SaidAsync(args)).Errors, StringComparison.Ordinal);

    [Theory]
    [InlineData("cases", "list")]
    [InlineData("storage", "check")]
    [InlineData("train", "--list")]
    [InlineData("canary")]
    public async Task Where_appsettings_json_can_t_be_read_no_other_store_is_looked_at(params string[] verb)
    {
        using var folder = Configuration.ConfigurationFolder.With("{ \"Storage\": { \"Path\": ");

        var (exit, errors) = await SaidAsync([.. verb, "--config", folder.Root]);

        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains("Where the store is can't be told, so nothing was done. ", errors, StringComparison.Ordinal);
        Assert.Contains("appsettings.json:1:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_over_does_not_say_that_it_goes_on_by_itself()
    {
        using var folder = Configuration.ConfigurationFolder.With("{ \"Storage\": { \"Connection\": \"Host=127.0.0.1;Port=1;Database=x;Username=bot\" } }");

        Assert.Contains("the connection was refused. Start it, or mend Storage:Connection; then do this again.", (await SaidAsync(["cases", "list", "--config", folder.Root])).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_be_stopped_while_starting_is_no_failure()
    {
        using var folder = Configuration.ConfigurationFolder.With("{ \"Web\": { \"Listen\": \"\" }, \"Channels\": { \"posts\": { \"Kind\": \"replay\", \"Enabled\": true, \"Path\": \"none.jsonl\" } } }", Configuration.ConfigurationFolder.OneWatch);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(Exit.Done, await RunVerb.RunAsync(new DirectoryInfo(folder.Root), demo: false, exitWhenIdle: false, stop.Token));
    }

    [Fact]
    public async Task A_configuration_without_a_channel_does_not_run_as_the_demo()
    {
        using var folder = Configuration.ConfigurationFolder.With("{ \"Channels\": { \"blog\": { \"Kind\": \"rss\", \"Enabled\": false, \"Url\": \"https://a.example/\" } } }");

        var (exit, errors) = await SaidAsync(["run", "--exit-when-idle", "--config", folder.Root]);

        Assert.Equal(Exit.BadInput, exit);
        Assert.Contains($"No channel is enabled in {Path.Combine(folder.Root, "appsettings.json")}, so there is nothing to listen on.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_configuration_is_told_as_such()
    {
        using var folder = new Configuration.ConfigurationFolder();
        var told = $"There is no {Path.Combine(folder.Root, "appsettings.json")}, so there is nothing to listen on. Copy appsettings.example.json there";

        var (exit, errors) = await SaidAsync(["run", "--config", folder.Root]);
        Assert.Equal((Exit.BadInput, true), (exit, errors.Contains(told, StringComparison.Ordinal)));

        var output = new StringWriter();
        var reader = new SettingsReader(Sources.Of(new DirectoryInfo(folder.Root)), Program.ChannelKinds, Program.NotifierKinds);
        await CheckVerb.RunAsync(reader, online: false, new VerbPaper(output, null), TimeProvider.System, CancellationToken.None);
        Assert.Contains(told, output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Errors)> SaidAsync(string[] args)
    {
        // Other tests may say something meanwhile.
        var (errors, before) = (new StringWriter(), Console.Error);
        Console.SetError(TextWriter.Synchronized(errors));
        try
        {
            return (await CommandLine.RunAsync(args), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    [Fact]
    public async Task What_begins_with_an_at_sign_is_text()
    {
        using var folder = new Configuration.ConfigurationFolder();
        Assert.Equal(Exit.Done, await CommandLine.RunAsync(["explain", "@acmebikes charged me twice", "--author", "@mia", "--config", folder.Root]));
    }
}
