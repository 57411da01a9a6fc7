using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Something that could not be dealt with, as it was kept.</summary>
public sealed record AsideItem(long Id, string Channel, string What, string Raw, DateTimeOffset KeptAt);

/// <summary>A press with what its presser was told.</summary>
public sealed record PressHeard(string Id, Responder By, string Target, PressAnswer Answer, DateTimeOffset At);

/// <summary>A word said beside a card.</summary>
public sealed record PingSaid(long Id, string Room, string Text, DateTimeOffset WantedAt, DateTimeOffset? SentAt);

public sealed record VerdictGiven(long Mention, string Verdict, Responder By, DateTimeOffset At);

/// <summary>A stored row that may hold somebody's words and can't be read: no erasure reaches it.</summary>
/// <param name="Table">As <see cref="DeadRow"/> calls it.</param>
/// <param name="Names">What is left of it names the person.</param>
public sealed record DamagedRow(string Table, long Id, bool Names)
{
    public override string ToString() => $"{Table} {Id}";
}

/// <summary>
/// Looking through everything, for `cases`: what somebody is, wrote, or is named in. "Naming" walks through a whole table, without regard to the case of a-z;
/// nothing that runs all day asks so.
/// </summary>
public partial interface IStoreView
{
    IReadOnlyList<Mention> MentionsNaming(string text);

    /// <summary>Mentions that answer, or stand in the thread of, or repeat one of these posts.</summary>
    IReadOnlyList<Mention> MentionsLeadingTo(IReadOnlySet<PostKey> posts);

    /// <summary>Who wrote the posts of which the keys begin so; nobody where that is unknown or erased.</summary>
    /// <param name="stem">It ends with a slash.</param>
    IReadOnlyList<string> AuthorsBelow(PostKey stem);

    /// <summary>Unique keys of open cases in which it stands.</summary>
    IReadOnlyList<string> KeysNaming(string text);

    /// <summary>Cases of whose events or state the words name it.</summary>
    IReadOnlyList<long> CasesNaming(string text);
    IReadOnlyList<AsideItem> AsideNaming(string text);
    IReadOnlyList<Customer> CustomersNaming(string text);

    /// <summary>All mentions, cases, events and customers that can't be read. A name is sought as a word of its own, one of less than four letters as a whole value only.</summary>
    IReadOnlyList<DamagedRow> DamagedRows(IReadOnlyList<string> names);

    /// <summary>Presses on a case, or on an entry of the maybe list, by that number.</summary>
    IReadOnlyList<PressHeard> PressesOn(long subject);
    IReadOnlyList<PingSaid> PingsOf(string subject);
    IReadOnlyList<VerdictGiven> VerdictsOn(long mention);

    /// <summary>Whatever their state, the latest first.</summary>
    IReadOnlyList<Case> LatestCases(int limit);

    /// <summary>First seen at this time or later, in that order.</summary>
    IReadOnlyList<Mention> MentionsSince(DateTimeOffset since);
}

/// <summary>Forgetting a person. What is kept of a mention: that there was one, when, and how it was judged.</summary>
public partial interface IStoreTx
{
    /// <summary>Removes author, words, address and key; a print of the key stays, so that the same post is not heard as a new one.</summary>
    void EraseMention(long id, DateTimeOffset now);

    /// <summary>The same case and events in other words: no version is raised. Events that can't be read stay.</summary>
    void Reword(Case @case, IReadOnlyList<CaseEvent> events);

    /// <summary>Those of its events that can't be read, and of which this is true, go.</summary>
    /// <param name="goes">Asked with what is left of one: its words without JSON's escapes, among its names and signs.</param>
    void RemoveUnreadableEvents(long caseId, Func<string, bool> goes);

    void FreeKey(string key);

    /// <summary>False when it is not there any more.</summary>
    bool EraseAside(long id);

    /// <summary>What anybody was told for a press or a command since then, which may quote anybody; that they pressed stays. It serves only a press heard twice. How many said something.</summary>
    int EraseAnswersSince(DateTimeOffset since);

    /// <summary>Silences about somebody end, and neither they nor a maybe list name them any more. How many there were.</summary>
    int EraseSilencesNaming(string name, DateTimeOffset now);

    /// <summary>No word is left; those sent are taken back. How many there were.</summary>
    int ErasePings(string subject);

    /// <summary>The same word in other words: what was sent stays as it was sent, unless it is taken back.</summary>
    void RewordPing(long id, string text);

    /// <summary>What was sent is taken back; what was not yet is sent as it stands.</summary>
    void TakePingBack(long id);

    /// <summary>Contacts found that name it are not kept. Of how many mentions they were.</summary>
    int EraseContactsNaming(string text);

    /// <summary>Whatever shows this subject in any room shows it anew, also what is only on its way there. Where it stands, and is known to.</summary>
    /// <param name="version">The version to be shown; null: one above the wanted one, where the card takes its version from that and not from its case.</param>
    IReadOnlyList<CardKey> ShowAnew(string subject, int? version);

    /// <summary>So do the threads of this aspect's cases that were open since: they may tell of a case that ended then. Those that stand somewhere.</summary>
    IReadOnlyList<CardKey> ShowThreadsAnew(string aspect, DateTimeOffset since);
}

/// <summary>What stands in the place of the key of an erased post.</summary>
public static class ErasedPost
{
    public const string Namespace = "erased";

    /// <summary>A print that does not tell the key, and is the same for the same post.</summary>
    public static PostKey KeyOf(PostKey key) =>
        new(Namespace, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{key.Namespace}\0{key.Id}"))));
}
