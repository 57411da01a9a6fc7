using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Teams;

/// <summary>One time for each priority; null: never.</summary>
public sealed record ByPriority(TimeSpan? Critical, TimeSpan? High, TimeSpan? Normal, TimeSpan? Low)
{
    public TimeSpan? Of(Priority priority) => priority switch
    {
        Priority.Critical => Critical,
        Priority.High => High,
        Priority.Normal => Normal,
        _ => Low,
    };

    internal static ByPriority Minutes(double critical, double high, double normal, double? low) =>
        new(TimeSpan.FromMinutes(critical), TimeSpan.FromMinutes(high), TimeSpan.FromMinutes(normal), low is { } l ? TimeSpan.FromMinutes(l) : null);
}

/// <summary>By when a team wants what done. All can be set in config/responders.yaml.</summary>
public sealed record Targets
{
    public static readonly Targets Default = new();

    /// <summary>From the customer's post to our first answer.</summary>
    public ByPriority FirstAnswer { get; init; } = ByPriority.Minutes(15, 60, 240, 1440);

    /// <summary>Unclaimed for this long: whoever is on call is pinged.</summary>
    public ByPriority Ping { get; init; } = ByPriority.Minutes(3, 15, 60, null);
    public ByPriority Lead { get; init; } = ByPriority.Minutes(10, 45, 180, 480);
    public ByPriority Manager { get; init; } = ByPriority.Minutes(20, 90, 360, 960);

    /// <summary>After the manager, or whoever is called last where managers never are, everyone is pinged again after each such time, <see cref="Repeats"/> times.</summary>
    public ByPriority RepeatEvery { get; init; } = ByPriority.Minutes(15, 60, 240, 1440);
    public int Repeats { get; init; } = 3;

    /// <summary>A claimed case on which its owner does nothing for this long is asked about, and free again after as long once more.</summary>
    public ByPriority Idle { get; init; } = ByPriority.Minutes(20, 60, 240, 1440);

    /// <summary>The same once we have answered and wait for the customer.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromHours(48);

    /// <summary>The fairness floor: nobody waits longer than this, however small their reach, whatever the hour.</summary>
    public TimeSpan Floor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The owner is reminded this long before a promise falls due.</summary>
    public TimeSpan PromiseNudge { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From "resolved" to the reminder to ask in person.</summary>
    public TimeSpan FollowUp { get; init; } = TimeSpan.FromDays(5);

    /// <summary>How long after that we listen for the customer's own words before the case is closed in silence.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromDays(7);
}
