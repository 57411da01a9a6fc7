namespace ListeningBot.Net;

/// <summary>Reads inline styles just far enough to know that nobody sees the element.</summary>
internal static class HtmlStyle
{
    public static bool Hides(string style, bool hiddenAttribute) => hiddenAttribute || (style.Length > 0 && Hides(style));

    private static bool Hides(string style)
    {
        foreach (var part in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan()[part];
            var colon = declaration.IndexOf(':');
            if (colon > 0 && Hides(declaration[..colon].Trim(), Value(declaration[(colon + 1)..])))
            {
                return true;
            }
        }
        return false;
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> value)
    {
        var important = value.IndexOf('!');
        return (important < 0 ? value : value[..important]).Trim();
    }

    private static bool Hides(ReadOnlySpan<char> property, ReadOnlySpan<char> value) =>
        Is(property, "display") ? Is(value, "none")
        : Is(property, "visibility") ? Is(value, "hidden") || Is(value, "collapse")
        : Is(property, "mso-hide") ? Is(value, "all")
        : (Is(property, "font-size") || Is(property, "max-height") || Is(property, "max-width") || Is(property, "opacity")) && IsZero(value);

    /// <summary>"0", "0px", "0.0em"; not "0.5em".</summary>
    private static bool IsZero(ReadOnlySpan<char> value)
    {
        var number = value.TrimEnd("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ% ");
        return number.Length > 0 && number.IndexOfAnyExcept('0', '.') < 0 && number[0] == '0';
    }

    private static bool Is(ReadOnlySpan<char> one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
