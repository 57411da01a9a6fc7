using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>To which teams a case goes, and whom of them it names and calls.</summary>
public sealed partial class CaseWriter
{
    /// <summary>The rule that fits decides, and who of its teams answers; else the mention's watches, and the first of their teams that is at work. What alerts nobody goes to nobody.</summary>
    internal (IReadOnlyList<string> Teams, Priority Priority) RouteOf(Mention mention, IReadOnlyList<string> alerting)
    {
        var said = mention.Assessment;
        if (IsTrial(alerting))
        {
            return (alerting, said.Priority);
        }
        var route = policy.Responders.RouteOf(RouteQuery.Of(mention.Post, said, mention.Watches));
        return (route.Teams.Count > 0 && alerting.Count > 0 ? route.Teams : policy.Responders.AtWorkFirst(alerting, now), route.Raised(said.Priority));
    }

    /// <summary>Among those on call, and of them who speak the language, the one with the least live cases; equals take turns. Null when nobody is on call.</summary>
    private Responder? WhoseTurn(string team, string lang, long caseId) =>
        LeastBusy(policy.Responders.TeamOf(team).OnCall(now), lang, caseId) is { } member ? new Responder("member:" + member.Id, member.Name) : null;

    /// <summary>The one whom the card names, as long as they are on call and can be called. When nobody is and it can't wait, everyone.</summary>
    private IReadOnlyList<string> AccountsOnCall(Team team, Case @case, DateTimeOffset at)
    {
        var onCall = team.OnCall(at).Where(member => _actors.AccountsOf(member).Count > 0).ToList();
        if (onCall.Count == 0)
        {
            return [.. team.Members.SelectMany(_actors.AccountsOf)];
        }
        var named = onCall.FirstOrDefault(member => "member:" + member.Id == @case.For?.Id);
        return (named ?? LeastBusy(onCall, tx.MentionOf(@case.FirstMention)?.Assessment.Lang ?? "und", @case.Id)) is { } called ? _actors.AccountsOf(called) : [];
    }

    private Member? LeastBusy(IReadOnlyList<Member> onCall, string lang, long caseId)
    {
        var fit = Team.Fit(onCall, lang);
        return fit.Index().OrderBy(member => tx.LiveCountOf("member:" + member.Item.Id)).ThenBy(member => (member.Index + caseId) % fit.Count).Select(member => member.Item).FirstOrDefault();
    }
}
