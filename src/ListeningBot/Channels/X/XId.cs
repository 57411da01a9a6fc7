using System.Globalization;

namespace ListeningBot.Channels.X;

/// <summary>Numbers of posts: they hold the time at which they were given, in milliseconds since <see cref="Began"/>, above 22 other bits.</summary>
internal static class XId
{
    private const int OtherBits = 22;
    private static readonly DateTimeOffset Began = DateTimeOffset.FromUnixTimeMilliseconds(1_288_834_974_657);

    /// <summary>The lowest number of that time.</summary>
    public static long At(DateTimeOffset time) => Math.Max(1, (long)(time - Began).TotalMilliseconds << OtherBits);

    public static DateTimeOffset TimeOf(long id) => Began.AddMilliseconds(id >> OtherBits);

    public static long Back(long id, TimeSpan by) => Math.Max(1, id - ((long)by.TotalMilliseconds << OtherBits));

    /// <summary>Null for what is no number of a post.</summary>
    public static long? Parse(string? text) =>
        text is { Length: > 0 and <= 19 } && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
