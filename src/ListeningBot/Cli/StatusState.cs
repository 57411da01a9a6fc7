using System.Globalization;
using System.Text.Json.Nodes;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Hosting;

namespace ListeningBot.Cli;

/// <summary>All that `status` knows.</summary>
/// <param name="Where">The store, as operators know it.</param>
/// <param name="ConfigErrors">Errors in the files here; while the program runs without secrets that have no value for this account: it has been given them.</param>
/// <param name="Program">Null: none answers here.</param>
/// <param name="Store">Null: it could not be read, because of <paramref name="StoreFault"/>.</param>
internal sealed record StatusState(DateTimeOffset Now, string Where, int ConfigErrors, ProgramState? Program, StoreState? Store, string? StoreFault)
{
    /// <summary>The store is a server's, which may have backups of its own.</summary>
    public bool IsShared { get; init; }

    /// <summary>Where the program is to answer; null: nowhere, by the configuration.</summary>
    public Uri? AnswersAt { get; init; }

    /// <summary>The role by which each channel of the files here is run; null: every machine runs it.</summary>
    public IReadOnlyDictionary<string, string?> RoleOf { get; init; } = new Dictionary<string, string?>();

    /// <summary>Which other machine runs this channel; null: none that lives.</summary>
    public string? RunnerOf(string channel) => RoleNamed(channel) is { } role ? Program?.Machine?.Others.FirstOrDefault(other => other.Roles.Contains(role)).Name : null;

    /// <summary>No machine runs this channel at this moment.</summary>
    public bool IsNobodys(string channel) => RoleNamed(channel) is { } role && Program?.Machine?.Nobody.Contains(role) == true;

    private string? RoleNamed(string channel) => RoleOf.GetValueOrDefault(channel, "channel " + channel);

    /// <summary>The store has, or may have, a version of the configuration to start with when the files are not good.</summary>
    public bool HasGoodVersion { get; init; } = Store is not { Config: null };

    /// <summary>A program answers there that has another store: what it says is not about this one.</summary>
    public bool IsAnother { get; init; }
}

/// <summary>A channel, room, notifier... as the running program has it.</summary>
/// <param name="Kind">"channel", "room"; the name is that of the configuration, empty where there is only one.</param>
/// <param name="State">"listening", "failing"...</param>
internal sealed record PartSeen(string Kind, string Name, string State, DateTimeOffset Since, string? Why, DateTimeOffset? LastHeard, long Read)
{
    public bool Fails => State == "failing";
    public bool IsStore => Kind == StoreWatch.Part;
    public string WholeName => $"{Kind} {Name}".TrimEnd();
}

/// <summary>This machine among those that share a database.</summary>
/// <param name="Others">That live, with the roles of each.</param>
/// <param name="Gone">That lived lately and do no more.</param>
/// <param name="Why">What is wrong, with the cure; null: nothing.</param>
internal sealed record MachineSeen(string Name, IReadOnlyList<string> Roles, IReadOnlyList<(string Name, IReadOnlyList<string> Roles)> Others, IReadOnlyList<string> Gone, double ClockAhead, string? Why)
{
    /// <summary>Roles that no machine has at this moment.</summary>
    public IReadOnlyList<string> Nobody { get; init; } = [];
}

/// <summary>The running program by its own /readyz.</summary>
/// <param name="Machine">Null: it shares its store with no other.</param>
internal sealed record ProgramState(Uri Address, string Version, DateTimeOffset? Started, MachineSeen? Machine, IReadOnlyList<PartSeen> Parts)
{
    /// <summary>By its clock, which goes on when somebody sets the machine's wrong; null from a program that does not say it.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>What is wrong with the machine's clock, with the cure; null: nothing.</summary>
    public string? Clock { get; init; }

    /// <summary>Of its store, see <see cref="Storage.StorePlace.Mark"/>; null from a program that does not say it yet.</summary>
    public string? StoreMark { get; init; }

    /// <summary>As the program has it; null from one that does not say it.</summary>
    public PartSeen? Store => Parts.FirstOrDefault(part => part.IsStore);

    /// <summary>What fails only because the store does, in its words: to mend, there is one thing.</summary>
    public IReadOnlyList<PartSeen> WaitForStore => Store is { Fails: true, Why: { } why } ? [.. Parts.Where(part => part is { Fails: true, IsStore: false } && part.Why?.EndsWith(why, StringComparison.Ordinal) == true)] : [];

    /// <summary>Null for what is no answer of this program. A program of another version may leave things out.</summary>
    public static ProgramState? Of(Uri address, JsonNode? answer) => answer?["parts"] is not JsonArray parts ? null : new(
        address,
        (string?)answer["version"] ?? "",
        (DateTimeOffset?)answer["started"],
        answer["machine"] is { } machine ? Of(machine) : null,
        [.. parts.Select(part => Part(part!))])
    {
        StoreMark = (string?)answer["store"]?["mark"],
        Now = (DateTimeOffset?)answer["now"],
        Clock = (string?)answer["clock"],
    };

    private static MachineSeen Of(JsonNode machine) => new(
        (string?)machine["node"] ?? "", Names(machine["roles"], "role"), [.. (machine["nodes"] as JsonArray ?? []).Select(node => ((string?)node?["name"] ?? "", Names(node?["roles"], "role")))], Names(machine["gone"], "name"), (double?)machine["clockAheadSeconds"] ?? 0, (string?)machine["why"])
    {
        Nobody = [.. (machine["nobody"] as JsonArray ?? []).Select(role => (string?)role ?? "")],
    };

    private static IReadOnlyList<string> Names(JsonNode? list, string field) => [.. (list as JsonArray ?? []).Select(one => (string?)one?[field] ?? "")];

    private static PartSeen Part(JsonNode part)
    {
        var name = ((string?)part["name"] ?? "").Split(' ', 2);
        return new PartSeen(
            name[0], name.Length > 1 ? name[1] : "", (string?)part["state"] ?? "", (DateTimeOffset?)part["since"] ?? default, (string?)part["why"], (DateTimeOffset?)part["lastHeard"], (long?)part["read"] ?? 0);
    }
}

/// <summary>A channel by the store: whether it runs or not.</summary>
internal sealed record ChannelSeen(string Name, DateTimeOffset? LastRead, DateTimeOffset? DarkSince, TimeSpan DarkLastDay, int MentionsToday);

/// <summary>What the store says of one moment.</summary>
/// <param name="StoppedSince">When the program was last heard of, when it does not run.</param>
/// <param name="Today">How long mentions of today took; null: there are none.</param>
/// <param name="FreeCritical">The critical cases that nobody has, the one that waits longest first.</param>
internal sealed record StoreState(
    StoreStanding Standing, DateTimeOffset? StoppedSince, IReadOnlyList<ChannelSeen> Channels, HopFigures? Today, IReadOnlyList<Case> FreeCritical, ConfigVersion? Config, string? Held)
{
    /// <summary>By `storage backup`; null: none that the store knows of.</summary>
    public DateTimeOffset? LastBackup { get; init; }

    /// <summary>It has begun, and nobody stopped it; also while it runs.</summary>
    public bool IsUnstopped { get; init; }

    /// <summary>The run before this one ended without being stopped, within a day.</summary>
    public BrokenRun? Broken { get; init; }

    /// <summary>Open cases of teams that the configuration names no more.</summary>
    public IReadOnlyList<LostTeam> LostTeams { get; init; } = [];

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private const int MostLooked = 1000;
    private const string ToCard = "posted to shown";

    public static StoreState Of(IStoreView view, DateTimeOffset now)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var gaps = view.GapsSince(now - Day).Where(entry => entry.Place is null).ToLookup(entry => entry.Channel, entry => entry.Gap);
        var times = view.TimesSince(midnight).ToLookup(one => one.Channel);
        var figures = Latency.Of(view, null, midnight);
        return new StoreState(
            view.Standing(now),
            Heartbeat.StoppedSince(view, now)?.From,
            [.. view.ChannelsRead().Select(channel => Of(channel.Name, view.HeardAt(channel.Name), [.. gaps[channel.Name]], times[channel.Name].Count(), now))],
            figures.Count == 0 ? null : figures[^1].Hops.First(hop => hop.Name == ToCard),
            [.. view.UnansweredFreeCases(MostLooked).Where(@case => @case is { WaitsForSomebody: true, Priority: Priority.Critical }).OrderBy(@case => @case.Since)],
            view.ConfigOf(view.LatestConfigId()),
            ConfigStanding.Held(view))
        {
            LastBackup = Backups.Last(view, now),
            IsUnstopped = LastRun.Unstopped(view) is not null,
            Broken = LastRun.Broken(view, now),
            LostTeams = Auditor.LostTeams(view),
        };
    }

    private static ChannelSeen Of(string name, DateTimeOffset? read, IReadOnlyList<Gap> gaps, int mentions, DateTimeOffset now) =>
        new(name, read, gaps.FirstOrDefault(gap => gap is { Lasts: true, Quiet: false })?.From, Ledger.Dark(gaps, now - Day, now), mentions);
}

/// <summary>How `status` writes moments and numbers.</summary>
internal static class StatusText
{
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Where to look after a run that nobody stopped.</summary>
    public const string EndedBy = "What ended it stands in the service manager's log (with systemd: journalctl -u listeningbot).";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
