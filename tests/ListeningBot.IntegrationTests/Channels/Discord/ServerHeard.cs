using ListeningBot.Channels;
using ListeningBot.Channels.Discord;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.IntegrationTests.Notifiers.Discord;
using ListeningBot.Net;
using ListeningBot.Notifiers;
using ListeningBot.Notifiers.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Discord;

/// <summary>A bot in a local server with a room for cards, and the channel that listens through it.</summary>
internal sealed class ServerHeard : IAsyncDisposable
{
    public const string Support = "200000000000000001";
    public const string Forum = "200000000000000002";
    public const string CardRoom = "200000000000000003";
    private readonly WebReader _web = new(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);
    private CancellationTokenSource _stop = new();
    private Task _hearing = Task.CompletedTask;
    private Task _reading = Task.CompletedTask;

    private ServerHeard(LocalDiscord discord) => Discord = discord;

    public LocalDiscord Discord { get; }
    public CollectedLogs Logs { get; } = new();
    public DeskHeard Desk { get; } = new();
    public Room Room { get; } = new("care", "discord", CardRoom);
    public INotifier Notifier { get; private set; } = null!;
    public List<PostChange> Changes { get; } = [];
    public List<bool> FirstContacts { get; } = [];
    public Cursor? Cursor { get; private set; }
    public List<PlacesLook> Looks { get; } = [];
    public ChannelException? Fault { get; private set; }
    public IEnumerable<Post> Posts => Changes.Select(change => change.Post).OfType<Post>();
    public IEnumerable<string> Texts => Posts.Select(post => post.Text);

    public static async Task<ServerHeard> OpenAsync()
    {
        var discord = await LocalDiscord.StartedAsync(Support, CardRoom);
        discord.AddForum(Forum);
        return new ServerHeard(discord);
    }

    /// <summary>The bot connects and the channel is read, on from the cursor; completes when all that waited is read.</summary>
    public async Task<ServerHeard> ListenAsync(params string[] channels)
    {
        _stop = new CancellationTokenSource();
        Cursor? before = Cursor;
        var (caughtUp, started) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        Notifier = DiscordKind.Kind.Create(new NotifierContext("discord", [Room], _web, TimeProvider.System, Logs), new DiscordOptions { Token = Discord.Token, Api = Discord.Api });
        _hearing = Swallow(Notifier.HearAsync(Desk, _ => { }, _stop.Token));
        _reading = Task.Run(() => ReadAsync(channels.Length > 0 ? channels : [Support, Forum], before, batch =>
        {
            started |= batch.Count == 0 && batch.Next.Value.Contains(' ', StringComparison.Ordinal);
            if (started)
            {
                caughtUp.TrySetResult();
            }
        }));
        await Task.WhenAny(caughtUp.Task, _reading).WaitAsync(TimeSpan.FromSeconds(30));
        return this;
    }

    /// <summary>The program ends.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_hearing, _reading);
    }

    public DiscordThreads Threads() => new(Context, new DiscordChannelOptions { Channels = [Support] });

    private ChannelContext Context => new("support", _web, TimeProvider.System, Logs, (_, _) => Task.CompletedTask)
    {
        Notifier = Notifier,
        Looked = (look, _) =>
        {
            Looks.Add(look);
            return Task.CompletedTask;
        },
    };

    /// <summary>How often messages of a channel were asked for.</summary>
    public int Lists(string channel) => Discord.Requests.Count(request => request.Method == "GET" && request.Path.EndsWith($"/channels/{channel}/messages", StringComparison.Ordinal));

    public Task UntilAsync(Func<ServerHeard, bool> holds) => Until.TrueAsync(() =>
    {
        lock (Changes)
        {
            return holds(this);
        }
    });

    private async Task ReadAsync(IReadOnlyList<string> channels, Cursor? since, Action<PostBatch> onBatch)
    {
        try
        {
            await foreach (var batch in new DiscordChannel(Context, new DiscordChannelOptions { Channels = channels }).ReadAsync(since, WatchSet.Build([], Ours.Nobody), _stop.Token))
            {
                Take(batch);
                onBatch(batch);
            }
        }
        catch (ChannelException e)
        {
            Fault = e;
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Take(PostBatch batch)
    {
        lock (Changes)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Changes.Add(new PostChange(batch.KindOf(i), batch.KeyAt(i), batch.KindOf(i) is ChangeKind.Added or ChangeKind.Edited ? batch.PostAt(i) : null));
                FirstContacts.Add(batch.FirstContact);
            }
            Cursor = batch.Next;
        }
    }

    private static async Task Swallow(Task hearing)
    {
        try
        {
            await hearing;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The program tells that of the notifier.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Discord.DisposeAsync();
        _web.Dispose();
    }
}
