using System.Diagnostics;
using System.Diagnostics.Metrics;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;
using ListeningBot.Net;
using ListeningBot.Storage;

namespace ListeningBot.Telemetry;

/// <summary>What is so at this moment: how each part is, what waits and for how long, how large the store is. What the store must be asked is what it said at the last <see cref="LookAsync"/>.</summary>
public sealed class Gauges : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private const int MostLooked = 1000;
    private readonly PatientLook<Look> _looking;
    private readonly HealthBoard _board;
    private readonly IStore _store;
    private readonly TimeProvider _time;
    private volatile Look? _look;

    public Gauges(HealthBoard board, IStore store, NodeFigures nodes, TimeProvider time)
    {
        (_board, _store, _time) = (board, store, time);
        _looking = new PatientLook<Look>(store, view => Seen(view, time.GetUtcNow()), time);
        Gauge("listeningbot.part_well", null, "1: a channel, room or notifier is well; 0: it fails and tries again.", Parts);
        Gauge("listeningbot.channel_heard_timestamp", "s", "When something was last read from the channel, Unix time; an empty look counts.", Heard);
        Gauge("listeningbot.channel_dark", "s", "For how long the channel was not heard in the last 24 hours.", () => Of(look => look.Dark.Select(one => Value(one.Seconds, ("channel", one.Channel)))));
        Gauge("listeningbot.cases_open", null, "Cases in which somebody must act, without those on trial.", () => Of(Cases));
        Gauge("listeningbot.cases_unclaimed_oldest", "s", "For how long the oldest case that nobody has waits, without those that were answered or put off; 0: none does.", () => Of(OldestUnclaimed));
        Gauge("listeningbot.cards_waiting", null, "Cards, threads and lists that their room does not show yet as they should be.", () => Of(Cards));
        Gauge("listeningbot.cards_waiting_oldest", "s", "For how long the oldest of them waits; 0: none does.", () => Of(OldestCards));
        Gauge("listeningbot.pings_waiting", null, "Pings to be sent or taken back.", () => Of(look => [Value(look.Standing.PingsWaiting)]));
        Gauge("listeningbot.maybe_tray", null, "Mentions below the alert line that nobody has decided on.", () => Of(look => [Value(look.Standing.InTray)]));
        Gauge("listeningbot.due_lag", "s", "For how long the earliest step that is due (a ping, a follow-up...) was not taken; 0: none waits.", () => Of(look => [Value(Since(look.Standing.DueSince))]));
        Gauge("listeningbot.dead_letters", null, "What could not be dealt with and waits for a human: items, cards, pings, presses; `listeningbot dead` lists it.", () => Of(look => [Value(look.Standing.DeadLetters)]));
        Gauge("listeningbot.store_size", "By", "How large the store is.", () => Of(look => [Value(look.Standing.Bytes)]));
        Gauge("listeningbot.store_backup_age", "s", "How long ago the last `storage backup` was made; +Inf: none ever was. Nothing on PostgreSQL before the first: a server's own backups are not seen.", () => Of(BackupAge));
        Gauge("listeningbot.store_reachable", null, "1: the store answered the last look; 0: it did not.", () => [Value(_look is null ? 0 : 1)]);
        Gauge("listeningbot.store_queue", null, "Changes that wait to be written.", () => [Value((_store as Store)?.WritesWaiting ?? 0)]);
        Gauge("listeningbot.store_reading", null, "Readings of the store that are under way.", () => [Value((_store as Store)?.Reading ?? 0)]);
        Gauge("listeningbot.leases_held", null, "Roles that this machine holds; 0 where it is the only one.", () => [Value(nodes.Shared?.Roles ?? 0)]);
        Gauge("listeningbot.nodes", null, "Machines that work with this store and live.", () => [Value(nodes.Shared?.Nodes ?? 1)]);
        Gauge("listeningbot.clock_skew", "s", "How far this machine's clock is ahead of the database's; nothing where nobody measures it.", () => nodes.Shared is { Skew: var skew } ? [Value(skew.TotalSeconds)] : []);
        Gauge("listeningbot.clock_doubt", "s", "By how much this machine's clock was set while that is not believed, forth or back; 0: it is believed.", () => [Value((time as HouseClock)?.Doubt?.TotalSeconds ?? 0)]);
        Gauge("listeningbot.started_timestamp", "s", "When the program started, Unix time.", () => [Value(Unix(nodes.Started))]);
        Gauge("listeningbot.build_info", null, "Always 1: the version.", () => [Value(1, ("version", NodeFigures.Version))]);
    }

    internal Meter Meter { get; } = new(Measures.Name);

    /// <summary>Asks the store, unless that was done just now. A store that can't be read, or does not answer soon, leaves its figures out until it does.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        if (_look is not { } last || last.At > now || now - last.At > Fresh)
        {
            _look = await _looking.AskAsync(ct);
        }
    }

    public void Dispose() => Meter.Dispose();

    private void Gauge(string name, string? unit, string help, Func<IEnumerable<Measurement<double>>> read) => Meter.CreateObservableGauge(name, read, unit, help);

    private IEnumerable<Measurement<double>> Of(Func<Look, IEnumerable<Measurement<double>>> read) => _look is { } look ? read(look) : [];

    /// <summary>Names of parts are a kind and the name in the configuration: "channel blog".</summary>
    private IEnumerable<Measurement<double>> Parts() => _board.Parts.Select(part => (part, Split: part.Name.Split(' ', 2)))
        .Select(one => Value(one.part.Condition == Condition.Failing ? 0 : 1, ("kind", one.Split[0]), ("name", one.Split.Length > 1 ? one.Split[1] : "")));

    private IEnumerable<Measurement<double>> Heard() => _board.Parts.Where(part => part.LastHeard is not null && part.Name.StartsWith("channel ", StringComparison.Ordinal))
        .Select(part => Value(Unix(part.LastHeard!.Value), ("channel", part.Name["channel ".Length..])));

    private static Look Seen(IStoreView view, DateTimeOffset now) => new(now, view.Standing(now), Dark(view, now), Backups.Last(view, now), Unclaimed(view));

    private static IReadOnlyList<(string, double)> Dark(IStoreView view, DateTimeOffset now)
    {
        var gaps = view.GapsSince(now - Day).Where(entry => entry.Place is null).ToLookup(entry => entry.Channel, entry => entry.Gap);
        return [.. view.ChannelsRead().Select(channel => (channel.Name, Ledger.Dark(gaps[channel.Name], now - Day, now).TotalSeconds))];
    }

    private static IEnumerable<Measurement<double>> Cases(Look look) => Enum.GetValues<Priority>().SelectMany(priority => new[] { false, true }.Select(claimed =>
        Value(Of(look, priority, claimed)?.Count ?? 0, ("priority", Names<Priority>.Of(priority)), ("claimed", claimed ? "yes" : "no"))));

    private IEnumerable<Measurement<double>> OldestUnclaimed(Look look) => Enum.GetValues<Priority>().Select(priority =>
        Value(Since(look.Unclaimed.TryGetValue(priority, out var oldest) ? oldest : null), ("priority", Names<Priority>.Of(priority))));

    /// <summary>Since when the oldest waits for somebody, of each priority; of very many, of the most urgent ones.</summary>
    private static Dictionary<Priority, DateTimeOffset> Unclaimed(IStoreView view) =>
        view.UnansweredFreeCases(MostLooked).Where(@case => @case.WaitsForSomebody).GroupBy(@case => @case.Priority).ToDictionary(same => same.Key, same => same.Min(@case => @case.Since));

    private static OpenCases? Of(Look look, Priority priority, bool claimed) => look.Standing.Cases.FirstOrDefault(cases => cases.Priority == priority && cases.Claimed == claimed);

    private IEnumerable<Measurement<double>> Cards(Look look) => Rooms().SelectMany(room => Enum.GetValues<Priority>().Select(priority =>
        Value(look.Standing.Cards.FirstOrDefault(cards => cards.Room == room && cards.Priority == priority)?.Count ?? 0, ("room", room), ("priority", Names<Priority>.Of(priority)))));

    private IEnumerable<Measurement<double>> OldestCards(Look look) => Rooms().Select(room => Value(Since(look.Standing.Cards.Where(cards => cards.Room == room).Select(cards => (DateTimeOffset?)cards.Oldest).Min()), ("room", room)));

    private IEnumerable<string> Rooms() => _board.Parts.Where(part => part.Name.StartsWith("room ", StringComparison.Ordinal)).Select(part => part.Name["room ".Length..]);

    private IEnumerable<Measurement<double>> BackupAge(Look look) => look.LastBackup is { } at ? [Value(Since(at))] : _store is SqliteStore ? [Value(double.PositiveInfinity)] : [];

    private double Since(DateTimeOffset? begun) => begun is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0;

    private static double Unix(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    private static Measurement<double> Value(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new TagList();
        foreach (var (name, label) in labels)
        {
            tags.Add(name, label);
        }
        return new Measurement<double>(value, tags);
    }

    private sealed record Look(DateTimeOffset At, StoreStanding Standing, IReadOnlyList<(string Channel, double Seconds)> Dark, DateTimeOffset? LastBackup, IReadOnlyDictionary<Priority, DateTimeOffset> Unclaimed);
}
