using ListeningBot.Core.Cases;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public Customer AddCustomer(Customer customer) => People.Add(customer);
    public void SaveCustomer(Customer customer) => People.Save(customer);
    public void DeleteCustomer(long id) => People.Delete(id);
}
