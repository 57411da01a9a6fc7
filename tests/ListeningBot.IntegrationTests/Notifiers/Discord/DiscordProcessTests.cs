using System.Diagnostics;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;

namespace ListeningBot.IntegrationTests.Notifiers.Discord;

/// <summary>The real program as a process, with its own configuration files, against the local Discord.</summary>
public sealed class DiscordProcessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-discord-");
    private LocalDiscord _discord = null!;

    public async ValueTask InitializeAsync()
    {
        _discord = await LocalDiscord.StartedAsync(DiscordHouse.Channel);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config"));
        await WriteAsync("config/watches.yaml", "watches:\n  - name: brand\n    team: care\n    find: [nimbus]\n");
        await WriteAsync("posts.jsonl", """{"id":"1","text":"@everyone My Nimbus laptop died again, I want my money back. Third time! Worst support ever.","author":{"handle":"mia","name":"Mia **Lang**"},"url":"https://social.example/1"}""" + "\n");
        await WriteAsync("appsettings.json", $$"""
            {
              "Channels": { "posts": { "Kind": "replay", "Enabled": true, "Path": "posts.jsonl" } },
              "Notifiers": { "discord": { "Enabled": true, "Api": "{{_discord.Api}}" } },
              "Rooms": { "default": { "Notifier": "discord", "Address": "{{DiscordHouse.Channel}}" } },
              "Http": { "AllowPrivateHosts": ["127.0.0.1"] },
              "Web": { "Listen": "" }
            }
            """);
    }

    [Fact]
    public async Task Checking_online_sends_a_test_card()
    {
        using var program = Start("check", "--online");
        var said = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.True(program.ExitCode == 0, said);
        Assert.Contains("test card", LocalPress.Words(Assert.Single(_discord.Messages(DiscordHouse.Channel))));
    }

    public async ValueTask DisposeAsync()
    {
        await _discord.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "listeningbot.dll"), .. arguments, "--config", _folder.FullName])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
            Environment = { ["LISTENINGBOT__Notifiers__discord__Token"] = _discord.Token },
        };
        var program = Process.Start(start)!;
        program.BeginErrorReadLine();
        return program;
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text);
}
