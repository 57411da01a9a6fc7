using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Reads a whole text into hashed tokens: plain ASCII words at the speed of <see cref="WordEdges"/>, all else with a closer look.</summary>
internal static class HashedTokens
{
    /// <summary>Room enough for the tokens of a text of this many bytes.</summary>
    public static int Room(int length) => length + 4;

    /// <summary>Tells how many tokens there are. <paramref name="edges"/> is room to work in, see <see cref="WordEdges.Room"/>.</summary>
    public static int Read(ReadOnlySpan<byte> text, Span<int> edges, Span<HashedToken> into)
    {
        var count = 0;
        var found = WordEdges.Find(text, edges);
        for (var i = 0; i < found; i += 2)
        {
            var (start, end) = (edges[i], edges[i + 1]);
            var sign = start > 0 && text[start - 1] is (byte)'#' or (byte)'@' ? SignBefore(text, start) : Standing.Plain;
            var hash = WordHash.OfPlain(text, start, end - start);
            if (hash != 0 && (sign != Standing.Tag || !TagPieces.MayHave(text[start..end])))
            {
                into[count++] = new HashedToken(hash, start, end, sign);
            }
            else
            {
                new SegmentReader(text, into) { Count = count }.Read(start, end, sign, out count);
            }
        }
        return count;
    }

    /// <summary>A sign counts only where no word goes before it: "a@b" and "C#d" have none.</summary>
    private static Standing SignBefore(ReadOnlySpan<byte> text, int start) =>
        TokenReading.EndsWord(text[..(start - 1)]) ? Standing.Plain : text[start - 1] == '#' ? Standing.Tag : Standing.AtName;
}
