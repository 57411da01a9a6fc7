namespace ListeningBot.Core.Scoring;

/// <summary>What a complaint is about.</summary>
public static class Aspects
{
    /// <summary>Of a complaint that tells of none of the others.</summary>
    public const string Other = "other";

    /// <summary>In the order in which a tie is decided; the rarer the words, the more each tells.</summary>
    private static readonly (Cue Cue, string Name, double Weight)[] s_aspects =
    [
        (Cue.AspectSafety, "safety", 1.5), (Cue.AspectPrivacy, "privacy", 1.6), (Cue.AspectRefund, "refund", 1.6), (Cue.AspectBilling, "billing", 1.1),
        (Cue.AspectOutage, "outage", 1.2), (Cue.AspectDelivery, "delivery", 1.1), (Cue.AspectApp, "app", 1.1), (Cue.AspectStaff, "staff", 1.2), (Cue.AspectQuality, "quality", 1),
    ];

    /// <summary>All of them, "other" last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_aspects.Select(aspect => aspect.Name), Other];

    internal static string Of(Reading whole)
    {
        var best = 0.0;
        var name = Other;
        foreach (var (cue, aspect, weight) in s_aspects)
        {
            var much = whole[cue] * weight + (cue == Cue.AspectSafety ? 1.5 * (whole[Cue.Danger] + whole[Cue.Injury]) : 0)
                + (cue == Cue.AspectPrivacy ? 1.5 * whole[Cue.Exposed] : 0);
            if (much > best)
            {
                (best, name) = (much, aspect);
            }
        }
        return name;
    }
}
