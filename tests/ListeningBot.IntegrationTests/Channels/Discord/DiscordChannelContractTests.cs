using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Discord;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.IntegrationTests.Notifiers.Discord;
using ListeningBot.Net;
using ListeningBot.Notifiers;
using ListeningBot.Notifiers.Discord;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ListeningBot.IntegrationTests.Channels.Discord;

public sealed class DiscordChannelContractTests : ServiceContractTests
{
    protected override async Task<ChannelRig> StartAsync() => new ServerRig(await LocalDiscord.StartedAsync(ServerRig.Support));

    [Fact]
    public Task What_is_forbidden_needs_an_operator() => NeedsAnOperator(Trouble.Forbidden);

    [Fact]
    public async Task A_service_that_asks_for_a_pause_gets_it()
    {
        await using var rig = await Troubled(Trouble.RateLimited);
        var listener = await HasFailed(rig);

        Assert.Equal(ChannelRig.RateLimitWait, listener.Faults[0].After);
        await IsHeardAgain(rig, listener);
    }

    /// <summary>A server with one channel, and a bot that is made anew with each channel, as after a restart of the program.</summary>
    private sealed class ServerRig(LocalDiscord discord) : ChannelRig
    {
        public const string Support = "200000000000000001";
        private readonly WebReader _web = new(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);
        private readonly List<Task> _hearing = [];
        private CancellationTokenSource _stop = new();

        public override string? Secret => discord.Token;
        public override bool MayRepeat => true;

        public override IChannel Create(ChannelContext context)
        {
            _stop.Cancel();
            _stop = new CancellationTokenSource();
            var notifier = DiscordKind.Kind.Create(new NotifierContext("discord", [], _web, Time, context.Logs), new DiscordOptions { Token = discord.Token, Api = discord.Api, Patience = TimeSpan.FromSeconds(1.5) });
            _hearing.Add(HearAsync(notifier, _stop.Token));
            return new DiscordChannel(context with { Notifier = notifier }, new DiscordChannelOptions { Channels = [Support] });
        }

        private static async Task HearAsync(INotifier notifier, CancellationToken ct)
        {
            try
            {
                await notifier.HearAsync(new DeskHeard(), _ => { }, ct);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The program tells that of the notifier.
            }
        }

        public override Task OfferAsync(params ContractItem[] items)
        {
            foreach (var item in items)
            {
                discord.WriteInThread(Support, item.Text);
            }
            return Task.CompletedTask;
        }

        public override Task OfferGarbageAsync()
        {
            discord.WriteInThread(Support, "x", extra: new JsonObject { ["author"] = "nobody" });
            return Task.CompletedTask;
        }

        public override Task BehaveAsync(Trouble trouble)
        {
            discord.FailNoMore();
            if (WayOf(trouble) is { } way)
            {
                discord.Fail(way, path: trouble == Trouble.Empty ? "/messages" : null, times: int.MaxValue);
            }
            return Task.CompletedTask;
        }

        private static LocalFault.Way? WayOf(Trouble trouble) => trouble switch
        {
            Trouble.Unauthorized => LocalFault.Status(401),
            Trouble.Forbidden => LocalFault.Status(403, 50001),
            Trouble.RateLimited => LocalFault.TooMany(RateLimitWait.TotalSeconds),
            Trouble.RateLimitedWithoutWait => (context, _) => Task.FromResult(context.Response.StatusCode = 429),
            Trouble.ServerError => LocalFault.Status(503),
            Trouble.Hang => LocalFault.Hang,
            Trouble.CutOff => LocalFault.CutAfter,
            Trouble.Empty => (context, _) => context.Response.WriteAsync("[]"),
            Trouble.Garbage => LocalFault.Garbage,
            _ => null,
        };

        public override async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_hearing);
            await discord.DisposeAsync();
            _web.Dispose();
        }
    }
}
