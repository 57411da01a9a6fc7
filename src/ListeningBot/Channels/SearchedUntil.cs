using System.Globalization;
using ListeningBot.Core.Cases;

namespace ListeningBot.Channels;

/// <summary>Up to when a service was searched, in seconds since 1970: for services that are asked for what was written since.</summary>
internal static class SearchedUntil
{
    /// <summary>Null when that is not known.</summary>
    public static long? Of(PlaceRead read) => long.TryParse(read.At, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : null;

    /// <summary>
    /// Searches for what a changed watch asks for instead of other words go on where the one of those stood that was read least, if that is more than a day back: what was written meanwhile,
    /// while nobody listened, would else never be heard.
    /// </summary>
    public static void TakeOver(ServiceCursor cursor, IEnumerable<PlaceRead> gone, IEnumerable<string> instead, DateTimeOffset now)
    {
        if (gone.Select(Of).Min() is { } since && since < (now - PostTime.FirstContactBack).ToUnixTimeSeconds())
        {
            foreach (var name in instead.Except(cursor.Names).ToList())
            {
                cursor.Place(name).ReadTo(since.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
