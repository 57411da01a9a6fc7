using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

internal partial class StoreView
{
    private protected CustomerTables People { get; } = new(db);

    public Customer? CustomerOf(long id) => People.Of(id);
    public Customer? CustomerOfAccount(string ns, string author) => People.OfAccount(ns, author);
    public IReadOnlyList<Customer> CustomersAt(string address) => People.At(address);
    public IReadOnlyList<PostKey> AccountsWithCases() => People.WithCases();
    public IReadOnlyList<Case> CasesOfCustomer(long customer, int limit) => People.CasesOf(customer, limit);
}
