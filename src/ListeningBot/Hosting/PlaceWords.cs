using ListeningBot.Core.Text;

namespace ListeningBot.Hosting;

/// <summary>How the ops room is told of places that went dark or are back: many in one word, and never longer than can be read.</summary>
internal static class PlaceWords
{
    private const int MostNames = 10;
    private const int MostCauses = 4;

    /// <param name="refused">Each with its cause, a sentence.</param>
    public static string Refused(string channel, IReadOnlyDictionary<string, string> refused)
    {
        var causes = refused.GroupBy(one => one.Value, one => one.Key).Select(same => (Why: same.Key, Places: same.Order(StringComparer.Ordinal).ToList()))
            .OrderByDescending(cause => cause.Places.Count).ThenBy(cause => cause.Why, StringComparer.Ordinal).ToList();
        var told = string.Join(" Nor of ", causes.Take(MostCauses).Select(cause => $"{List(cause.Places)}: {cause.Why}"));
        var left = causes.Skip(MostCauses).Sum(cause => cause.Places.Count);
        return $"Channel \"{channel}\" hears nothing of {told}{(left > 0 ? $" Nor of {left} more, for other causes: `listeningbot gaps` lists them." : "")} What else it reads is heard.";
    }

    /// <param name="readsBack">Null: to where the reading had stopped.</param>
    public static string Back(string channel, IReadOnlyList<(string Place, DateTimeOffset From)> back, TimeSpan? readsBack, DateTimeOffset now)
    {
        var since = back is [var only] ? $"; it was dark from {Darkness.Time(only.From, now)} to {Darkness.Time(now, now)} UTC" : "";
        var read = readsBack is { } far ? $"What was posted there in the last {far.InWords()} is read now." : "Reading goes on where it had stopped.";
        return $"Channel \"{channel}\" hears {List([.. back.Select(one => one.Place).Order(StringComparer.Ordinal)])} again{since}. {read}";
    }

    private static string List(IReadOnlyList<string> places) => places.Count <= MostNames + 1
        ? string.Join(", ", places)
        : $"{string.Join(", ", places.Take(MostNames))} and {places.Count - MostNames} more";
}
