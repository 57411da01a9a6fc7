namespace ListeningBot.Net;

/// <summary>Reads inline styles just far enough to know what nobody sees of the element.</summary>
/// <param name="IsGone">Nothing within it is seen, whatever that says of itself.</param>
/// <param name="IsSmall">Its text has the size 0, and so has what is within it and sets no size of its own; null where the style sets none.</param>
internal readonly record struct HtmlStyle(bool IsGone, bool? IsSmall)
{
    public static HtmlStyle Of(string style, bool hiddenAttribute) =>
        hiddenAttribute ? new HtmlStyle(true, null) : style.Length == 0 ? default : Of(style);

    private static HtmlStyle Of(string style)
    {
        bool? isSmall = null;
        foreach (var part in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan()[part];
            var colon = declaration.IndexOf(':');
            if (colon <= 0)
            {
                continue;
            }
            var property = declaration[..colon].Trim();
            var value = Value(declaration[(colon + 1)..]);
            if (Hides(property, value))
            {
                return new HtmlStyle(true, null);
            }
            isSmall = SizeOf(property, value) ?? isSmall;
        }
        return new HtmlStyle(false, isSmall);
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> value)
    {
        var important = value.IndexOf('!');
        return (important < 0 ? value : value[..important]).Trim();
    }

    private static bool Hides(ReadOnlySpan<char> property, ReadOnlySpan<char> value) =>
        Is(property, "display") ? Is(value, "none")
        : Is(property, "visibility") ? Is(value, "hidden") || Is(value, "collapse")
        : (Is(property, "max-height") || Is(property, "max-width") || Is(property, "opacity")) && IsZero(value);

    /// <summary>A share of a size of 0 is 0: what is relative to the element around it sets none.</summary>
    private static bool? SizeOf(ReadOnlySpan<char> property, ReadOnlySpan<char> value) =>
        Is(property, "font-size") ? IsZero(value) ? true : IsRelative(value) ? null : false
        : Is(property, "font") && value.IndexOfAnyInRange('1', '9') >= 0 ? false
        : null;

    private static bool IsRelative(ReadOnlySpan<char> value) =>
        value.EndsWith("%", StringComparison.Ordinal) || Is(value, "inherit") || Is(value, "unset") || Is(value, "smaller") || Is(value, "larger") || value.Length == 0
        || (value.EndsWith("em", StringComparison.OrdinalIgnoreCase) && !value.EndsWith("rem", StringComparison.OrdinalIgnoreCase));

    /// <summary>"0", "0px", "0.0em"; not "0.5em".</summary>
    private static bool IsZero(ReadOnlySpan<char> value)
    {
        var number = value.TrimEnd("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ% ");
        return number.Length > 0 && number.IndexOfAnyExcept('0', '.') < 0 && number[0] == '0';
    }

    private static bool Is(ReadOnlySpan<char> one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
