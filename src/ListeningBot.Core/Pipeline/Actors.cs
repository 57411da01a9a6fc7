using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>Who acts: chat accounts and the people behind them, by config/responders.yaml and by the accounts that people linked to themselves.</summary>
public sealed class Actors(IStoreView view, Responders responders)
{
    public Member? MemberOf(string account) =>
        responders.MemberOf(account) ?? (view.MemberLinkedTo(account) is { } id ? responders.MemberNamed(id) : null);

    /// <summary>Accounts by which this member can be called.</summary>
    public IReadOnlyList<string> AccountsOf(Member member) => [.. member.Accounts.Union(view.AccountsLinkedTo(member.Id))];

    public bool MayAct(string account, IReadOnlyList<string> roles) => responders.MayAct(account, roles) || MemberOf(account) is not null;

    /// <summary>The person behind an account, so that an owner stays the same on all accounts; the account itself while nobody is known behind it.</summary>
    public Responder PersonOf(Responder account) => MemberOf(account.Id) is { } member ? new Responder("member:" + member.Id, member.Name) : account;

    /// <summary>Who does it; null for somebody who may not. A case that the account took before its person was known stays with the account.</summary>
    public Responder? Actor(Responder account, IReadOnlyList<string> roles, Case? about = null) =>
        !MayAct(account.Id, roles) ? null
        : about?.Owner?.Id == account.Id ? account
        : PersonOf(account);

    /// <summary>For somebody who may not act: why, and how to be added.</summary>
    public string WhyNot()
    {
        var leads = responders.Teams.SelectMany(team => team.Leads).Select(lead => lead.Name).Distinct(StringComparer.Ordinal).Take(3).ToList();
        var ask = leads.Count > 0 ? string.Join(" or ", leads) : "an operator";
        return $"Thank you for wanting to help. Only members of the team can do this, so that the customer has one person to talk to, and I don't know your account yet. "
            + $"If you are a member, type /link and your name; else ask {ask} to add you to config/responders.yaml. Nothing was changed.";
    }
}
