using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program below a service manager that it can't tell from systemd.</summary>
public sealed class ServiceManagerProcessTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_says_that_it_is_ready_lives_and_stops(bool atAPath)
    {
        using var manager = new LocalServiceManager(atAPath);
        await using var town = await Town.BuiltAsync(withMail: false);
        await using var bot = BotProcess.Start(town.Folder, manager.Environment(TimeSpan.FromSeconds(3)).Append(Town.Secret).ToDictionary(), "run");

        await Until.TrueAsync(() => manager.Count("WATCHDOG=1") >= 2);
        Assert.Equal("READY=1", manager.Lines[0]);
        Assert.Equal(1, manager.Count("READY=1"));
        Assert.Contains("\"EventId\":407", bot.Errors, StringComparison.Ordinal);
        Assert.Matches("^STATUS=Listening; all [1-9][0-9]* parts are well$", manager.Lines[^1]);

        await bot.TerminateAsync();
        Assert.Equal(0, bot.ExitCode);
        await Until.TrueAsync(() => manager.Count("STOPPING=1") == 1);
    }

    [Fact]
    public async Task A_start_that_fails_is_never_ready()
    {
        using var manager = new LocalServiceManager(atAPath: false);
        await using var town = await Town.BuiltAsync(withMail: false);
        town.Watch("watches: [");
        await using var bot = BotProcess.Start(town.Folder, manager.Environment(TimeSpan.FromSeconds(3)).Append(Town.Secret).ToDictionary(), "run");

        Assert.Equal(1, await bot.WaitForExitAsync());
        Assert.Empty(manager.Lines);
    }
}
