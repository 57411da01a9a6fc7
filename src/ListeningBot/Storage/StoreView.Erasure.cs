using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected ErasureTables Everything { get; } = new(db);

    public IReadOnlyList<Mention> MentionsNaming(string text) => Everything.MentionsNaming(text);
    public IReadOnlyList<Mention> MentionsLeadingTo(IReadOnlySet<PostKey> posts) => Everything.MentionsLeadingTo(posts);
    public IReadOnlyList<string> AuthorsBelow(PostKey stem) => Everything.AuthorsBelow(stem);
    public IReadOnlyList<string> KeysNaming(string text) => Everything.KeysNaming(text);
    public IReadOnlyList<long> CasesNaming(string text) => Everything.CasesNaming(text);
    public IReadOnlyList<AsideItem> AsideNaming(string text) => Dead.Naming(text);
    public IReadOnlyList<Customer> CustomersNaming(string text) => Everything.CustomersNaming(text);
    public IReadOnlyList<DamagedRow> DamagedRows(IReadOnlyList<string> names) => Everything.Damaged(names);
    public IReadOnlyList<PressHeard> PressesOn(long subject) => Everything.PressesOn(subject);
    public IReadOnlyList<PingSaid> PingsOf(string subject) => Everything.PingsOf(subject);
    public IReadOnlyList<VerdictGiven> VerdictsOn(long mention) => Everything.VerdictsOn(mention);
    public IReadOnlyList<Case> LatestCases(int limit) => Everything.Latest(limit);
    public IReadOnlyList<Mention> MentionsSince(DateTimeOffset since) => Everything.MentionsSince(since);
}
