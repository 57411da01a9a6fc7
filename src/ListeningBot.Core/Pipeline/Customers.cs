using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>People across cases and networks.</summary>
public static class Customers
{
    private const int MostCases = 100;

    /// <summary>Other cases of the same person, the latest first; empty when the person is not known.</summary>
    public static IReadOnlyList<Case> OtherCasesOf(this IStoreView view, Case @case) =>
        @case.Customer is { } customer ? [.. view.CasesOfCustomer(customer, MostCases).Where(other => other.Id != @case.Id)] : [];

    /// <summary>Accounts of others that this person's profile claims, for people: "@mia on bluesky". Never taken for the same person: anyone can link anyone.</summary>
    public static IReadOnlyList<string> ClaimsOf(this IStoreView view, long customer) => view.CustomerOf(customer) is not { } claiming ? [] :
    [
        .. from account in claiming.Accounts
           from link in account.Links
           from other in view.CustomersAt(link)
           where other.Id != claiming.Id
           from claimed in other.Accounts
           where account.Claims(claimed)
           select $"{claimed.Name ?? claimed.Handle ?? claimed.Author} on {claimed.Namespace}",
    ];

    /// <summary>The person who wrote this; made when not known yet. Null when the author is not known.</summary>
    internal static Customer? FindOrMake(IStoreTx tx, Post post) => CustomerAccount.Of(post) is not { } account ? null
        : tx.CustomerOfAccount(account.Namespace, account.Author) is { } known ? Renamed(tx, known, account)
        : tx.AddCustomer(new Customer { Accounts = [account] });

    /// <summary>People change what they call themselves; what was looked up stays.</summary>
    private static Customer Renamed(IStoreTx tx, Customer known, CustomerAccount now)
    {
        var before = known.AccountOf(now.Namespace, now.Author)!;
        var after = before with { Name = now.Name ?? before.Name, Handle = now.Handle ?? before.Handle, Addresses = [.. before.Addresses.Union(now.Addresses)] };
        if (after.Name == before.Name && after.Handle == before.Handle && after.Addresses.Count == before.Addresses.Count)
        {
            return known;
        }
        var renamed = known.With(after);
        tx.SaveCustomer(renamed);
        return renamed;
    }
}
