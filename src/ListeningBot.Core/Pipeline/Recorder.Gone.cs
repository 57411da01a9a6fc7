using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What its channel says is gone: one post, or all of an author.</summary>
public sealed partial class Recorder
{
    private void Forget(ChangeKind kind, PostKey key)
    {
        if (kind == ChangeKind.AuthorGone)
        {
            tx.RemoveSampledOfAuthor(key.Namespace, key.Id);
            tx.EndDeadOfAuthor(key.Namespace, key.Id);
        }
        else
        {
            tx.RemoveSampled(key);
            tx.EndDead(DeadWork.RefOf(key));
        }
        var gone = kind == ChangeKind.AuthorGone
            ? tx.MentionsOfAuthor(key.Namespace, key.Id)
            : tx.MentionOf(key) is { } one ? [one] : [];
        foreach (var mention in gone.Where(m => !m.Deleted))
        {
            tx.BlankMention(mention.Id, now);
            Deletion.RemoveQuotes(tx, mention);
            if (mention.CaseId is { } id && tx.CaseOf(id) is { } @case)
            {
                _cases.Forget(@case, mention);
            }
            _cases.WantTrayPages(mention.Id);
        }
    }
}
