using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Configuration;

/// <summary>One node of a test: its files, and the settings that are live on it.</summary>
internal sealed class ConfigNode(IStore store, ManualClock clock, ConfigurationFolder folder, ChangeGuard? guard = null) : IAsyncDisposable
{
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private LiveSettings? _live;

    public ConfigurationFolder Folder => folder;
    public LiveSettings Live => _live ?? throw new InvalidOperationException("not started");
    public List<string> Told { get; } = [];
    public CollectedLogs Logs { get; } = new();
    public Settings Settings => Live.Current;
    public bool Looks => !_running.IsCompleted;

    /// <summary>Called with each swap.</summary>
    public Action<Settings> Swapped { get; set; } = _ => { };

    public async Task<ConfigNode> StartAsync()
    {
        var reader = folder.Reader;
        _live = await LiveSettings.StartAsync(reader, reader.Read(), store, guard ?? LiveSettings.Unguarded, clock, Logs.CreateLogger<LiveSettings>(), CancellationToken.None);
        Assert.NotNull(_live);
        _running = _live.RunAsync(
            new SettingsListener(
                (_, now) => Tell("changed", () => Swapped(now)),
                problems => Tell($"broke: {problems.Count}"),
                () => Tell("mended"),
                _ => { }),
            _stop.Token);
        return this;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public Task WriteAsync(string watches) => Task.FromResult(folder.Write("config/watches.yaml", watches));

    private Task Tell(string what, Action? act = null)
    {
        act?.Invoke();
        Told.Add(what);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        folder.Dispose();
    }
}

/// <summary>Nodes over one store, and time that passes for all of them.</summary>
internal sealed class ConfigNodes : IAsyncDisposable
{
    public const string App = "{ \"Channels\": { \"blogs\": { \"Kind\": \"feed\", \"Url\": \"https://a.example/\" } } }";
    private readonly List<ConfigNode> _nodes = [];

    public TempStore Store { get; } = new();
    public ManualClock Clock { get; } = new();

    /// <summary>What the guard says of a change; null: it may go live.</summary>
    public Func<Settings, Settings, Objection?> Guard { get; set; } = (_, _) => null;

    /// <summary>Not started yet.</summary>
    public ConfigNode Add(string watches, string app = App)
    {
        var node = new ConfigNode(Store.Store, Clock, ConfigurationFolder.With(app, watches), (old, now, _) => Task.FromResult(Guard(old, now)));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Version 2 is live, and the second node has no secret for it: it began with its own files, those of version 1.</summary>
    public async Task<(ConfigNode First, ConfigNode Alone)> ApartAsync(string live = "08:00", string own = "08:00")
    {
        const string Password = "LISTENINGBOT__Channels__inbox__Password";
        var first = await Add(Watch("nimbus"), ListsAt(own)).StartAsync();
        await first.StopAsync();
        first.Folder.Given(Password, "hidden").Write("appsettings.json", ListsAt(live, ", \"inbox\": { \"Kind\": \"box\", \"User\": \"me\" }"));
        await first.StartAsync();
        var alone = await Add(Watch("nimbus"), ListsAt(own)).StartAsync();
        Assert.True(alone.Live.RunsOwnFiles);
        await first.StopAsync();
        first.Folder.Without(Password);
        return (first, alone);
    }

    /// <param name="more">Other channels.</param>
    public static string ListsAt(string hour, string more = "") =>
        $"{{ \"Web\": {{ \"Listen\": \"\" }}, \"Alerting\": {{ \"MaybeListAt\": \"{hour}\" }}, \"Channels\": {{ \"blogs\": {{ \"Kind\": \"feed\", \"Url\": \"https://a.example/\" }}{more} }} }}";

    public static string Watch(string word) => $"watches:\n  - name: brand\n    find: [{word}]\n";

    /// <summary>Lets time pass in steps that end only when every looking sleeps again.</summary>
    /// <param name="steps">Milliseconds.</param>
    public async Task PassAsync(TimeSpan span, int steps = 50)
    {
        var step = TimeSpan.FromMilliseconds(steps);
        for (var passed = TimeSpan.Zero; passed < span; passed += step)
        {
            await AsleepAsync();
            Clock.Advance(step);
        }
        await AsleepAsync();
    }

    /// <summary>Within two seconds an edit is live where it was made, a second later on the other nodes.</summary>
    public Task PassAsync() => PassAsync(TimeSpan.FromSeconds(_nodes.Count(node => node.Looks) > 1 ? 3 : 2));

    public Task<IReadOnlyList<ConfigVersion>> HistoryAsync() => Store.ReadAsync(view => view.ConfigHistory(1000));

    /// <summary>What the ops room is told, in order.</summary>
    public Task<List<string>> NoticesAsync() => Store.ReadAsync(view => Enumerable.Range(1, 2000).Select(id => view.NoticeOf(id)?.Text).OfType<string>().ToList());

    private async Task AsleepAsync()
    {
        while (Clock.Waiting < _nodes.Count(node => node.Looks))
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
        await Store.DisposeAsync();
    }
}
