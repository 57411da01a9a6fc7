using System.Buffers;
using System.Text;

namespace ListeningBot.Core.Watching;

/// <param name="Term">The node of the <see cref="TermTree"/> where it ends.</param>
/// <param name="Start">Offset in the text, bytes, without a sign.</param>
/// <param name="From">Its first word, counted from the beginning of the text.</param>
/// <param name="To">Its last word.</param>
internal readonly record struct Hit(int Term, int Start, int End, int From, int To)
{
    /// <summary>The next hit of the same term, 0 for none.</summary>
    public int Next { get; init; }
}

/// <param name="First">The term's first hit.</param>
internal readonly record struct FoundTerm(int Term, int First, int Last, int Count);

/// <summary>What was found in one text, by terms, in the order of the text. Allocates nothing while the pool has room.</summary>
internal ref struct HitList(ReadOnlySpan<byte> text, Span<Hit> hits, Span<FoundTerm> terms, Span<int> slots)
{
    /// <summary>Places of one term that are kept where nobody needs them all.</summary>
    public const int MostPlaces = 100;
    private Span<Hit> _hits = hits;
    private Span<FoundTerm> _terms = terms;

    /// <summary>From the hash of a term to its place among the terms, plus 1; twice as many as there may be terms.</summary>
    private Span<int> _slots = slots;
    private Hit[]? _rentedHits;
    private FoundTerm[]? _rentedTerms;
    private int[]? _rentedSlots;
    private char[]? _rentedChars;
    private int _chars = -1;

    /// <summary>The first hit stands at 1.</summary>
    private int _count = 1;
    private int _found;

    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>The terms that decide by themselves; with them, only the first place of most terms is noted.</summary>
    public Deciding? Deciding { get; init; }

    /// <summary>No further hit can change the answer.</summary>
    public bool Decided { get; private set; }

    /// <summary>Each term that was found, once.</summary>
    public readonly ReadOnlySpan<FoundTerm> Terms => _terms[.._found];

    public readonly ref readonly Hit this[int hit] => ref _hits[hit];

    /// <summary>The text decoded; broken bytes are U+FFFD.</summary>
    public ReadOnlySpan<char> Chars
    {
        get
        {
            if (_chars < 0)
            {
                _rentedChars = ArrayPool<char>.Shared.Rent(Text.Length);
                _chars = Encoding.UTF8.GetChars(Text, _rentedChars);
            }
            return _rentedChars.AsSpan(0, _chars);
        }
    }

    /// <summary>The term's first hit, 0 for none.</summary>
    public readonly int FirstOf(int term) => _found == 0 || _slots[SlotOf(term)] is not (> 0 and var place) ? 0 : _terms[place - 1].First;

    public readonly bool HasAny(ReadOnlySpan<int> sorted)
    {
        if (sorted.Length > _found * 8)
        {
            foreach (ref readonly var found in Terms)
            {
                if (sorted.BinarySearch(found.Term) >= 0)
                {
                    return true;
                }
            }
            return false;
        }
        foreach (var term in sorted)
        {
            if (FirstOf(term) > 0)
            {
                return true;
            }
        }
        return false;
    }

    /// <param name="all">Every place counts.</param>
    public void Add(in Hit hit, bool all)
    {
        if (_found == 0)
        {
            _slots.Clear();
        }
        ref var slot = ref _slots[SlotOf(hit.Term)];
        if (slot == 0)
        {
            slot = AddTerm(hit);
        }
        else if (all || (Deciding is null && _terms[slot - 1].Count < MostPlaces))
        {
            AddPlace(ref _terms[slot - 1], hit);
        }
    }

    public readonly void Dispose()
    {
        Return(_rentedHits);
        Return(_rentedTerms);
        Return(_rentedSlots);
        Return(_rentedChars);
    }

    private int AddTerm(in Hit hit)
    {
        var place = Keep(hit);
        _terms[_found++] = new FoundTerm(hit.Term, place, place, 1);
        Decided |= Deciding?.By(hit.Term) == true;
        var slot = _found;
        if (_found == _terms.Length)
        {
            GrowTerms();
        }
        return slot;
    }

    private void AddPlace(ref FoundTerm term, in Hit hit)
    {
        if (_hits[term.Last] is var last && (last.Start, last.End) != (hit.Start, hit.End))
        {
            var place = Keep(hit);
            _hits[term.Last] = last with { Next = place };
            term = term with { Last = place, Count = term.Count + 1 };
        }
    }

    private int Keep(in Hit hit)
    {
        if (_count == _hits.Length)
        {
            _hits = _rentedHits = Larger(_rentedHits, _hits);
        }
        _hits[_count] = hit;
        return _count++;
    }

    private void GrowTerms()
    {
        _terms = _rentedTerms = Larger(_rentedTerms, _terms);
        Return(_rentedSlots);
        _rentedSlots = ArrayPool<int>.Shared.Rent(_slots.Length * 2);
        _slots = _rentedSlots.AsSpan(0, _slots.Length * 2);
        _slots.Clear();
        for (var i = 0; i < _found; i++)
        {
            _slots[SlotOf(_terms[i].Term)] = i + 1;
        }
    }

    /// <summary>Where the term is, or where it would go.</summary>
    private readonly int SlotOf(int term)
    {
        var at = (int)((uint)term * 0x9E3779B1 >> 7) & (_slots.Length - 1);
        while (_slots[at] != 0 && _terms[_slots[at] - 1].Term != term)
        {
            at = (at + 1) & (_slots.Length - 1);
        }
        return at;
    }

    private static T[] Larger<T>(T[]? rented, Span<T> full)
    {
        var more = ArrayPool<T>.Shared.Rent(full.Length * 2);
        full.CopyTo(more);
        Return(rented);
        return more;
    }

    private static void Return<T>(T[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
