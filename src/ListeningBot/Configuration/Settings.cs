using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ListeningBot.Channels;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;
using ListeningBot.Notifiers;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Configuration;

/// <summary>The whole configuration: read, validated and swapped as one. Nothing else reads IConfiguration while running.</summary>
public sealed record Settings
{
    /// <summary>Enabled channels only.</summary>
    public required IReadOnlyList<ChannelSettings> Channels { get; init; }

    /// <summary>Enabled notifiers; "console" is always there.</summary>
    public required IReadOnlyList<NotifierSettings> Notifiers { get; init; }

    /// <summary>
    /// One for each team that a watch names or config/responders.yaml describes, and "ops", "private" and "shadow"; and what else is configured. A team without a room of its own uses "default", else
    /// the console; private cases as well, but rather any team's room than the console.
    /// </summary>
    public required IReadOnlyList<Room> Rooms { get; init; }

    /// <summary>The one of this name, or what stands in for it; null where that is the console.</summary>
    public Room? RoomOf(string name) =>
        Rooms.FirstOrDefault(room => room.Name == name) ?? Rooms.FirstOrDefault(room => room.Name == RoomDirectory.Default && name != NotifiersSection.Console);

    public required IReadOnlyList<Watch> Watches { get; init; }
    public required Ours Ours { get; init; }

    /// <summary>Teams, their hours and targets, and the rules by which cases come to them. Holidays with an address are not among them: they are fetched.</summary>
    public Responders Responders { get; init; } = Responders.None;

    /// <summary>A hash of all that the responders were read from.</summary>
    public string RespondersPrint { get; init; } = "";

    /// <summary>Reply templates and gestures.</summary>
    public Playbook Playbook { get; init; } = Playbook.Empty;
    public required StorageSettings Storage { get; init; }
    public required WebSettings Web { get; init; }
    public required HttpSettings Http { get; init; }
    public required AlertingSettings Alerting { get; init; }
    public CanarySettings Canary { get; init; } = new();
    public GuardSettings Guard { get; init; } = new();
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Log category (or "Default") to least level, from Logging:LogLevel.</summary>
    public IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; } = new Dictionary<string, LogLevel>();

    /// <summary>A team of old, see <see cref="LostTeam"/>.</summary>
    public bool HasLost(string team) => LostTeam.Is(team, Responders, Watches, name => Rooms.Any(room => room.Name == name));

    /// <summary>All watches compiled, for the channels as they are configured.</summary>
    public WatchSet Matcher() =>
        WatchSet.Build(Watches, Ours, Channels.Where(channel => !channel.Kind.ShowsOtherKinds).ToDictionary(channel => channel.Name, channel => channel.Kind.Name, StringComparer.OrdinalIgnoreCase));
}

/// <param name="Options">The kind's own options record, validated. After an edit that leaves them alone, options are the very same object: unequal means changed.</param>
public sealed record ChannelSettings(string Name, ChannelKind Kind, object Options)
{
    /// <summary>How long it may give nothing before the ops room is told; zero: for ever. Default, null: as long as it usually does.</summary>
    public TimeSpan? QuietAfter { get; init; }

    /// <summary>A hash of all that was configured, secrets too; empty when made by hand.</summary>
    public string Fingerprint { get; init; } = "";
}

/// <param name="Options">The kind's own options record, validated; the same object while nothing about it changes.</param>
public sealed record NotifierSettings(string Name, NotifierKind Kind, object Options)
{
    /// <summary>A hash of all that was configured, secrets too; empty when made by hand.</summary>
    public string Fingerprint { get; init; } = "";
}

[Description("Where everything lasting lives.")]
public sealed record StorageSettings
{
    /// <summary>The SQLite file; default "data/listeningbot.db" below the configuration's folder. A whole path once it was read.</summary>
    [Description("The SQLite file, below this folder.")]
    public string Path { get; init; } = "data/listeningbot.db";

    /// <summary>A PostgreSQL database instead of the file, shared by all machines that name it: "Host=db.example;Database=listeningbot;Username=bot;Password=..."; empty: the file.</summary>
    [Secret]
    [Description("A PostgreSQL database instead of the file, shared by several machines. Keep it out of the file: LISTENINGBOT__Storage__Connection.")]
    public string Connection { get; init; } = "";

    /// <summary>Of posts that no watch matched, so many are kept at most, for trying watches on; 0: none, and those that are kept are removed. Default 20,000; at most a million.</summary>
    [Description("Of posts that no watch matched, so many are kept at most, for trying watches on. 0: none.")]
    [Range(0, 1000000)]
    public int SampleSize { get; init; } = SampleLimits.Default.Size;

    /// <summary>They are kept for so many days at most, from 1 to 366. Default 30.</summary>
    [Description("They are kept for so many days at most.")]
    [Range(1, 366)]
    public int SampleDays { get; init; } = SampleLimits.Default.Days;

    /// <summary>Without the connection, which a record would print.</summary>
    public override string ToString() => $"storage {(Connection.Length > 0 ? "in PostgreSQL" : $"at {Path}")}, at most {SampleSize} sampled posts of {SampleDays} days";

    internal SampleLimits Sample => new(SampleSize, SampleDays);

    /// <summary>Where the file lies.</summary>
    internal string? Folder => System.IO.Path.GetDirectoryName(Path);
}

[Description("Health.")]
public sealed record WebSettings
{
    /// <summary>Where /healthz, /readyz and /metrics answer; empty switches them off. Default: loopback.</summary>
    [Description("Where /healthz, /readyz and /metrics answer; empty switches them off.")]
    public string Listen { get; init; } = "http://127.0.0.1:8473";
}

[Description("The one HTTP client.")]
public sealed record HttpSettings
{
    /// <summary>Private hosts that may be asked all the same: "intranet.example" or "127.0.0.1:8080". Default: none.</summary>
    [Description("Private hosts that may be asked all the same: intranet.example or 127.0.0.1:8080")]
    public IReadOnlyList<string> AllowPrivateHosts { get; init; } = [];

    /// <summary>Sent with every request.</summary>
    [Description("Sent with every request.")]
    public string UserAgent { get; init; } = "ListeningBot/0.1 (customer care; answers to public posts)";
}

/// <summary>Made-up complaints that go through the channels, to prove that customers are heard.</summary>
[Description("Made-up complaints that go through the channels, to prove that customers are heard.")]
public sealed record CanarySettings
{
    /// <summary>How often they go by themselves, from ten minutes to 31 days; "00:00:00", the default: only when `canary` asks for them.</summary>
    [Description("How often they go by themselves, from ten minutes to 31 days; nothing: only when `canary` asks for them.")]
    public TimeSpan Every { get; init; }

    /// <summary>What has not come out by then is told, from ten seconds to a day. Default 5 minutes; longer than the slowest channel's pause between two looks.</summary>
    [Description("What has not come out by then is told, from ten seconds to a day. Default: five minutes.")]
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The rooms in which they must come out: of each notifier the one where operators look. Default: "ops".</summary>
    [Description("The rooms in which they must come out: of each notifier the one where operators look.")]
    [DefaultValue("ops")]
    public IReadOnlyList<string> Rooms { get; init; } = [];
}

/// <summary>Which changes of watches wait for a human before they go live.</summary>
[Description("Which changes of watches wait for a human before they go live.")]
public sealed record GuardSettings
{
    /// <summary>How far back it looks: a change that misses a complaint that people confirmed in these days is held. From 1 to 365; 0: no change is ever held. Default 30.</summary>
    [Description("A change that would have missed a complaint confirmed in so many days is held. 0: no change is ever held.")]
    [Range(0, 365)]
    public int Days { get; init; } = 30;

    /// <summary>A change that gives a team more than so many times its alerts is held. From 1.5 to 1,000; 0: however many. Default 3.</summary>
    [Description("A change that gives a team more than so many times its alerts is held, from 1.5 to 1,000. 0: however many.")]
    [Range(0.0, 1000.0)]
    public double Factor { get; init; } = 3;
}

/// <summary>How many days what is kept. What is older is removed within an hour or a few; 0: it is kept for ever.</summary>
[Description("How many days what is kept; 0: for ever.")]
public sealed record RetentionSettings
{
    public const int LeastCaseDays = 30;
    public const int MostDays = 36_500;

    /// <summary>From 30, or 0. Default 730.</summary>
    [Description("Closed cases since something last happened to them, with their posts, cards, verdicts and customers. From 30, or 0: for ever. Default: two years.")]
    [Range(0, MostDays)]
    public int CaseDays { get; init; } = Retention.Default.Cases;

    /// <summary>From 30, or 0. Default 180.</summary>
    [Description("Posts that never became a case, decided or not; those that somebody judged are kept as long as cases. From 30, or 0: for ever.")]
    [Range(0, MostDays)]
    public int MaybeDays { get; init; } = Retention.Default.Maybe;

    [Description("What could not be understood or dealt with. 0: for ever.")]
    [Range(0, MostDays)]
    public int AsideDays { get; init; } = Retention.Default.Aside;

    [Description("What was answered to presses and commands. 0: for ever.")]
    [Range(0, MostDays)]
    public int PressDays { get; init; } = Retention.Default.Presses;

    [Description("Notices, digests, pages of the maybe list, silences that are over. 0: for ever.")]
    [Range(0, MostDays)]
    public int ListDays { get; init; } = Retention.Default.Lists;

    [Description("When channels were not heard, and how long mentions took. 0: for ever.")]
    [Range(0, MostDays)]
    public int LedgerDays { get; init; } = Retention.Default.Ledger;

    internal Retention Limits => new(CaseDays, MaybeDays, AsideDays, PressDays, ListDays, LedgerDays);
}

[Description("When what is shown.")]
public sealed record AlertingSettings
{
    /// <summary>When the daily maybe list comes, UTC hours and minutes. Default 08:00.</summary>
    [Description("When the daily maybe list comes, UTC.")]
    public TimeOnly MaybeListAt { get; init; } = new(8, 0);

    /// <summary>So many new cases of one team within <see cref="BurstWithin"/> have cards of their own; those beyond share a few cards, except critical ones. 0: never. Default 20.</summary>
    [Description("So many new cases of one team within BurstWithin have cards of their own; those beyond share a few cards, except critical ones. 0: never. Default: 20.")]
    [Range(0, int.MaxValue)]
    public int BurstFrom { get; init; } = Bursts.Default.From;

    /// <summary>From one minute to a day. Default 10 minutes.</summary>
    [Description("From one minute to a day. Default: ten minutes.")]
    public TimeSpan BurstWithin { get; init; } = Bursts.Default.Within;
}
