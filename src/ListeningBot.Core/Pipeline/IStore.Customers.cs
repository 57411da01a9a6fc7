using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    Customer? CustomerOf(long id);

    /// <summary>Whose account this is, or null.</summary>
    Customer? CustomerOfAccount(string ns, string author);

    /// <summary>Whose profile or own page stands at this address (<see cref="WebAddress.Of"/>).</summary>
    IReadOnlyList<Customer> CustomersAt(string address);

    /// <summary>The accounts of customers with a case that is not closed.</summary>
    IReadOnlyList<PostKey> AccountsWithCases();

    /// <summary>The latest first.</summary>
    IReadOnlyList<Case> CasesOfCustomer(long customer, int limit);
}

public partial interface IStoreTx
{
    /// <summary>Returns the new customer with its id. Its accounts must be nobody's.</summary>
    Customer AddCustomer(Customer customer);

    /// <summary>Replaces what is known; accounts that were another's become this one's.</summary>
    void SaveCustomer(Customer customer);

    /// <summary>The row and its accounts are gone.</summary>
    void DeleteCustomer(long id);
}
