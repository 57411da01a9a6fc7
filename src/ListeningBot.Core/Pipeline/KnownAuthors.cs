using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Records who an author turned out to be, and the ways to reach them, as an event of their case.</summary>
public static class KnownAuthors
{
    /// <summary>After the card: nothing of it shall delay one.</summary>
    public static readonly TimeSpan LookAfter = TimeSpan.FromSeconds(2);

    /// <summary>Returns the rooms with something new to show. What was taken away meanwhile stays away.</summary>
    /// <param name="author">The author of the post with what is known now.</param>
    /// <param name="profile">What their public profile links; null when there is none.</param>
    public static IReadOnlySet<string> Record(IStoreTx tx, long mentionId, Author author, IReadOnlyList<Contact> contacts, ProfileFound? profile, Policy policy, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now, policy) { Where = "lookup" };
        if (tx.MentionOf(mentionId) is not { Deleted: false } mention || mention.Post.Author.Id != author.Id)
        {
            return cases.Rooms;
        }
        var named = mention.Post.Author != author;
        var more = !tx.ContactsIn(mentionId).SequenceEqual(contacts);
        tx.KeepContacts(mentionId, contacts);
        if (named)
        {
            mention = mention with { Post = mention.Post with { Author = author } };
            tx.UpdateMention(mention);
        }
        if (mention.CaseId is { } id && tx.CaseOf(id) is { } @case && (named || more))
        {
            cases.Happen(@case, new AuthorKnown(mentionId) { Named = named && mentionId == @case.FirstMention });
        }
        else if (named)
        {
            cases.WantTrayPages(mentionId);
        }
        if (profile is not null)
        {
            cases.LinkAccounts(mention.Post, profile);
        }
        return cases.Rooms;
    }
}
