using System.Globalization;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Whether a change of watches may go live by itself: not when it would have missed a complaint that people confirmed, nor when it multiplies a team's alerts.
/// It looks at a bounded part of what is stored, so that a good change is live within two seconds.
/// </summary>
public sealed class WatchGuard(IStore store, ScorerBook scorers, TimeProvider time)
{
    /// <summary>The latest; of older ones the confirmed complaints.</summary>
    public const int MostMentions = 5000;

    /// <summary>The latest; an operator may let a million be kept.</summary>
    private const int MostSampled = 20_000;

    /// <summary>A team with fewer alerts counts as one with so many: from one to four is no flood.</summary>
    private const int FewAlerts = 10;

    /// <param name="days">How far back.</param>
    /// <param name="factor">0: a team may get any number of alerts.</param>
    public async Task<Objection?> JudgeAsync(WatchSet old, WatchSet now, int days, double factor, CancellationToken ct)
    {
        var result = await new Backtest(store, scorers.Current).RunAsync(new BacktestPlan(old, now, time.GetUtcNow().AddDays(-days)) { MostMentions = MostMentions, MostSampled = MostSampled, Examples = 0 }, progress: null, ct);
        var missed = await ByTeamAsync(result.Missed, ct);
        var floods = result.ByTeam.Where(team => factor > 0 && team.Alerts.After.Total > factor * Math.Max(FewAlerts, team.Alerts.Before.Total)).ToDictionary(team => team.Team, StringComparer.Ordinal);
        TeamObjection[] teams =
        [
            .. missed.Select(team => team.Key).Union(floods.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(team =>
            {
                long[] mentions = [.. missed[team].Order()];
                var flood = floods.GetValueOrDefault(team)?.Alerts;
                return new TeamObjection(team, [.. mentions.TakeLast(Objection.MostNamed).Reverse()], mentions.Length, (int)(flood?.Before.Total ?? 0), (int)(flood?.After.Total ?? 0), flood is not null);
            }),
        ];
        return teams.Length == 0 ? null : new Objection(teams, ReckonedOn(result, days));
    }

    /// <summary>Whoever was alerted; what lay in the maybe list belongs to the teams whose list that was.</summary>
    private async Task<ILookup<string, long>> ByTeamAsync(IReadOnlyList<PastAlert> missed, CancellationToken ct)
    {
        var teams = missed.Count == 0 ? [] : await store.ReadAsync(
            view => missed.SelectMany(post => (post.Teams.Count > 0 ? post.Teams : view.MentionOf(post.Mention ?? 0)?.Teams ?? []).Select(team => (team, post.Mention ?? 0))).ToList(), ct);
        return teams.ToLookup(one => one.team, one => one.Item2, StringComparer.Ordinal);
    }

    private static string ReckonedOn(BacktestResult result, int days) => string.Create(
        CultureInfo.InvariantCulture,
        $"what was heard in the last {days} days: {(result.CutShort ? $"all confirmed complaints and the latest {result.Mentions:N0} posts that watches matched" : $"all {result.Mentions:N0} posts that watches matched")}{(result.SampledPosts > 0 ? $", and a sample of {result.SampledPosts:N0} that matched nothing" : "")}");
}
