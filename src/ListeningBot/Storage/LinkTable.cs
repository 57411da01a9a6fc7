using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Chat accounts that say whose they are, and what was decided.</summary>
internal sealed class LinkTable(Db db)
{
    public AccountLink? Of(long id)
    {
        using var row = db.Ask("SELECT id, account, account_name, member, asked_at, yes, decided_by FROM links WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public AccountLink? AskedBy(string account)
    {
        using var row = db.Ask("SELECT id, account, account_name, member, asked_at, yes, decided_by FROM links WHERE account = ? AND yes IS NULL LIMIT 1").With(account);
        return row.Read() ? Read(row) : null;
    }

    public string? MemberOf(string account)
    {
        using var row = db.Ask("SELECT member FROM links WHERE account = ? AND yes = 1 ORDER BY id DESC LIMIT 1").With(account);
        return row.Read() ? row.Text(0) : null;
    }

    public IReadOnlyList<string> AccountsOf(string member)
    {
        using var rows = db.Ask("SELECT account FROM links WHERE member = ? AND yes = 1 ORDER BY id").With(member);
        var accounts = new List<string>();
        while (rows.Read())
        {
            accounts.Add(rows.Text(0));
        }
        return accounts;
    }

    public long Ask(string account, string accountName, string member, DateTimeOffset now) =>
        db.Ask("INSERT INTO links (account, account_name, member, asked_at) VALUES (?, ?, ?, ?) RETURNING id").With(account).With(accountName).With(member).With(now).NewId();

    public void Decide(long id, bool yes, string by, DateTimeOffset now) =>
        db.Ask("UPDATE links SET yes = ?, decided_by = ?, decided_at = ? WHERE id = ? AND yes IS NULL").With(yes).With(by).With(now).With(id).Run();

    private static AccountLink Read(Statement row) =>
        new(row.Long(0), row.Text(1), row.Text(2), row.Text(3), row.Time(4), row.IsNull(5) ? null : row.Int(5) != 0, row.TextOrNull(6));
}
