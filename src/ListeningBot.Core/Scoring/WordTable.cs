namespace ListeningBot.Core.Scoring;

/// <summary>Numbers words: an open hash table from folded words (UTF-8) to 0, 1, 2...</summary>
internal sealed class WordTable(int capacity)
{
    private (uint Hash, int Number)[] _slots = Empty(capacity);
    private readonly List<(byte[] Word, uint Hash)> _adding = [];
    private byte[][] _words = [];

    public int Count => _adding.Count;

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
            if (known == hash && word.SequenceEqual(_words[number]))
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
        var number = _adding.Count;
        _adding.Add((word.ToArray(), hash));
        if (_words.Length < _adding.Count)
        {
            Array.Resize(ref _words, Math.Max(256, _words.Length * 2));
        }
        _words[number] = _adding[number].Word;
        if (_adding.Count * 2 > _slots.Length)
        {
            _slots = Empty(_slots.Length * 2);
            for (var i = 0; i < number; i++)
            {
                Place(i);
            }
        }
        Place(number);
        return number;
    }

    private void Place(int number)
    {
        var mask = _slots.Length - 1;
        var hash = _adding[number].Hash;
        var slot = (int)hash & mask;
        while (_slots[slot].Number >= 0)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = (hash, number);
    }

    private static (uint Hash, int Number)[] Empty(int length)
    {
        var slots = new (uint Hash, int Number)[length];
        Array.Fill(slots, (0u, -1));
        return slots;
    }
}
