using System.Numerics;

namespace ListeningBot.Core.Watching;

/// <summary>From a 64-bit hash, never 0, to a number, never 0. A filter of one bit a hash answers most questions before the table is touched.</summary>
internal sealed class EdgeTable
{
    private const int FilterBitsPerSlot = 8;
    private ulong[] _keys = new ulong[64];
    private int[] _values = new int[64];
    private ulong[] _filter = new ulong[64 * FilterBitsPerSlot / 64];
    private int _shift = 58;
    private int _count;

    /// <summary>The number under this hash, or 0.</summary>
    public int this[ulong key]
    {
        get
        {
            var at = Slot(key);
            return _keys[at] == key ? _values[at] : 0;
        }
    }

    /// <summary>False: surely not in the table.</summary>
    public bool MayHold(ulong key)
    {
        var filter = _filter;
        return (filter[(int)(key >> 6) & (filter.Length - 1)] >> (int)key & 1) != 0;
    }

    /// <summary>For loops over many hashes: read the filter once, ask with <see cref="MayHold(ulong[], ulong)"/>.</summary>
    public ulong[] Filter => _filter;

    public static bool MayHold(ulong[] filter, ulong key) => (filter[(int)(key >> 6) & (filter.Length - 1)] >> (int)key & 1) != 0;

    public void Add(ulong key, int value)
    {
        if (_count * 5 >= _keys.Length * 3)
        {
            Grow();
        }
        Put(key, value);
        _count++;
    }

    private void Put(ulong key, int value)
    {
        var at = Slot(key);
        _keys[at] = key;
        _values[at] = value;
        _filter[(int)(key >> 6) & (_filter.Length - 1)] |= 1UL << (int)key;
    }

    /// <summary>Where the key is, or where it would go.</summary>
    private int Slot(ulong key)
    {
        var at = (int)(key >> _shift);
        while (_keys[at] != 0 && _keys[at] != key)
        {
            at = (at + 1) & (_keys.Length - 1);
        }
        return at;
    }

    private void Grow()
    {
        var (keys, values) = (_keys, _values);
        _keys = new ulong[keys.Length * 2];
        _values = new int[values.Length * 2];
        _filter = new ulong[_keys.Length * FilterBitsPerSlot / 64];
        _shift = 64 - BitOperations.Log2((uint)_keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                Put(keys[i], values[i]);
            }
        }
    }
}
