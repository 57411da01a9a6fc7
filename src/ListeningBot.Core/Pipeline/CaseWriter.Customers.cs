using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>One person across accounts.</summary>
public sealed partial class CaseWriter
{
    /// <summary>
    /// A public profile was looked up. Keeps what it links; when another known account and this one link each other, they are one person from now on: the later
    /// known customer's accounts and cases become the earlier's, told in the history of each case. Nothing takes that back by itself.
    /// </summary>
    /// <param name="post">Any post of that account.</param>
    public void LinkAccounts(Post post, ProfileFound found)
    {
        if (CustomerAccount.Of(post) is not { } key || tx.CustomerOfAccount(key.Namespace, key.Author) is not { } customer)
        {
            return;
        }
        var account = found.AddTo(customer.AccountOf(key.Namespace, key.Author)!);
        customer = customer.With(account);
        tx.SaveCustomer(customer);
        var own = OnlyTheirs(account, customer.Id);
        foreach (var other in OthersAt([.. account.Links, .. account.Pages], customer.Id))
        {
            if (other.Accounts.Any(theirs => own.IsSamePerson(OnlyTheirs(theirs, other.Id))))
            {
                customer = Unite(customer, other);
            }
        }
    }

    /// <summary>An address at which several people stand (a forum's first page) is nobody's profile.</summary>
    private IEnumerable<Customer> OthersAt(IReadOnlyList<string> addresses, long self) =>
        addresses.Select(address => tx.CustomersAt(address).Where(other => other.Id != self).ToList()).Where(at => at.Count == 1).SelectMany(at => at).DistinctBy(other => other.Id).ToList();

    private CustomerAccount OnlyTheirs(CustomerAccount account, long customer) =>
        account with { Addresses = [.. account.Addresses.Where(address => tx.CustomersAt(address).All(other => other.Id == customer))] };

    private Customer Unite(Customer one, Customer other)
    {
        var (stays, goes) = one.Id < other.Id ? (one, other) : (other, one);
        foreach (var @case in tx.CasesOfCustomer(goes.Id, int.MaxValue))
        {
            Happen(@case, new CustomerUnited(goes.Id, stays.Id));
        }
        var united = stays with { Accounts = [.. stays.Accounts, .. goes.Accounts] };
        tx.SaveCustomer(united);
        tx.DeleteCustomer(goes.Id);
        return united;
    }
}
