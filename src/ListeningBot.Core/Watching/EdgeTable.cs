using System.Numerics;

namespace ListeningBot.Core.Watching;

/// <summary>From a 64-bit hash, never 0, to a number, never 0. A filter of one bit a hash answers most questions before the table is touched.</summary>
internal sealed class EdgeTable
{
    private const int FilterBitsPerSlot = 8;
    private ulong[] _keys = [];
    private int[] _values = [];
    private ulong[] _filter = [];
    private int _shift;
    private int _count;

    /// <param name="expected">How many keys to make room for; more are welcome.</param>
    public EdgeTable(int expected) => Resize((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, expected * 5L / 3 + 1)));

    public int Count => _count;

    /// <summary>The number under this hash, or 0.</summary>
    public int this[ulong key]
    {
        get
        {
            var at = Slot(key);
            return _keys[at] == key ? _values[at] : 0;
        }
    }

    public IEnumerable<(ulong Key, int Value)> Entries => _keys.Zip(_values).Where(entry => entry.First != 0);

    /// <summary>For loops over many hashes: read the filter once, ask with <see cref="MayHold"/>.</summary>
    public ulong[] Filter => _filter;

    /// <summary>False: surely not in the table.</summary>
    public static bool MayHold(ulong[] filter, ulong key) => (filter[(int)(key >> 6) & (filter.Length - 1)] >> (int)key & 1) != 0;

    public bool Holds(ulong key) => MayHold(_filter, key) && this[key] != 0;

    public void Set(ulong key, int value)
    {
        if (_count * 5 >= _keys.Length * 3)
        {
            Grow();
        }
        _count += _keys[Slot(key)] == 0 ? 1 : 0;
        Put(key, value);
    }

    /// <summary>The filter holds the keys of the other table too.</summary>
    public void AlsoLetThrough(EdgeTable other)
    {
        if (other._count == 0)
        {
            return;
        }
        _filter = new ulong[Math.Max(_filter.Length, other._filter.Length)];
        foreach (var key in _keys.Concat(other._keys).Where(key => key != 0))
        {
            Mark(key);
        }
    }

    private void Put(ulong key, int value)
    {
        var at = Slot(key);
        _keys[at] = key;
        _values[at] = value;
        Mark(key);
    }

    private void Mark(ulong key) => _filter[(int)(key >> 6) & (_filter.Length - 1)] |= 1UL << (int)key;

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
        Resize(keys.Length * 2);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] != 0)
            {
                Put(keys[i], values[i]);
            }
        }
    }

    private void Resize(int slots)
    {
        _keys = new ulong[slots];
        _values = new int[slots];
        _filter = new ulong[slots * FilterBitsPerSlot / 64];
        _shift = 64 - BitOperations.Log2((uint)slots);
    }
}
