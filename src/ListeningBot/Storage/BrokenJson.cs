using System.Globalization;
using System.Text.RegularExpressions;

namespace ListeningBot.Storage;

/// <summary>JSON that can't be read, as far as words are left in it.</summary>
internal static partial class BrokenJson
{
    /// <summary>Without the escapes, which would join words: the n of a line's end is no letter of the name behind it.</summary>
    public static string Words(string json) => Escape().Replace(json, found => found.ValueSpan switch
    {
        [_, 'u', .. { Length: 4 } code] => ((char)ushort.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        [_, 'n' or 'r'] => "\n",
        [_, 't' or 'b' or 'f'] => " ",
        var other => other[1..].ToString(),
    });

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|.)", RegexOptions.None, 10_000)]
    private static partial Regex Escape();
}
