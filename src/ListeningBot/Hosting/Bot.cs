using System.Collections.Concurrent;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Holidays;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Net;
using ListeningBot.Notifiers;
using ListeningBot.Reach;
using ListeningBot.Telemetry;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// The whole flow, one way:
/// channels -> intake (match, score) -> store (one transaction with the cursor) -> room keepers -> notifiers -> presses -> store.
/// Each channel, room and notifier has a run of its own; a changed configuration starts, stops or restarts only what it changed.
/// </summary>
public sealed partial class Bot(IStore store, Intake intake, OpenThreads threads, CardKeeper keeper, PressDesk desk, RoomDirectory rooms, RoomBells bells, BotParts parts) : IAsyncDisposable
{
    private const string Holidays = "holidays";
    private readonly Runs _channels = new();
    private readonly Runs _rooms = new();
    private readonly Runs _notifiers = new();
    private readonly Runs _lookups = new();
    private readonly Runs _rereads = new();
    private readonly Runs _calendars = new();
    private readonly Runs _canaries = new();
    private readonly Dictionary<string, (object Identity, INotifier Notifier)> _made = [];
    private readonly Dictionary<string, object> _reading = [];
    private readonly ConcurrentDictionary<string, ChannelRunner> _runners = [];
    private readonly SemaphoreSlim _applying = new(1);
    private readonly ILogger _log = parts.Logs.CreateLogger<Bot>();
    private WebReader? _web;
    private string? _folder;
    private object? _responders;
    private volatile bool _leftIsShown = true;

    /// <summary>Names of the channels' parts on the health board.</summary>
    public IReadOnlyCollection<string> ChannelParts => [.. _channels.Names.Select(name => "channel " + name)];

    public async Task StartAsync(Settings settings, CancellationToken ct)
    {
        await store.ReadAsync(
            view =>
            {
                threads.Learn(view, parts.Time.GetUtcNow());
                return true;
            },
            ct);
        bells.Rung = KeepRoom;
        await ApplyAsync(settings);
        foreach (var room in await store.ReadAsync(view => view.RoomsWithWork(), ct))
        {
            KeepRoom(room);
        }
    }

    /// <summary>Called each minute: which channels are quiet for too long? And is something still to be done that the store refused?</summary>
    public async Task LookAfterChannelsAsync(CancellationToken ct)
    {
        if (!_leftIsShown)
        {
            await ShowWhatWasLeftAsync();
            foreach (var room in _rooms.Names)
            {
                bells.Ring(room);
            }
        }
        foreach (var runner in _runners.Values)
        {
            await runner.LookAsync(ct);
        }
    }

    /// <summary>Makes the running parts fit these settings.</summary>
    public async Task ApplyAsync(Settings settings)
    {
        await _applying.WaitAsync();
        try
        {
            await ApplyHeldAsync(settings);
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <summary>One at a time: as much of the settings as is this machine's to run.</summary>
    private async Task ApplyHeldAsync(Settings settings)
    {
        var watches = settings.Matcher();
        var old = _web;
        var edited = !ReferenceEquals(_settings, settings);
        _settings = settings;
        _roles.Know(settings);
        await StopLostRoomsAsync();
        _want?.Invoke(Roles.Of(settings));
        _folder = settings.Storage.Folder;
        _web = old?.Settings == settings.Http ? old : new WebReader(settings.Http, parts.Time);
        parts.Watches.Swap(watches);
        parts.Sampler.Limits = settings.Storage.Sample;
        if (edited)
        {
            BeginFigures(settings);
            parts.Policies.Change(policy => policy with { Playbook = settings.Playbook, Bursts = new Bursts(settings.Alerting.BurstFrom, settings.Alerting.BurstWithin), Retention = settings.Retention.Limits, Ours = settings.Ours, Listening = settings.Watches.Select(watch => watch.Team).ToHashSet(StringComparer.Ordinal) });
        }
        await ApplyRespondersAsync(settings, _web);
        await ApplyNotifiersAsync(settings, _web);
        TryBlockedRoomsAgain();
        await ApplyChannelsAsync(settings, watches, _web);
        await ApplyRereadsAsync(settings, watches, _web);
        await ApplyLookupsAsync(settings, _web);
        await ApplyCanaryAsync(settings, _web);
        if (old != _web)
        {
            old?.Dispose();
        }
        if (edited)
        {
            // Roles that moved are told by their names: what is configured stayed as it is.
            _log.Listening(settings.Channels.Count, settings.Watches.Count, settings.Rooms.Count);
        }
    }

    /// <summary>All that is configured, as any of it may move to this machine.</summary>
    private void BeginFigures(Settings settings)
    {
        foreach (var channel in settings.Channels)
        {
            parts.Page.BeginChannel(channel.Name);
        }
        foreach (var room in settings.Rooms)
        {
            Measures.BeginRoom(room.Name);
        }
    }

    private async Task ApplyRespondersAsync(Settings settings, WebReader web)
    {
        object identity = (settings.Responders, web);
        if (identity.Equals(_responders))
        {
            return;
        }
        await _calendars.StopAsync(Holidays);
        var holidays = new HolidayRunner(settings.Responders, web, store, parts.Policies, bells, parts.Time, parts.Logs.CreateLogger<HolidayRunner>());
        await holidays.ApplyAsync(CancellationToken.None);
        _calendars.Start(Holidays, For(Holidays, holidays.RunAsync));
        _responders = identity;
    }

    private async Task ApplyNotifiersAsync(Settings settings, WebReader web)
    {
        var old = new List<INotifier>();
        foreach (var wanted in settings.Notifiers)
        {
            var own = settings.Rooms.Where(room => room.Notifier == wanted.Name).ToList();
            var mine = _roles.May(Roles.OfNotifier(wanted.Name), out var grant);
            var identity = new { wanted.Options, Rooms = string.Join('|', own), Http = settings.Http, mine, grant };
            if (_made.TryGetValue(wanted.Name, out var made) && made.Identity.Equals(identity))
            {
                continue;
            }
            await _notifiers.StopAsync(wanted.Name);
            await StopRoomsAsync(wanted.Name);
            old.Add(made.Notifier);
            var notifier = wanted.Kind.Create(new NotifierContext(wanted.Name, own, web, parts.Time, parts.Logs), wanted.Options);
            _made[wanted.Name] = (identity, notifier);
            var hearing = new HearingRunner(wanted.Name, notifier, desk, store, bells, parts.Board, parts.Time, parts.Logs.CreateLogger<HearingRunner>());
            if (mine)
            {
                _notifiers.Start(wanted.Name, For(wanted.Kind.Name, hearing.RunAsync), grant);
            }
            else
            {
                parts.Board.Removed(hearing.Part);
            }
        }
        foreach (var gone in _made.Keys.Except(settings.Notifiers.Select(n => n.Name)).ToList())
        {
            await _notifiers.StopAsync(gone);
            parts.Board.Removed("notifier " + gone);
            old.Add(_made[gone].Notifier);
            _made.Remove(gone);
        }
        rooms.Swap(settings.Rooms.ToDictionary(room => room.Name, room => (room, Checked(room.Notifier))));
        await ShowWhatWasLeftAsync();
        foreach (var room in settings.Rooms.Where(room => Keeps(room.Name)))
        {
            KeepRoom(room.Name);
        }
        await DisposeAsync(old);
    }

    /// <summary>A room that comes back is brought up to date; where the store refuses, with the next look.</summary>
    private async Task ShowWhatWasLeftAsync()
    {
        try
        {
            await store.WriteAsync(tx => { CardKeeper.ShowWhatWasLeft(tx, rooms.Reaches); return 0; });
            _leftIsShown = true;
        }
        catch (IOException e)
        {
            _leftIsShown = false;
            _log.DueWorkFailed("what was left in rooms that are back", e);
        }
    }

    private async Task ApplyChannelsAsync(Settings settings, WatchSet watches, WebReader web)
    {
        foreach (var gone in _channels.Names.Except(settings.Channels.Select(c => c.Name)).ToList())
        {
            await _channels.StopAsync(gone);
            _reading.Remove(gone);
            parts.Doors.Remove(gone);
            parts.Board.Removed("channel " + gone);
            _runners.TryRemove(gone, out _);
            await GiveUpAsync(gone);
        }
        foreach (var wanted in settings.Channels)
        {
            // Watches are part of what a channel listens for: a change of either starts its reading anew, from its cursor.
            var mine = _roles.May(Roles.OfChannel(wanted), out var grant);
            object identity = (wanted.Options, wanted.QuietAfter, settings.Watches, settings.Ours, web, NotifierOf(wanted.Options), (mine, grant));
            if (_reading.TryGetValue(wanted.Name, out var reading) && reading.Equals(identity))
            {
                continue;
            }
            await _channels.StopAsync(wanted.Name);
            _reading.Remove(wanted.Name);
            if (!mine)
            {
                parts.Board.Removed("channel " + wanted.Name);
                _runners.TryRemove(wanted.Name, out _);
                _reading[wanted.Name] = identity;
                continue;
            }
            var places = new PlaceDarkness(wanted.Name, store, bells, parts.Time, parts.Logs.CreateLogger<PlaceDarkness>());
            var context = Context(wanted.Name, web, wanted.Options) with { Looked = places.LookedAsync, Unheard = why => parts.Board.Unheard("channel " + wanted.Name, why) };
            var runner = new ChannelRunner(wanted.Name, wanted.Kind.Create(context, wanted.Options), intake, parts.Policies, store, bells, parts.Board, parts.Time, parts.Logs.CreateLogger<ChannelRunner>()) { QuietAfter = QuietAfter(wanted) };
            _runners[wanted.Name] = runner;
            _channels.Start(wanted.Name, For(wanted.Kind.Name, ct => runner.RunAsync(watches, ct)), grant);
            _reading[wanted.Name] = identity;
        }
    }

    /// <summary>A channel that nobody reads any more leaves no gap without an end.</summary>
    private async Task GiveUpAsync(string channel)
    {
        try
        {
            await store.WriteAsync(tx => { Ledger.GiveUp(tx, channel, parts.Time.GetUtcNow()); return 0; });
        }
        catch (IOException e)
        {
            _log.DueWorkFailed($"the end of channel {channel} in the ledger", e);
        }
    }

    /// <summary>What was under way is due again.</summary>
    private async Task ApplyRereadsAsync(Settings settings, WatchSet watches, WebReader web)
    {
        foreach (var old in _rereads.Names)
        {
            await _rereads.StopAsync(old);
            parts.Board.Removed(RereadRunner.PartOf(old));
        }
        foreach (var channel in settings.Channels)
        {
            if (_roles.May(Roles.OfChannel(channel), out var grant) && channel.Kind.Threads(Context(channel.Name, web, channel.Options), channel.Options) is { } reader)
            {
                var runner = new RereadRunner(channel.Name, reader, intake, parts.Policies, store, bells, parts.Board, parts.Time, parts.Logs.CreateLogger<RereadRunner>());
                _rereads.Start(channel.Name, For(channel.Kind.Name, ct => runner.RunAsync(watches, ct)), grant);
            }
        }
    }

    /// <summary>What was under way is due again.</summary>
    private async Task ApplyLookupsAsync(Settings settings, WebReader web)
    {
        await _lookups.StopAsync(Roles.Authors);
        if (!_roles.May(Roles.Authors, out var grant))
        {
            return;
        }
        var lookups = settings.Channels
            .Select(channel => (channel.Name, Lookup: channel.Kind.Authors(Context(channel.Name, web, channel.Options), channel.Options)))
            .Where(channel => channel.Lookup is not null)
            .ToDictionary(channel => channel.Name, channel => channel.Lookup!);
        var search = new AuthorSearch(lookups, new PolitePages(web, parts.Time), settings.Ours);
        _lookups.Start(Roles.Authors, For(Roles.Authors, new LookupRunner(store, search, parts.Policies, bells, parts.Time, parts.Logs.CreateLogger<LookupRunner>()).RunAsync), grant);
    }

    private async Task ApplyCanaryAsync(Settings settings, WebReader web)
    {
        await _canaries.StopAsync(Roles.Canary);
        if (!_roles.May(Roles.Canary, out var grant))
        {
            CanaryRunner.Forget(parts.Board);
            return;
        }
        var paths = settings.Channels
            .Select(channel => (channel.Name, Path: channel.Kind.Canary(Context(channel.Name, web, channel.Options), channel.Options)))
            .Where(channel => channel.Path is not null)
            .ToDictionary(channel => channel.Name, channel => channel.Path!);
        var runner = new CanaryRunner(store, settings.Canary, paths, settings.Rooms, parts.Watches, bells, parts.Board, parts.Time, parts.Logs.CreateLogger<CanaryRunner>());
        _canaries.Start(Roles.Canary, For(Roles.Canary, runner.RunAsync), grant);
    }

    /// <summary>The requests of this run are counted as this kind's.</summary>
    private static Func<CancellationToken, Task> For(string kind, Func<CancellationToken, Task> run) => ct =>
    {
        Errand.Of(kind);
        Measures.BeginService(kind);
        return run(ct);
    };

    private ChannelContext Context(string name, WebReader web, object options) => new(name, web, parts.Time, parts.Logs, (pause, ct) => parts.Polls.WaitAsync(name, pause, ct))
    {
        Doors = parts.Doors,
        HeardAt = ct => store.ReadAsync(view => view.HeardAt(name), ct),
        Notifier = NotifierOf(options),
        Folder = _folder,
        Papers = _roles.AreShared ? new SharedPapers(store, parts.Time) : null,
        Spending = new Spending(name, store, parts.Time, bells.Ring, spend => parts.Board.Spent("channel " + name, spend)),
    };

    private INotifier? NotifierOf(object options) => options is IThroughNotifier through && _made.TryGetValue(through.Notifier, out var made) ? made.Notifier : null;

    private void TryBlockedRoomsAgain()
    {
        keeper.TryBlockedAgain();
        foreach (var room in _rooms.Names)
        {
            bells.Ring(room);
        }
    }

    private void KeepRoom(string room)
    {
        if (!_roles.May(_roles.OfRoom(room), out var grant))
        {
            _ringElsewhere?.Invoke(room);
            return;
        }
        var runner = new RoomRunner(room, keeper, store, bells, parts.Board, parts.Time, parts.Logs.CreateLogger<RoomRunner>()) { TakenOver = grant is not null };
        _rooms.Start(room, runner.RunAsync, grant);
    }

    /// <summary>Stops reading first, so that what was read can still be shown; all within the host's patience.</summary>
    public async Task StopAsync()
    {
        bells.Rung = null;
        _stopped = true;
        await _channels.StopAllAsync();
        await _rereads.StopAllAsync();
        await _lookups.StopAllAsync();
        await _calendars.StopAllAsync();
        await _canaries.StopAllAsync();
        await _notifiers.StopAllAsync();
        await _rooms.StopAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await DisposeAsync(_made.Values.Select(made => made.Notifier));
        _web?.Dispose();
        _applying.Dispose();
    }

    private static async Task DisposeAsync(IEnumerable<INotifier?> notifiers)
    {
        foreach (var notifier in notifiers.OfType<IAsyncDisposable>())
        {
            await notifier.DisposeAsync();
        }
    }
}

/// <summary>What all runs share.</summary>
public sealed record BotParts(PolicyBook Policies, WatchBook Watches, Sampler Sampler, HealthBoard Board, PollBell Polls, Doors Doors, PrometheusPage Page, TimeProvider Time, ILoggerFactory Logs);
