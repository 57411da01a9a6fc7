namespace ListeningBot.Core.Scoring;

/// <summary>The edges of the tree of phrases: (node, word) to node, in an open hash table whose entries are single numbers, so that more of it stays in the cache.</summary>
internal sealed class StepTable(int capacity)
{
    /// <summary>Of a node's or a word's number.</summary>
    private const int Bits = 21;
    private const ulong Free = ulong.MaxValue;
    private ulong[] _slots = Empty(capacity);
    private int _count;

    public int Find(int node, int word)
    {
        var key = Key(node, word);
        var mask = _slots.Length - 1;
        for (var slot = Slot(key) & mask; ; slot = (slot + 1) & mask)
        {
            var entry = _slots[slot];
            if (entry >> Bits == key)
            {
                return (int)entry & ((1 << Bits) - 1);
            }
            if (entry == Free)
            {
                return -1;
            }
        }
    }

    public void Add(int node, int word, int next)
    {
        if (next >> Bits != 0)
        {
            throw new InvalidOperationException($"A lexicon can't have more than {1 << Bits} steps.");
        }
        if (++_count * 2 > _slots.Length)
        {
            var old = _slots;
            _slots = Empty(old.Length * 2);
            foreach (var entry in old)
            {
                if (entry != Free)
                {
                    Place(entry);
                }
            }
        }
        Place(Key(node, word) << Bits | (uint)next);
    }

    private void Place(ulong entry)
    {
        var mask = _slots.Length - 1;
        var slot = Slot(entry >> Bits) & mask;
        while (_slots[slot] != Free)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = entry;
    }

    private static ulong Key(int node, int word) => (ulong)(uint)node << Bits | (uint)word;

    private static int Slot(ulong key) => (int)(key * 0x9E3779B97F4A7C15UL >> 33);

    private static ulong[] Empty(int length)
    {
        var slots = new ulong[length];
        Array.Fill(slots, Free);
        return slots;
    }
}
