using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>`cases list`.</summary>
/// <param name="States">None: all that the other wishes leave.</param>
internal sealed record CasesVerbList(string? Team, IReadOnlyList<CaseState> States, bool All, int Limit)
{
    private const int QuoteLength = 60;

    public async Task WriteAsync(IStore store, bool json, TextWriter output, VerbPaper paper, CancellationToken ct)
    {
        var (found, isAll) = await store.ReadAsync(view => Find(view).ToList() is var some && some.Count <= Limit ? (Shown(view, some), true) : (Shown(view, some[..Limit]), false), ct);
        if (json)
        {
            foreach (var (@case, first) in found)
            {
                await output.WriteLineAsync(CasesVerbJson.Of(new { @case = CasesVerbJson.Plain(@case), who = Who(first), quote = Quote(first), url = first?.Post.Url }));
            }
            return;
        }
        if (found.Count == 0)
        {
            paper.Write("No case is like that.");
            return;
        }
        paper.Write(new CheckVerbSheet($"{(isAll ? "" : "the first ")}{found.Count} case{(found.Count == 1 ? "" : "s")}", ["case", "state", "priority", "team", "posted (UTC)", "who", "words"],
            [.. found.Select(entry => Row(entry.Case, entry.First))]));
        if (!isAll)
        {
            paper.Write($"More are like that: --limit {Limit * 2L} shows more of them.");
        }
    }

    private static List<(Case Case, Mention? First)> Shown(IStoreView view, List<Case> cases) => [.. cases.Select(@case => (@case, view.MentionOf(@case.FirstMention)?.Seen(@case.Private)))];

    private IEnumerable<Case> Find(IStoreView view)
    {
        var ended = All || States.Any(state => state is CaseState.Resolved or CaseState.FollowedUp or CaseState.Closed);
        return (ended ? view.LatestCases(int.MaxValue) : view.LiveCases(null, int.MaxValue))
            .Where(@case => (Team is null || @case.Teams.Contains(Team)) && (States.Count == 0 || States.Contains(@case.State)))
            .Take(Limit < int.MaxValue ? Limit + 1 : Limit);
    }

    private static IReadOnlyList<string> Row(Case @case, Mention? first) =>
    [
        @case.Id.ToString(CultureInfo.InvariantCulture),
        StateOf(@case),
        @case.Priority.ToString().ToLowerInvariant(),
        string.Join(" and ", @case.Teams),
        first is { Post.Posted: null } ? $"no date, seen {Time(@case.FirstSeen)}" : Time(@case.Posted),
        Who(first),
        Quote(first),
    ];

    /// <summary>"claimed by Anna", "closed: solved".</summary>
    public static string StateOf(Case @case) =>
        @case.Erased ? $"closed{(@case.Outcome is { } was ? $": {was.InWords()}" : "")}, erased"
        : @case.MergedInto is { } other ? $"goes on as case {other}"
        : @case.HasEnded ? $"{Words(@case.State)}{(@case.Outcome is { } outcome ? $": {outcome.InWords()}" : "")}"
        : @case.Owner is { } owner ? $"{Words(@case.State)} by {owner.Name}"
        : Words(@case.State);

    private static string Words(CaseState state) => state == CaseState.FollowedUp ? "followed up" : state.ToString().ToLowerInvariant();

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Who(Mention? first) => first is null or { Deleted: true } ? "someone" : CardWriter.Who(first.Post.Author);

    private static string Quote(Mention? first) => first is null or { Deleted: true } ? "" : CardWriter.Quote(first.Post).Cut(QuoteLength);
}
