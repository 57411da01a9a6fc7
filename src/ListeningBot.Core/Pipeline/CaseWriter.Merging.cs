using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Two cases that are one trouble, and one case that is two.</summary>
public sealed partial class CaseWriter
{
    /// <summary>One case goes on with the mentions of another. Null when done, else why not.</summary>
    public string? Merge(Case from, Case into, Responder by)
    {
        if (into.HasEnded)
        {
            return into.HowItEnded();
        }
        if (into.Shadow && !from.Shadow)
        {
            return $"Case {into.Id} is on trial only: nobody would see this one there. Merge it the other way round.";
        }
        if (from.Private && !into.Private)
        {
            return $"Case {from.Id} was written to us alone and case {into.Id} is seen by everyone. Merge it the other way round.";
        }
        var mentions = tx.MentionsOfCase(from.Id);
        if (Happen(from, new Merged(by, into.Id) { Owner = into.Owner ?? from.Owner }) is Transition.Unchanged refused)
        {
            return refused.Why;
        }
        foreach (var mention in mentions)
        {
            tx.UpdateMention(mention with { CaseId = into.Id });
            TakeKeysAgain(into, mention, [.. into.Teams.Union(TeamsFor(into, from.Teams))], customers: MayBeCustomer(from, mention.Post) || IsCustomer(into, mention.Post));
        }

        // Who was answered there waits for a first answer only since they wrote here.
        var clock = from.ServedAt is null ? from : into;
        Happen(into, new Absorbed(by, from.Id, from.Voices, from.Priority, TeamsFor(into, from.Teams), clock.Posted)
        {
            Owner = from.Owner,
            FirstSeen = clock.FirstSeen,
            WaitsSince = Waits(from) ? from.TheirWordsAt ?? from.Posted : null,
        });
        return null;
    }

    /// <summary>Its customer waits for an answer, and nobody has put it off. Who was answered and then given back does not, until they write.</summary>
    private static bool Waits(Case @case) =>
        @case.State is not (CaseState.Answered or CaseState.Waiting) && @case.SnoozedUntil is null && @case is not { IsFree: true, AnsweredAt: not null, AwaitsAnswer: false };

    /// <summary>One post of a case is another trouble: it becomes a case of its own, which nobody has yet.</summary>
    /// <param name="mentions">All customers' posts of the case, at least two.</param>
    public Case Split(Case from, Mention mention, IReadOnlyList<Mention> mentions, Responder by)
    {
        var opened = Open(mention, from.Teams, by, from.Id);
        tx.MoveKey(ThreadKey(opened.Teams, mention.Post), opened.Id, ThreadHash.Of(mention.Post.Key));
        foreach (var key in CopyKeysOf(opened.Teams, mention.Post))
        {
            tx.MoveKey(key, opened.Id);
        }
        if (!mentions.Any(other => other.Id != mention.Id && CaseKeys.MayBeOneAuthor(other.Post, mention.Post)))
        {
            // What its author writes from now on is of this trouble: nothing of theirs is left in the other one.
            foreach (var key in AuthorKeysOf(mention.Post, [.. from.Teams.Union(opened.Teams)]).Where(key => tx.CaseHolding(key) == from.Id))
            {
                tx.MoveKey(key, opened.Id);
            }
        }
        var next = from.FirstMention != mention.Id ? from.FirstMention : mentions.First(other => other.Id != mention.Id).Id;
        Happen(from, new SplitOff(by, mention.Id, opened.Id, next));
        TakeAnswersAlong(from, mention, opened);
        return opened;
    }

    /// <summary>
    /// What we answered to a post of <paramref name="left"/> goes on in its new case, and what its author writes below that with it. An answer from before they wrote these words answers nothing.
    /// </summary>
    public void TakeAnswersAlong(Case left, Mention moved, Case to)
    {
        foreach (var ours in tx.MentionsOfCase(left.Id).Where(mention => mention is { Standing: Standing.Ours, Deleted: false } && ForWhom(mention.Post)?.Id == moved.Id).OrderBy(mention => mention.Posted))
        {
            tx.UpdateMention(TakeOut(left, ours) with { CaseId = to.Id });
            ExpectAnswers(to, ours.Post);
            if (ours.Posted >= moved.Posted)
            {
                to = After(to, Happen(to, new AnsweredByUs(CardWriter.Who(ours.Post.Author), ours.Posted)));
            }
        }
    }

    /// <summary>A post of a case belongs to none for now, and what answers it goes where it goes.</summary>
    public Mention TakeOut(Case left, Mention mention)
    {
        var key = ThreadKey(left.Teams, mention.Post);
        if (tx.CaseHolding(key) == left.Id)
        {
            tx.FreeKey(key);
        }
        mention = mention with { CaseId = null };
        tx.UpdateMention(mention);
        return mention;
    }
}
