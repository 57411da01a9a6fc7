namespace ListeningBot.Core.Pipeline;

/// <summary>When a team's new cases are shown together instead of one by one.</summary>
/// <param name="From">So many cases of one team have cards of their own; what comes beyond them is grouped. 0: never.</param>
/// <param name="Within">In this time.</param>
public sealed record Bursts(int From, TimeSpan Within)
{
    public static readonly Bursts Default = new(20, TimeSpan.FromMinutes(10));
}
