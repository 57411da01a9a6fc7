namespace ListeningBot.Channels.Mail.Mime;

/// <summary>
/// Old mailers write Hebrew in iso-8859-8 as it looks, from left to right (RFC 1556); others write it as it is read under the same label. Five letters have
/// a form that only ends words: where such forms begin words, the text is turned.
/// </summary>
internal static class HebrewOrder
{
    public static string Logical(string text)
    {
        var (begins, ends) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is 'ך' or 'ם' or 'ן' or 'ף' or 'ץ')
            {
                begins += i == 0 || !IsHebrew(text[i - 1]) ? 1 : 0;
                ends += i + 1 == text.Length || !IsHebrew(text[i + 1]) ? 1 : 0;
            }
        }
        return begins > ends ? string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(Turned)) : text;
    }

    private static bool IsHebrew(char c) => c is >= 'א' and <= 'ת';

    /// <summary>The line from its end, with numbers and Latin words left as they are.</summary>
    private static string Turned(string line)
    {
        var turned = line.ToCharArray();
        Array.Reverse(turned);
        for (var i = 0; i < turned.Length; i++)
        {
            var start = i;
            while (i < turned.Length && (char.IsAsciiLetterOrDigit(turned[i]) || (i > start && turned[i] is '.' or ',' or '@' or '-' or '/' or ':' && i + 1 < turned.Length && char.IsAsciiLetterOrDigit(turned[i + 1]))))
            {
                i++;
            }
            Array.Reverse(turned, start, i - start);
        }
        return new string(turned);
    }
}
