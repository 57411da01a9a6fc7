using System.Text;
using System.Text.Json;
using ListeningBot.IntegrationTests.Deploy;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>The real program dies of a fault that nobody catches, or is ended at once, with secrets in its file and its environment: what it leaves on its terminal, in its folder and in the list of processes names none of them.</summary>
public sealed class CrashOutputTests
{
    private const string Canary = "cnry51d0be77a4";

    [Theory]
    [InlineData("USR1", "a fault that nobody catches")]
    [InlineData("USR2", "a fault that nobody could catch")]
    public async Task No_secret_is_left_behind(string signal, string told)
    {
        var folder = Directory.CreateTempSubdirectory("listeningbot-crash-");
        await using var discord = await LocalDiscord.StartedAsync(Town.Room);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "config"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = new { forms = new { Kind = "webhook", Secret = Canary + "-of-the-file-1234567890" } },
            Notifiers = new { discord = new { discord.Api } },
            Rooms = new { care = new { Notifier = "discord", Address = Town.Room } },
            Web = new { Listen = "http://127.0.0.1:0" },
            Http = new { AllowPrivateHosts = new[] { discord.HostAndPort } },
            Logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Trace" } },
        }));
        var environment = new Dictionary<string, string>
        {
            ["LISTENINGBOT__Notifiers__discord__Token"] = Canary + "-of-the-environment",
            ["DOTNET_STARTUP_HOOKS"] = typeof(CrashOutputTests).Assembly.Location,
            [StartupHook.Crashes] = "1",
            ["DOTNET_DbgEnableMiniDump"] = "0",
        };

        // No core of it either, as under the shipped unit (LimitCORE=0).
        await using var bot = BotProcess.StartBy(["sh", "-c", "ulimit -c 0; exec \"$0\" \"$@\""], folder.FullName, environment, "run");
        await Until.TrueAsync(() => bot.HasExited || bot.Errors.Contains("Health answers on", StringComparison.Ordinal));
        Assert.False(bot.HasExited, bot.Errors);
        var line = await File.ReadAllTextAsync($"/proc/{bot.Id}/cmdline");
        Assert.Contains("listeningbot", line, StringComparison.Ordinal);

        await bot.SignalAsync(signal);
        Assert.NotEqual(0, await bot.WaitForExitAsync());

        var said = bot.Output + bot.Errors;
        Assert.Contains(told, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, said + line, StringComparison.Ordinal);
        Assert.DoesNotContain("LISTENINGBOT__Notifiers", said, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder.FullName, "appsettings.json"));
        foreach (var file in Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    /// <summary>Whoever sets them for a whole machine does not set them for the bot.</summary>
    [Fact]
    public void Shipped_files_write_no_dumps()
    {
        var unit = DeployFiles.TextOf("listeningbot.service").Split('\n');
        Assert.Contains("LimitCORE=0", unit);
        foreach (var name in (string[])["DOTNET_DbgEnableMiniDump=0", "DOTNET_EnableDiagnostics=0"])
        {
            Assert.Contains(unit, line => line.StartsWith("Environment=", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal));
            Assert.Contains(name, DeployFiles.TextOf("Dockerfile"), StringComparison.Ordinal);
        }
        Assert.Matches("ulimits:\\n +core: 0\\n", DeployFiles.TextOf("compose.yaml"));
    }
}
