using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <summary>How the words begin that "refund*" and the like look for.</summary>
internal sealed class Beginnings
{
    private const byte ToLower = 0x20;
    private readonly SortedSet<int> _known = [];

    /// <summary>Whether any begins with these two bytes, ASCII in lower case; a second byte of 0 stands for one-letter words.</summary>
    private readonly ulong[] _pairs = new ulong[65536 / 64];

    /// <summary>Of their folded forms, bytes, rising.</summary>
    public int[] Lengths { get; private set; } = [];

    public void Add(ReadOnlySpan<byte> folded)
    {
        if (_known.Add(folded.Length))
        {
            Lengths = [.. _known];
        }
        var first = (folded[0] | ToLower) << 8;
        for (var second = 0; second < 256; second++)
        {
            if (folded.Length == 1 || second == (folded[1] | ToLower))
            {
                _pairs[(first | second) >> 6] |= 1UL << second;
            }
        }
    }

    /// <summary>False: surely none fits this token.</summary>
    /// <param name="plain">The text is all ASCII.</param>
    public bool MayFit(ReadOnlySpan<byte> text, in HashedToken token, bool plain)
    {
        var first = text[token.Start] | ToLower;
        var second = token.End - token.Start > 1 ? text[token.Start + 1] | ToLower : 0;
        // What is folded from more than ASCII may begin otherwise.
        return (_pairs[(first << 8 | second) >> 6] >> second & 1) != 0 || (!plain && !Ascii.IsValid(text[token.Start..token.End]));
    }

    /// <summary>The length of the folded token; 0 for one that is too long.</summary>
    public int Fold(ReadOnlySpan<byte> text, in HashedToken token, Span<byte> into) =>
        Folding.TryFold(text[token.Start..token.End], into, out var length) ? length : 0;
}
