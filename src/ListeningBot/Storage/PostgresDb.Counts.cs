namespace ListeningBot.Storage;

/// <summary>
/// Numbers that the store counts itself: with the lock of all writers in hand they are read once, counted here, and written once, so that no request waits for a number.
/// </summary>
internal sealed partial class PostgresDb
{
    private readonly Counts _counts = new();

    public override bool CountsMentions => true;

    public override long Next(string name) => _counts.Next(name);

    private void ReadCounts()
    {
        _counts.Clear();
        using var rows = Ask("SELECT name, value FROM sequences");
        while (rows.Read())
        {
            _counts.Set(rows.Text(0), rows.Long(1));
        }
    }

    private void WriteCounts()
    {
        foreach (var (name, value) in _counts.Changed())
        {
            Ask("UPDATE sequences SET value = ? WHERE name = ?").With(value).With(name).Run();
            _changing = true;
        }
    }

    private sealed class Counts
    {
        private readonly Dictionary<string, (long Stored, long Value, long Marked)> _all = new(StringComparer.Ordinal);

        public void Clear() => _all.Clear();

        public void Set(string name, long value) => _all[name] = (value, value, value);

        public long Next(string name)
        {
            if (!_all.TryGetValue(name, out var count))
            {
                throw new InvalidOperationException($"Nothing is counted as {name}.");
            }
            _all[name] = count with { Value = count.Value + 1 };
            return count.Value + 1;
        }

        public void Mark() => Each(count => count with { Marked = count.Value });

        public void UndoToMark() => Each(count => count with { Value = count.Marked });

        public IEnumerable<(string Name, long Value)> Changed() => _all.Where(count => count.Value.Value != count.Value.Stored).Select(count => (count.Key, count.Value.Value));

        private void Each(Func<(long Stored, long Value, long Marked), (long Stored, long Value, long Marked)> change)
        {
            foreach (var name in _all.Keys.ToList())
            {
                _all[name] = change(_all[name]);
            }
        }
    }
}
