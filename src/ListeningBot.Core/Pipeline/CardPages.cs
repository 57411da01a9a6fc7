using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What a card shows now, by its subject.</summary>
internal static class CardPages
{
    /// <summary>Null: what it showed is no longer kept.</summary>
    public static Card? Write(IStoreView view, CardKey key, int wanted, Policy policy)
    {
        var (what, id) = Subject(key);
        return what switch
        {
            "case" when view.CaseOf(id) is { } @case && view.MentionOf(@case.FirstMention) is { } first => CardWriter.Write(@case, FactsOf(view, @case, first), key),
            "thread" when view.CaseOf(id) is { } @case && view.MentionOf(@case.FirstMention) is { } first && view.MessageOf(CardOf(key)) is { } under => DossierWriter.Write(Dossiers.Of(view, @case, first, policy), key, under),
            "group" when view.GroupOf(id) is { } group => GroupWriter.Write(group, FreeOf(view, group.Id), view.CountUnansweredInGroup(group.Id), key, wanted),
            "tray" when view.TrayPageOf(id) is { } page => TrayPages.Write(page.Id, wanted, page.Team, page.Day, page.Page, page.Pages, view.EntriesOf(page)) with { Note = page.Note },
            "digest" when view.DigestOf(id) is { } digest => Digests.Write(view, digest, key, policy),
            "link" when view.LinkOf(id) is { } link => LinkDesk.Card(link, policy.Responders, key, wanted),
            "canary" when view.CanaryRunOf(id) is { } run => Canaries.Write(run, key, wanted),
            "held" when view.HeldChangeOf(id) is { } held => HeldWriter.Card(view, held, key, wanted),
            "notice" when view.NoticeOf(id) is { } notice => notice with { Key = key },
            _ => null,
        };
    }

    /// <summary>The first span of the trace of the case that it shows, or null.</summary>
    public static string? TraceOf(IStoreView view, CardKey key) => Subject(key) is ("case" or "thread", var id) ? view.CaseOf(id)?.Trace : null;

    /// <summary>What the card of a case says beside its state. What was promised in a private case stays out of a room for all.</summary>
    public static CaseFacts FactsOf(IStoreView view, Case @case, Mention first) => new(first)
    {
        LateBecause = view.LateBecause(@case, first),
        History = HistoryWriter.Line(@case, [.. view.OtherCasesOf(@case).Select(other => other.Private && !@case.Private ? other with { Promises = [] } : other)]),
    };

    /// <summary>A thread stands under its card: it waits until that is shown.</summary>
    public static bool Waits(IStoreView view, CardKey key) => Subject(key).What == "thread" && view.MessageOf(CardOf(key)) is null;

    private static List<(Case Case, Mention First)> FreeOf(IStoreView view, long group) =>
        [.. view.FreeInGroup(group, GroupWriter.MostChoices).Select(free => (free, view.MentionOf(free.FirstMention)!)).Where(free => free.Item2 is not null)];

    /// <summary>The card of one case, which says nothing of what else is shown.</summary>
    public static bool IsOfOneCase(CardKey key) => Subject(key).What == "case";

    /// <summary>The card that a thread stands under.</summary>
    public static CardKey CardOf(CardKey thread) => new($"case:{Subject(thread).Id}", thread.Room);

    private static (string What, long Id) Subject(CardKey key) =>
        key.Subject.Split(':') is [var what, var number] && long.TryParse(number, out var id) ? (what, id) : ("", 0);
}
