using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>The author of this mention is to be looked up.</summary>
/// <param name="Tries">How often that was tried in vain.</param>
public sealed record LookupWork(long Mention, int Tries);

public partial interface IStoreView
{
    /// <summary>Every public way known to reach the customer of a case, the most direct first, at most <see cref="Contacts.Most"/>; each once. Empty until looked up.</summary>
    IReadOnlyList<Contact> ContactsOf(long caseId);

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

    /// <summary>Looked up, or given up: what was found replaces what was known.</summary>
    void KeepContacts(long mention, IReadOnlyList<Contact> contacts, DateTimeOffset now);
}

public static class Contacts
{
    public const int Most = 10;

    /// <summary>The most direct first, each once, at most <see cref="Most"/>.</summary>
    public static IReadOnlyList<Contact> InOrder(IEnumerable<Contact> contacts) =>
        [.. contacts.OrderBy(contact => contact.Kind).DistinctBy(contact => contact.Value.TrimEnd('/'), StringComparer.OrdinalIgnoreCase).Take(Most)];
}
