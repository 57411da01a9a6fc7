namespace ListeningBot.Storage;

/// <summary>
/// One connection to the database, used by one thread at a time, with its prepared statements. Most SQL is one text for both engines: `coalesce` and `CASE` instead of what only SQLite has,
/// `RETURNING id` for what was given, the table's name before a column that `excluded` has too. Where they differ the statement is written twice, side by side.
/// </summary>
internal abstract class Db : IDisposable
{
    public JsonBuffer Json { get; } = new();

    /// <summary>Where rows that can't be read are noted.</summary>
    public Unreadable? Unreadable { get; set; }

    /// <summary>The error with which the engine undid the whole open transaction by itself; null while all is well.</summary>
    public Exception? Lost { get; protected set; }

    /// <summary>Why an operator should see to the disk though all that was asked is stored; null while all is well.</summary>
    public virtual string? Doubt => null;

    /// <summary>The next number of those that the store counts itself, by its name in `sequences`. It is used up when the transaction is kept.</summary>
    public abstract long Next(string name);

    /// <summary>Whether mentions are numbered by <see cref="Next"/>, not by their table.</summary>
    public virtual bool CountsMentions => false;

    /// <summary>So many requests share a transaction at most.</summary>
    public virtual int LargestGroup => 1024;

    /// <summary>So many of them at most where each has a savepoint.</summary>
    public virtual int MostMarks => LargestGroup;

    /// <summary>After so long a transaction takes up no further request.</summary>
    public virtual TimeSpan LongestGroup => TimeSpan.MaxValue;

    /// <summary>The statement, ready to be bound. The text must be a constant: statements are kept by reference.</summary>
    public abstract Statement Ask(string sql);

    /// <summary>What was asked so far.</summary>
    public abstract IReadOnlyCollection<string> Prepared { get; }

    /// <summary>The same, where the two engines have different words for it.</summary>
    public Statement Ask(string sqlite, string postgres) => Ask(Choose(sqlite, postgres));

    /// <summary>One number of a one-row answer.</summary>
    public long Number(string sql)
    {
        using var row = Ask(sql);
        return row.Read() ? row.Long(0) : 0;
    }

    /// <summary>Any number of statements without values, not kept.</summary>
    public abstract void Execute(string sql);

    public abstract void Begin();

    public abstract void BeginReading();

    /// <summary>What was asked of the open transaction has been done when this returns: what fails by it, fails now and not while it is committed.</summary>
    public virtual void Arrive()
    {
    }

    public abstract void Commit();

    /// <summary>Undoes the open transaction, if the engine has not done so already.</summary>
    public abstract void Undo();

    public abstract void Mark();

    public abstract void Keep();

    public abstract void UndoToMark();

    /// <summary>Throws <see cref="LeaseLostException"/> when another machine has the role; else nobody can take it before the transaction ends.</summary>
    public abstract void Expect(Lease lease);

    public abstract void Dispose();

    protected abstract string Choose(string sqlite, string postgres);
}
