using System.Collections.Concurrent;

namespace ListeningBot.Storage;

/// <summary>Rows that were passed over because they can't be read, until they are put into the list of dead letters. Of one store; its connections share it.</summary>
internal sealed class Unreadable
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<(string Table, long Id), string> _rows = new();

    /// <summary>Those that are listed already: they are met again with each reading.</summary>
    private readonly ConcurrentDictionary<(string Table, long Id), bool> _listed = new();

    public bool Any => !_rows.IsEmpty;

    public void Note(string table, long id, string why)
    {
        if (_rows.Count < Most && !_listed.ContainsKey((table, id)))
        {
            _rows[(table, id)] = why;
        }
    }

    public IReadOnlyList<((string Table, long Id) Row, string Why)> Take() => [.. _rows.Select(row => (row.Key, row.Value))];

    public void Listed((string Table, long Id) row)
    {
        _listed[row] = true;
        _rows.TryRemove(row, out _);
    }

    /// <summary>It is tried again: should it fail once more, it is noted once more.</summary>
    public void Forget((string Table, long Id) row)
    {
        _listed.TryRemove(row, out _);
        _rows.TryRemove(row, out _);
    }

    /// <summary>Noted, and not listed yet.</summary>
    public bool Holds((string Table, long Id) row) => _rows.ContainsKey(row);
}
