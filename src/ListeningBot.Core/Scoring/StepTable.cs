namespace ListeningBot.Core.Scoring;

/// <summary>The edges of the tree of phrases: (node, word) to node, in an open hash table.</summary>
internal sealed class StepTable(int capacity)
{
    private (long Key, int Next)[] _slots = Empty(capacity);
    private int _count;

    public int Find(int node, int word)
    {
        var key = Key(node, word);
        var mask = _slots.Length - 1;
        for (var slot = Slot(key) & mask; ; slot = (slot + 1) & mask)
        {
            ref readonly var entry = ref _slots[slot];
            if (entry.Key == key)
            {
                return entry.Next;
            }
            if (entry.Key < 0)
            {
                return -1;
            }
        }
    }

    public void Add(int node, int word, int next)
    {
        if (++_count * 2 > _slots.Length)
        {
            var old = _slots;
            _slots = Empty(old.Length * 2);
            foreach (var entry in old)
            {
                if (entry.Key >= 0)
                {
                    Place(entry);
                }
            }
        }
        Place((Key(node, word), next));
    }

    private void Place((long Key, int Next) entry)
    {
        var mask = _slots.Length - 1;
        var slot = Slot(entry.Key) & mask;
        while (_slots[slot].Key >= 0)
        {
            slot = (slot + 1) & mask;
        }
        _slots[slot] = entry;
    }

    private static long Key(int node, int word) => (long)node << 32 | (uint)word;

    private static int Slot(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15UL >> 33);

    private static (long Key, int Next)[] Empty(int length)
    {
        var slots = new (long Key, int Next)[length];
        Array.Fill(slots, (-1, 0));
        return slots;
    }
}
