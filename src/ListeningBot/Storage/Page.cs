namespace ListeningBot.Storage;

/// <summary>A page of rows of which some may not be readable. It goes on until one can be read or none is left: an empty page means to everybody that this was the end.</summary>
internal sealed class Page<T>(int limit) where T : class
{
    private readonly List<T> _items = [];
    private int _rows;

    public IReadOnlyList<T> Items => _items;

    /// <summary>The id of the last row that was looked at, readable or not.</summary>
    public long? Last { get; private set; }

    public bool GoesOn => Last is null || (_items.Count == 0 && _rows > 0 && _rows == limit);

    public void Take(Statement rows, Func<Statement, long> id, Func<Statement, T?> read)
    {
        for (_rows = 0; rows.Read(); _rows++)
        {
            Last = id(rows);
            if (read(rows) is { } item)
            {
                _items.Add(item);
            }
        }
        Last ??= 0;
    }
}
