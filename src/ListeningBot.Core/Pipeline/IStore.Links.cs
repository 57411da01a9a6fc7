namespace ListeningBot.Core.Pipeline;

/// <summary>A chat account that says whose it is.</summary>
/// <param name="Account">"discord:1234".</param>
/// <param name="Member">The member's id in config/responders.yaml.</param>
/// <param name="Yes">Null while nobody has decided.</param>
public sealed record AccountLink(long Id, string Account, string AccountName, string Member, DateTimeOffset AskedAt, bool? Yes, string? DecidedBy);

public partial interface IStoreView
{
    AccountLink? LinkOf(long id);

    /// <summary>The link of this account that nobody has decided yet, or null.</summary>
    AccountLink? LinkAskedBy(string account);

    /// <summary>The member that this account was found to be, or null.</summary>
    string? MemberLinkedTo(string account);

    /// <summary>Accounts that were found to be this member's.</summary>
    IReadOnlyList<string> AccountsLinkedTo(string member);
}

public partial interface IStoreTx
{
    /// <summary>Returns the new link's id; nobody has decided it yet.</summary>
    long AskLink(string account, string accountName, string member, DateTimeOffset now);
    void DecideLink(long id, bool yes, string by, DateTimeOffset now);
}
