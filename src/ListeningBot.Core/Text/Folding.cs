using System.Buffers;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>
/// The form in which texts are compared: lower case, no accents, plain instead of full-width and other compatibility forms, nothing invisible,
/// straight quotes, ASCII digits, and no Cyrillic or Greek look-alikes inside Latin words (nor the other way round). Text is UTF-8 and may be broken.
/// </summary>
/// <remarks>Tables of our own, because without ICU (InvariantGlobalization) .NET's normalisation silently does nothing.</remarks>
public static class Folding
{
    /// <summary>Room enough for the folded form of this many bytes.</summary>
    public static int MaxLength(int length) => checked(length * 3);

    /// <summary>Writes the folded form and tells its length. <paramref name="into"/> holds <see cref="MaxLength"/> bytes; throws <see cref="ArgumentException"/> when it proves too small.</summary>
    public static int Fold(ReadOnlySpan<byte> text, Span<byte> into) =>
        TryFold(text, into, out var written) ? written : throw new ArgumentException("The folded form needs more room.", nameof(into));

    /// <summary>False when <paramref name="into"/> is too small; what it then holds is of no use.</summary>
    public static bool TryFold(ReadOnlySpan<byte> text, Span<byte> into, out int written)
    {
        var plain = text.IndexOfAnyExceptInRange((byte)0, (byte)127);
        if (plain < 0)
        {
            return Ascii.ToLower(text, into, out written) == OperationStatus.Done;
        }
        while (plain > 0 && text[plain - 1] is var b && (char.IsAsciiLetterOrDigit((char)b) || b == '_'))
        {
            plain--;
        }
        if (Ascii.ToLower(text[..plain], into, out written) != OperationStatus.Done)
        {
            return false;
        }
        var slow = new SlowFold(text[plain..], into[plain..]);
        var fits = slow.Run();
        written = plain + slow.Written;
        return fits;
    }

    /// <summary>For terms, lexicons and other things that are folded once.</summary>
    public static string Fold(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var into = new byte[MaxLength(bytes.Length)];
        return Encoding.UTF8.GetString(into, 0, Fold(bytes, into));
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> when this build does not fold as it must. Call it at start-up.</summary>
    public static void SelfCheck()
    {
        (string Text, string Folded)[] samples =
        [
            ("CAFÉ", "cafe"), ("Cafe\u0301", "cafe"), ("Ｒｅｆｕｎｄ", "refund"), ("re\u00ADfu\u200Bnd", "refund"), ("r\u0435fund", "refund"),
            ("Straße", "strasse"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("ЁЖ", "еж"), ("أَهْلًا", "اهلا"), ("ﾊﾞｽ", "バス"), ("\u1112\u1161\u11AB", "한"), ("don’t", "don't"), ("٣", "3"),
        ];
        foreach (var (text, folded) in samples)
        {
            if (Fold(text) != folded)
            {
                throw new InvalidOperationException(
                    $"This build folds \"{text}\" to \"{Fold(text)}\" instead of \"{folded}\", so watches would miss posts: its folding tables are damaged, build it again.");
            }
        }
    }
}
