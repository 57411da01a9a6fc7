namespace ListeningBot.Notifiers.Discord;

/// <summary>Discord's ids: milliseconds since 2015 above 22 other bits. The layout is documented under "Snowflakes" in the API reference.</summary>
internal static class Snowflake
{
    private const long Epoch = 1420070400000;

    /// <summary>An id just before all that were given at or after this moment.</summary>
    public static ulong Before(DateTimeOffset moment) =>
        (ulong)Math.Max(0, moment.ToUnixTimeMilliseconds() - Epoch) << 22;

    public static DateTimeOffset GivenAt(ulong id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + Epoch);

    public static bool TryParse(string? text, out ulong id)
    {
        id = 0;
        return text is { Length: > 0 and <= 20 } && text.All(char.IsAsciiDigit) && ulong.TryParse(text, out id);
    }
}
