using ListeningBot.Channels.Searches;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.X;

/// <summary>The fewest questions that find what the watches listen for. What is excluded only where there is room: the matcher decides in the end.</summary>
internal static class XQueries
{
    /// <summary>Characters of a search.</summary>
    public const int LongestSearch = 512;

    /// <summary>Characters of a rule of the stream.</summary>
    public const int LongestRule = 1024;

    private const int MostOfOurs = 6;

    /// <summary>For X's search.</summary>
    public static SearchPlan Searches(WatchSet watches, string channel, string? account, bool reposts) =>
        Of(watches, channel, account, reposts, new XDialect(reposts, stream: false), LongestSearch);

    /// <summary>For X's stream.</summary>
    public static SearchPlan Rules(WatchSet watches, string channel, string? account, bool reposts) =>
        Of(watches, channel, account, reposts, new XDialect(reposts, stream: true), LongestRule);

    /// <param name="account">The name of our own account, found too; null for none.</param>
    private static SearchPlan Of(WatchSet watches, string channel, string? account, bool reposts, XDialect dialect, int longest)
    {
        var asks = WatchAsks.Of(watches, channel, dialect);
        IEnumerable<Ask> wanted = account is null ? asks.Wanted : [new Ask.One("@" + account), .. asks.Wanted];
        return new(new SearchPacking(" ", longest).Of(wanted, (reposts ? "" : " -is:retweet") + NotFrom(watches.Ours)), asks.Unsearchable);
    }

    /// <summary>What we say ourselves is no news, and costs like all else; our answers in the conversations of open cases are asked for there.</summary>
    private static string NotFrom(Ours ours) => string.Concat(ours.Accounts
        .Select(account => SearchText.NameOn("x", account))
        .OfType<string>()
        .Where(account => XDialect.IsHandle(account) && !account.All(char.IsAsciiDigit))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Take(MostOfOurs)
        .Select(account => " -from:" + account));
}
