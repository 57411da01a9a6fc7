using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.LocalServices;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>A mail server.</summary>
public sealed class MailServerCutTests(ITestOutputHelper output) : ConnectionCut(output)
{
    [Fact]
    public async Task The_mail_server_is_gone()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var town = await Town.BuiltAsync();
        await using var way = new TcpRelay(town.Mail!.Port);
        town.MailOver(way);
        await CutAsync("mail server gone", town, () => town.ComplainByMailAsync(++Complaints), () => { way.Refuses = true; way.Cut(); return Task.CompletedTask; }, () => { way.Refuses = false; return Task.CompletedTask; }, () => way.Connections);
    }

    /// <summary>The server's processes stand still: its system takes what is sent and new connections too, and nobody answers.</summary>
    [Fact]
    public async Task The_mail_server_falls_silent()
    {
        Assert.SkipWhen(LocalDovecot.WhyMissing() is not null, LocalDovecot.WhyMissing() ?? "");
        await using var town = await Town.BuiltAsync();
        await using var way = new TcpRelay(town.Mail!.Port);
        town.MailOver(way, every: TimeSpan.FromMinutes(1));
        var isHeld = false;
        await CutAsync(
            "mail server silent",
            town,
            async () => isHeld ? town.ComplainInFolder(++Complaints) : await town.ComplainByMailAsync(++Complaints),
            async () => { isHeld = true; await town.Mail.HoldAsync(); },
            async () => { isHeld = false; await town.Mail.LetGoAsync(); },
            () => way.Connections,
            part: "channel inbox",
            // Where it fell silent in the middle of a long command, that is waited for over the same line.
            atLeast: 0);
    }
}
