using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected SilenceTable Hushed { get; } = new(db);
    private protected LinkTable Links { get; } = new(db);

    public Silence? SilenceOf(long id) => Hushed.Of(id);
    public IReadOnlyList<Silence> SilencesRunning(DateTimeOffset now) => Hushed.Running(now);
    public IReadOnlyList<Silence> SilencesEnded(DateTimeOffset from, DateTimeOffset to) => Hushed.Ended(from, to);
    public int HeldBackBy(long silence) => Hushed.HeldBack(silence);
    public IReadOnlyList<(string Team, int Mentions)> HeldBackOfTeams(long silence) => Hushed.HeldBackOfTeams(silence);
    public Silence? SilenceHolding(long mention) => Hushed.Holding(mention);

    public AccountLink? LinkOf(long id) => Links.Of(id);
    public AccountLink? LinkAskedBy(string account) => Links.AskedBy(account);
    public string? MemberLinkedTo(string account) => Links.MemberOf(account);
    public IReadOnlyList<string> AccountsLinkedTo(string member) => Links.AccountsOf(member);
}
