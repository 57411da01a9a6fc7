namespace ListeningBot.Core.Scoring;

/// <summary>Numbers words: an open hash table from folded words (UTF-8), which lie one behind another in one array, to 0, 1, 2...</summary>
internal sealed class WordTable(int capacity)
{
    private (uint Hash, int Number)[] _slots = Empty(capacity);
    private byte[] _letters = new byte[capacity * 4];

    /// <summary>Where each word ends; it begins where the one before it does.</summary>
    private int[] _ends = new int[capacity];

    public int Count { get; private set; }

    public int Find(ReadOnlySpan<byte> word, uint hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var (known, number) = _slots[slot];
            if (number < 0)
            {
                return -1;
            }
            if (known == hash && word.SequenceEqual(_letters.AsSpan(Start(number).._ends[number])))
            {
                return number;
            }
        }
    }

    public int Add(ReadOnlySpan<byte> word, uint hash)
    {
        if (Find(word, hash) is >= 0 and var known)
        {
            return known;
        }
        var number = Count++;
        var start = Start(number);
        if (start + word.Length > _letters.Length)
        {
            Array.Resize(ref _letters, Math.Max(start + word.Length, _letters.Length * 2));
        }
        if (number == _ends.Length)
        {
            Array.Resize(ref _ends, number * 2);
        }
        word.CopyTo(_letters.AsSpan(start));
        _ends[number] = start + word.Length;
        if (Count * 2 > _slots.Length)
        {
            var old = _slots;
            _slots = Empty(old.Length * 2);
            foreach (var entry in old.Where(entry => entry.Number >= 0))
            {
                Place(entry);
            }
        }
        Place((hash, number));
        return number;
    }

    private int Start(int number) => number == 0 ? 0 : _ends[number - 1];

    private void Place((uint Hash, int Number) entry)
    {
        var mask = _slots.Length - 1;
        var slot = (int)entry.Hash & mask;
        while (_slots[slot].Number >= 0)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = entry;
    }

    private static (uint Hash, int Number)[] Empty(int length)
    {
        var slots = new (uint Hash, int Number)[length];
        Array.Fill(slots, (0u, -1));
        return slots;
    }
}
