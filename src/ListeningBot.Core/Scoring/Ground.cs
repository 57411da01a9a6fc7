using System.Runtime.CompilerServices;

namespace ListeningBot.Core.Scoring;

/// <summary>Which way something speaks.</summary>
public enum Side
{
    For,
    Against,

    /// <summary>Neither: it says why the verdict is not sure.</summary>
    Unsure,
}

/// <summary>Why, without a text: what it is, how much it counted, and where it was seen.</summary>
/// <param name="Code">What it is; <see cref="Name"/> says it.</param>
/// <param name="Weight">Signed; in the logit of what was judged, but of evidence in urgency.</param>
/// <param name="Start">Of the words, in characters of the text; with length 0 no words show it.</param>
public readonly record struct Ground(byte Code, float Weight, int Start, int Length)
{
    /// <summary>A stable code: "waiting", "wording", "reach"...</summary>
    public string Name => GroundCodes.NameOf(Code);
}

/// <summary>Up to eight grounds, heaviest first, without an allocation.</summary>
public struct GroundList
{
    public const int Most = 8;
    private Eight _grounds;

    public int Count { get; private set; }

    public readonly Ground this[int index] => index < Count ? _grounds[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Puts it in its place; with more than so many the lightest is dropped.</summary>
    internal void Insert(Ground ground, int most)
    {
        var at = Count;
        while (at > 0 && Math.Abs(_grounds[at - 1].Weight) < Math.Abs(ground.Weight))
        {
            at--;
        }
        if (at == most)
        {
            return;
        }
        Count = Math.Min(most, Count + 1);
        for (var i = Count - 1; i > at; i--)
        {
            _grounds[i] = _grounds[i - 1];
        }
        _grounds[at] = ground;
    }

    internal void Append(Ground ground) => _grounds[Count++] = ground;

    internal void Place(int index, Seen where) => _grounds[index] = _grounds[index] with { Start = where.Start, Length = where.Length };

    [InlineArray(Most)]
    private struct Eight
    {
        private Ground _first;
    }
}
