using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>People, their accounts, and the addresses at which one finds them.</summary>
internal sealed class CustomerTables(Db db)
{
    public Customer? Of(long id)
    {
        using var row = db.Ask("SELECT id, body FROM customers WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public Customer? OfAccount(string ns, string author)
    {
        using var row = db.Ask("SELECT c.id, c.body FROM customer_accounts a JOIN customers c ON c.id = a.customer WHERE a.ns = ? AND a.author = ?").With(ns).With(author);
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<Customer> At(string address)
    {
        using var rows = db.Ask("SELECT c.id, c.body FROM customer_addresses a JOIN customers c ON c.id = a.customer WHERE a.address = ?").With(address);
        var found = new List<Customer>();
        while (rows.Read())
        {
            if (Read(rows) is { } customer)
            {
                found.Add(customer);
            }
        }
        return found;
    }

    public IReadOnlyList<PostKey> WithCases()
    {
        using var rows = db.Ask("SELECT DISTINCT a.ns, a.author FROM cases c JOIN customer_accounts a ON a.customer = c.customer WHERE c.state IN (0, 1, 3, 4, 5, 6, 7)");
        var accounts = new List<PostKey>();
        while (rows.Read())
        {
            accounts.Add(new PostKey(rows.Text(0), rows.Text(1)));
        }
        return accounts;
    }

    public IReadOnlyList<Case> CasesOf(long customer, int limit)
    {
        using var rows = db.Ask("SELECT body, id FROM cases WHERE customer = ? AND customer IS NOT NULL ORDER BY id DESC LIMIT ?").With(customer).With(limit);
        return CaseTables.All(rows);
    }

    /// <summary>Also one that can't be read.</summary>
    public bool HasCases(long customer)
    {
        using var row = db.Ask("SELECT 1 FROM cases WHERE customer = ? AND customer IS NOT NULL LIMIT 1").With(customer);
        return row.Read();
    }

    public Customer Add(Customer customer)
    {
        var added = customer with { Id = db.Ask("INSERT INTO customers (body) VALUES (?) RETURNING id").WithJson(customer, StoreJson.Default.Customer).NewId() };
        Save(added);
        return added;
    }

    public void Save(Customer customer)
    {
        db.Ask("UPDATE customers SET body = ? WHERE id = ?").WithJson(customer, StoreJson.Default.Customer).With(customer.Id).Run();
        DropWays(customer.Id);
        foreach (var account in customer.Accounts)
        {
            db.Ask("INSERT INTO customer_accounts (ns, author, customer) VALUES (?, ?, ?) ON CONFLICT (ns, author) DO UPDATE SET customer = excluded.customer")
                .With(account.Namespace).With(account.Author).With(customer.Id).Run();
        }
        foreach (var address in customer.Accounts.SelectMany(account => account.Addresses.Concat(account.Pages)))
        {
            db.Ask("INSERT INTO customer_addresses (address, customer) VALUES (?, ?) ON CONFLICT (address, customer) DO NOTHING").With(address).With(customer.Id).Run();
        }
    }

    public void Delete(long id)
    {
        DropWays(id);
        db.Ask("DELETE FROM customers WHERE id = ?").With(id).Run();
    }

    private void DropWays(long id)
    {
        db.Ask("DELETE FROM customer_accounts WHERE customer = ?").With(id).Run();
        db.Ask("DELETE FROM customer_addresses WHERE customer = ?").With(id).Run();
    }

    private static Customer? Read(Statement row) => row.TryJson(1, StoreJson.Default.Customer, "customer", row.Long(0)) is { } customer ? customer with { Id = row.Long(0) } : null;
}
