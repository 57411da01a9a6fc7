namespace ListeningBot.Core.Scoring;

/// <summary>Numbers words: an open hash table from folded words (UTF-8) to 0, 1, 2...</summary>
internal sealed class WordTable(int capacity)
{
    private int[] _slots = Empty(capacity);
    private readonly List<(byte[] Word, uint Hash)> _adding = [];
    private (byte[] Word, uint Hash)[] _words = [];

    public int Find(ReadOnlySpan<byte> word, uint hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot];
            if (number < 0)
            {
                return -1;
            }
            ref readonly var known = ref _words[number];
            if (known.Hash == hash && word.SequenceEqual(known.Word))
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
        _words[number] = _adding[number];
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
        var slot = (int)_words[number].Hash & mask;
        while (_slots[slot] >= 0)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = number;
    }

    private static int[] Empty(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }
}
