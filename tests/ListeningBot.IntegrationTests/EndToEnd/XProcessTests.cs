using System.Text.Json;
using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd;

/// <summary>The real program hears X.</summary>
public sealed class XProcessTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("listeningbot-x-").FullName;
    private readonly LocalX _x = new();
    private readonly LocalSite _site = new();
    private LocalDiscord _discord = null!;

    public async ValueTask InitializeAsync()
    {
        _site.Answer = _x.AnswerAsync;
        await _site.StartAsync();
        _discord = await LocalDiscord.StartedAsync(Town.Room);
        Directory.CreateDirectory(Path.Combine(_folder, "config"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "config", "watches.yaml"), "watches:\n  - name: acme\n    find: [acme]\n    alert: 0.2\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _discord.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_complaint_found_by_search_becomes_a_card_and_health_tells_what_the_day_has_cost()
    {
        var port = Ports.Free();
        Configure(port, new { Kind = "x", Api = _site.Address, LocalX.Token, Budget = 2.0, Every = "00:00:15" });
        _x.Post("acme ruined my week, still no refund after three weeks, nobody answers, worst service ever");
        await using var bot = BotProcess.Start(_folder, new Dictionary<string, string> { ["LISTENINGBOT__Notifiers__discord__Token"] = "local-token" }, "run");

        await Until.TrueAsync(() => _discord.Messages(Town.Room).Any(card => card.ToJsonString().Contains("ruined my week", StringComparison.Ordinal)));
        await Until.TrueAsync(() => _discord.Messages(Town.Room).Any(card => card.ToJsonString().Contains("Person mia", StringComparison.Ordinal)));

        using var http = new HttpClient();
        var part = JsonNode.Parse(await http.GetStringAsync($"http://127.0.0.1:{port}/readyz"))!["parts"]!.AsArray().Single(part => (string?)part!["name"] == "channel tweets")!;
        Assert.Equal(2m, (decimal)part["spend"]!["budget"]!);
        Assert.InRange((decimal)part["spend"]!["spent"]!, 0.005m, 0.5m);
    }

    [Fact]
    public async Task Check_online_signs_in_and_costs_nothing()
    {
        Configure(Ports.Free(), new { Kind = "x", Api = _site.Address, LocalX.Token, Budget = 2.0, Account = "@acme" });
        await using var bot = BotProcess.Start(_folder, new Dictionary<string, string> { ["LISTENINGBOT__Notifiers__discord__Token"] = "local-token" }, "check", "--online");
        await bot.WaitForExitAsync();

        Assert.Contains("channel tweets: fine: the token is accepted; Mentions reads at most 400 posts a day for $2.00", bot.Output, StringComparison.Ordinal);
        Assert.Equal(0, _x.Charged);
    }

    private void Configure(int port, object channel) => File.WriteAllText(Path.Combine(_folder, "appsettings.json"), JsonSerializer.Serialize(new
    {
        Channels = new { tweets = channel },
        Notifiers = new { discord = new { _discord.Api } },
        Rooms = new { care = new { Notifier = "discord", Address = Town.Room } },
        Web = new { Listen = $"http://127.0.0.1:{port}" },
        Http = new { AllowPrivateHosts = new[] { $"127.0.0.1:{_site.Port}", _discord.HostAndPort } },
    }));
}
