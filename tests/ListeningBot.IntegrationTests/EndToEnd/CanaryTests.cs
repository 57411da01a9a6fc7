using System.Text.Json;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>A made-up complaint goes into a followed file and into a real mailbox, and comes out in the ops room, with the real program.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const string Ops = "222222222222222222";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-canary-");
    private readonly LocalDovecot _mail = new();
    private LocalSmtp? _smtp;
    private LocalDiscord? _discord;

    public async ValueTask InitializeAsync()
    {
        _discord = await LocalDiscord.StartedAsync(Ops);
        if (LocalDovecot.WhyMissing() is null)
        {
            await _mail.StartAsync();
            _smtp = new LocalSmtp((from, to, letter) => _mail.DeliverAsync(letter, from)).Start();
        }
    }

    [Fact]
    public async Task It_comes_out_in_the_ops_room_and_a_way_that_is_cut_is_told()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        Configure();
        await using var bot = BotProcess.Start(_folder.FullName, new Dictionary<string, string> { ["LISTENINGBOT__Notifiers__discord__Token"] = "local-token" }, "run");
        await Until.TrueAsync(() => bot.Errors.Contains("Listening.", StringComparison.Ordinal));

        var (exit, output) = await CanaryAsync();

        Assert.True(exit == 0, output + bot.Errors);
        Assert.Contains("✓ inbox: arrived after", output, StringComparison.Ordinal);
        Assert.Contains("✓ forms: arrived after", output, StringComparison.Ordinal);
        Assert.Contains("✓ lines: arrived after", output, StringComparison.Ordinal);
        Assert.Contains("✓ room ops: shown", output, StringComparison.Ordinal);
        await Until.TrueAsync(() => Words().Contains("✓ inbox: arrived after", StringComparison.Ordinal));
        Assert.Single(_discord!.Messages(Ops));

        _smtp!.Refuses = true;
        var (second, told) = await CanaryAsync();

        Assert.Equal(1, second);
        Assert.Contains("✗ inbox: could not be sent", told, StringComparison.Ordinal);
        await Until.TrueAsync(() => Words().Contains("Channel \"inbox\": its canary could not be sent", StringComparison.Ordinal));
        var (_, cases) = await RunAsync("cases", "list", "--all");
        Assert.Contains("No case is like that", cases, StringComparison.Ordinal);
    }

    private string Words() => string.Join('\n', _discord!.Messages(Ops).Select(message => LocalPress.Words(message)));

    private Task<(int Exit, string Output)> CanaryAsync() => RunAsync("canary");

    private async Task<(int Exit, string Output)> RunAsync(params string[] verb)
    {
        await using var process = BotProcess.Start(_folder.FullName, null, verb);
        var exit = await process.WaitForExitAsync();
        return (exit, process.Output + process.Errors);
    }

    private void Configure()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        File.WriteAllText(Path.Combine(_folder.FullName, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n    alert: 0.2\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "posts.jsonl"), "");
        File.WriteAllText(Path.Combine(_folder.FullName, "appsettings.json"), JsonSerializer.Serialize(new
        {
            Channels = new
            {
                inbox = new
                {
                    Kind = "mail",
                    _mail.Host,
                    _mail.Port,
                    _mail.User,
                    _mail.Password,
                    _mail.CertificateSha256,
                    Every = "00:00:05",
                    Canary = new { Host = "127.0.0.1", _smtp!.Port, Tls = false, From = "canary@elsewhere.example" },
                },
                forms = new { Kind = "webhook", Secret = "a-secret-of-the-test" },
                lines = new { Kind = "replay", Path = Path.Combine(_folder.FullName, "posts.jsonl"), Follow = true, Canary = true },
            },
            Notifiers = new { discord = new { _discord!.Api } },
            Rooms = new { ops = new { Notifier = "discord", Address = Ops } },
            // As in the shipped image.
            Web = new { Listen = "http://*:0" },
            Http = new { AllowPrivateHosts = new[] { _discord.HostAndPort } },
            Canary = new { Within = "00:00:30" },
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _discord!.DisposeAsync();
        if (_smtp is { } smtp)
        {
            await smtp.DisposeAsync();
        }
        await _mail.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
