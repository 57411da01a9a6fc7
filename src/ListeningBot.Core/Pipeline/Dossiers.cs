using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>Gathers what a case's thread is written from.</summary>
internal static class Dossiers
{
    public static Dossier Of(IStoreView view, Case @case, Mention first, Policy policy) => new()
    {
        Case = @case,
        First = first,
        Mentions = view.MentionsOfCase(@case.Id),
        Events = [.. view.EventsOf(@case.Id).Select(happening => (happening.Event, happening.At))],
        Playbook = policy.Playbook,
        Team = policy.Responders.TeamOf(@case.Teams[0]),
        Contacts = view.ContactsOf(@case.Id),
        Similar = SimilarCases.Of(view, @case, first),
    };
}
