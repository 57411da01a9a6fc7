using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>The author of this mention is to be looked up.</summary>
/// <param name="Tries">How often that was tried in vain.</param>
public sealed record LookupWork(long Mention, int Tries);

public partial interface IStoreView
{
    /// <summary>Every public way known to reach the customer of a case, the most direct first, at most <see cref="Contacts.Most"/>; each once. Empty until looked up.</summary>
    IReadOnlyList<Contact> ContactsOf(long caseId);

    /// <summary>Those that were found for this mention.</summary>
    IReadOnlyList<Contact> ContactsIn(long mention);

    /// <summary>Authors whose time to be looked up has come, earliest first.</summary>
    IReadOnlyList<LookupWork> LookupsDue(DateTimeOffset now, int limit);

    /// <summary>When something was last read from the channel, be it an empty batch; null before.</summary>
    DateTimeOffset? HeardAt(string channel);
}

public partial interface IStoreTx
{
    /// <summary>The author of this mention is to be looked up; once wanted, it stays so until done.</summary>
    void WantLookup(long mention, DateTimeOffset at);

    /// <summary>It is tried again, counted as one more try.</summary>
    void PutOffLookup(long mention, DateTimeOffset until);

    /// <summary>What was found replaces what was known.</summary>
    void KeepContacts(long mention, IReadOnlyList<Contact> contacts);

    /// <summary>All was looked at, or it is given up.</summary>
    void EndLookup(long mention, DateTimeOffset now);
}

public static class Contacts
{
    public const int Most = 10;

    /// <summary>Each once, in their order, at most <see cref="Most"/>.</summary>
    public static IReadOnlyList<Contact> Each(IEnumerable<Contact> contacts) => [.. contacts.DistinctBy(Print, StringComparer.OrdinalIgnoreCase).Take(Most)];

    private static string Print(Contact contact) =>
        (contact.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "https" + contact.Value[4..] : contact.Value).TrimEnd('/');
}
