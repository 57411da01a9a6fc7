using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>How many posts.</summary>
/// <param name="Stored">Each counted.</param>
/// <param name="Sampled">Those for which posts of the sample stand: an estimate.</param>
public readonly record struct Tally(long Stored, double Sampled)
{
    public long Total => Stored + (long)Math.Round(Sampled, MidpointRounding.AwayFromZero);
    public bool IsEstimate => Sampled > 0;

    public static Tally operator +(Tally one, Tally other) => new(one.Stored + other.Stored, one.Sampled + other.Sampled);
}

/// <summary>Before and after a change; what was gained was none before, what was lost is none after.</summary>
public sealed record Shift(Tally Before, Tally After, Tally Gained, Tally Lost)
{
    public static readonly Shift None = new(default, default, default, default);

    public bool Changes => Gained.Total + Lost.Total > 0;

    public Shift Add(Tally one, bool before, bool after) => new(
        before ? Before + one : Before,
        after ? After + one : After,
        after && !before ? Gained + one : Gained,
        before && !after ? Lost + one : Lost);
}

/// <summary>What people said of alerts.</summary>
/// <param name="Right">A complaint, and ours.</param>
/// <param name="Wrong">No complaint, or not ours.</param>
public readonly record struct Judged(int Right, int Wrong)
{
    public int All => Right + Wrong;

    /// <summary>Then the share says little.</summary>
    public bool IsFew => All < Precision.FewVerdicts;

    /// <summary>0..1; null when nothing was judged.</summary>
    public double? FalseShare => All == 0 ? null : (double)Wrong / All;
}

/// <summary>Alerts an hour.</summary>
/// <param name="Mean">Over all hours from the first post to the last.</param>
/// <param name="Busiest">In the hour with the most.</param>
public readonly record struct Load(double Mean, double Busiest, bool IsEstimate);

public sealed record TeamShift(string Team, Shift Alerts, Load LoadBefore, Load LoadAfter, Judged JudgedBefore, Judged JudgedAfter);

/// <param name="OnTrial">In either set it is a shadow watch: what it hears alone is no alert.</param>
public sealed record WatchShift(string Watch, Shift Alerts, bool OnTrial);

/// <summary>What a set of watches makes of a post, in rising order.</summary>
public enum HeardAs
{
    /// <summary>No watch matches, or only watches on trial do.</summary>
    Nothing,

    /// <summary>In the maybe tray.</summary>
    Maybe,
    Alert,
}

/// <summary>A stored post of which two sets of watches make different things.</summary>
public sealed record PastAlert
{
    /// <summary>The mention's id; null for a post of the sample.</summary>
    public required long? Mention { get; init; }
    public required long? Case { get; init; }
    public required PostKey Key { get; init; }
    public required string Channel { get; init; }

    /// <summary>Title and text on one line, cut; what was written to us alone is masked.</summary>
    public required string Text { get; init; }
    public required string? Url { get; init; }
    public required DateTimeOffset Seen { get; init; }
    public required Priority Priority { get; init; }
    public required double Complaint { get; init; }

    /// <summary>How many posts it stands for.</summary>
    public required double Weight { get; init; }
    public required HeardAs Before { get; init; }
    public required HeardAs After { get; init; }

    /// <summary>The watches that alert, or did: of a lost one those before, of a gained one those after.</summary>
    public required IReadOnlyList<string> Watches { get; init; }
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>Whether people called it a complaint of ours; null when nobody said.</summary>
    public required bool? Confirmed { get; init; }
}

/// <summary>What would have been different. An alert is a post that a watch of a team matches, and whose complaint probability reaches that watch's line; watches on trial alert nobody.</summary>
public sealed record BacktestResult
{
    /// <summary>When the first and the last post looked at was seen; null when there was none.</summary>
    public required (DateTimeOffset First, DateTimeOffset Last)? Span { get; init; }

    /// <summary>Mentions and posts of the sample that were compared.</summary>
    public required long Mentions { get; init; }
    public required Tally Sample { get; init; }

    /// <summary>Posts of the sample, without their weight.</summary>
    public required long SampledPosts { get; init; }

    /// <summary>Mentions whose text is not kept: nobody can say what watches would make of them.</summary>
    public required int Deleted { get; init; }

    /// <summary>Of these, complaints that people had confirmed.</summary>
    public required int DeletedConfirmed { get; init; }

    /// <summary>Mentions that came in by their thread or customer and by no watch: no watch changes that.</summary>
    public required int InThreads { get; init; }

    /// <summary>Older mentions, but for confirmed complaints, were left out, because of <see cref="BacktestPlan.MostMentions"/>.</summary>
    public required bool CutShort { get; init; }

    /// <summary>Posts that alert anybody.</summary>
    public required Shift Alerts { get; init; }

    /// <summary>Posts that go to other teams than before.</summary>
    public required Tally Moved { get; init; }

    /// <summary>Posts for the maybe tray.</summary>
    public required Shift Maybes { get; init; }

    /// <summary>The most urgent first; all four.</summary>
    public required IReadOnlyList<(Priority Priority, Shift Alerts)> ByPriority { get; init; }
    public required IReadOnlyList<TeamShift> ByTeam { get; init; }

    /// <summary>A watch gains and loses also what another alerts to.</summary>
    public required IReadOnlyList<WatchShift> ByWatch { get; init; }

    /// <summary>The most urgent first, at most <see cref="BacktestPlan.Examples"/>, without those that are <see cref="Caught"/> or <see cref="Missed"/>.</summary>
    public required IReadOnlyList<PastAlert> Gained { get; init; }
    public required IReadOnlyList<PastAlert> Lost { get; init; }

    /// <summary>All complaints, confirmed by people, that would be missed: no alert any more, or not even in the maybe tray. The most urgent first.</summary>
    public required IReadOnlyList<PastAlert> Missed { get; init; }

    /// <summary>All complaints, confirmed by people, that were no alert and would be. The most urgent first.</summary>
    public required IReadOnlyList<PastAlert> Caught { get; init; }

    /// <summary>Alerts that people called wrong and that would not be; and those that would be and were not.</summary>
    public required int FalseSpared { get; init; }
    public required int FalseAdded { get; init; }
    public required Judged JudgedBefore { get; init; }
    public required Judged JudgedAfter { get; init; }
    public bool ChangesNothing => !Alerts.Changes && !Maybes.Changes && Moved.Total == 0;
}
