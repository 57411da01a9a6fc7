namespace ListeningBot.Core.Scoring;

/// <summary>What in a text is no word of its author's: HTML tags and entities, and characters in double width. Channels give plain text; what people paste is not always.</summary>
internal static class Markup
{
    private const int LongestTag = 300;
    private const int LongestEntity = 8;
    private const char Widest = '\uFF5E';
    private const char Wide = '\uFF01';
    private const int WiderBy = Wide - '!';

    /// <summary>The first byte of each wide character in UTF-8, and of few others.</summary>
    public const byte LeadOfWide = 0xEF;

    /// <summary>Tags that end a sentence, as a line break does.</summary>
    private static readonly string[] s_breaks = ["p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "blockquote"];
    private static readonly string[] s_inline = ["a", "b", "i", "u", "s", "em", "strong", "span", "font", "small", "del", "code", "pre", "img", "ul", "ol", "table", "tbody", "td", "th", "body", "html", "center"];

    /// <summary>Where the tag that begins here ends, or 0 when none does: "&lt;3" and "a &lt; b" are none.</summary>
    public static int EndOfTag(ReadOnlySpan<byte> text, int at, out bool breaks)
    {
        breaks = false;
        var inside = text.Slice(at + 1, Math.Min(LongestTag, text.Length - at - 1));
        var length = inside.IndexOfAny((byte)'>', (byte)'<');
        if (length < 1 || inside[length] == '<')
        {
            return 0;
        }
        inside = inside[..length].TrimStart((byte)'/').TrimEnd((byte)'/');
        var name = inside.IndexOf((byte)' ') is > 0 and var space ? inside[..space] : inside;
        breaks = IsOneOf(name, s_breaks);
        return (breaks || IsOneOf(name, s_inline)) && (name.Length == inside.Length || inside.Contains((byte)'=') || inside[name.Length..].Trim((byte)' ').IsEmpty) ? at + length + 2 : 0;
    }

    /// <summary>Where "&amp;nbsp;" or "&amp;#8217;" ends that begins here, or 0.</summary>
    public static int EndOfEntity(ReadOnlySpan<byte> text, int at)
    {
        var inside = text.Slice(at + 1, Math.Min(LongestEntity, text.Length - at - 1));
        var length = inside.IndexOf((byte)';');
        var number = length > 1 && inside[0] == '#';
        return length < 2 || inside[(number ? 1 : 0)..length].ContainsAnyExceptInRange(number ? (byte)'0' : (byte)'a', number ? (byte)'9' : (byte)'z') ? 0 : at + length + 2;
    }

    /// <summary>Each wide form as its plain one, so that places stay where they are.</summary>
    public static void Narrow(ReadOnlySpan<char> text, Span<char> into)
    {
        for (var i = 0; i < text.Length; i++)
        {
            into[i] = text[i] is >= Wide and <= Widest ? (char)(text[i] - WiderBy) : text[i];
        }
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, string[] names)
    {
        foreach (var one in names)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, one))
            {
                return true;
            }
        }
        return false;
    }
}
