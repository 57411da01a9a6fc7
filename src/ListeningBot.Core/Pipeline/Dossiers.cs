using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>Gathers what a case's thread is written from.</summary>
internal static class Dossiers
{
    private const int MostEarlier = 50;

    public static Dossier Of(IStoreView view, Case @case, Mention first, Policy policy)
    {
        var earlier = Earlier(view, @case);
        return new Dossier
        {
            Case = @case,
            First = first,
            Mentions = view.MentionsOfCase(@case.Id),
            Events = [.. view.EventsOf(@case.Id).Select(happening => (happening.Event, happening.At))],
            Playbook = policy.Playbook,
            Team = policy.TeamOf(@case),
            Contacts = view.ContactsOf(@case.Id),
            History = HistoryWriter.Lines(@case, earlier, @case is { Customer: { } customer, Private: false } ? view.ClaimsOf(customer) : []),
            Earlier = earlier.Count(other => other.MergedInto is null && other.Outcome != Outcome.NotAComplaint),
            Similar = SimilarCases.Of(view, @case, first),
        };
    }

    /// <summary>The customer's cases before this one. What colleagues wrote in a private one stays out of a room for all.</summary>
    private static List<Case> Earlier(IStoreView view, Case @case) =>
    [
        .. (@case.Customer is { } customer ? view.CasesOfCustomer(customer, MostEarlier) : []).Where(other => other.Id < @case.Id)
            .Select(other => other.Private && !@case.Private ? other with { Beyond = null, Promises = [] } : other),
    ];
}
