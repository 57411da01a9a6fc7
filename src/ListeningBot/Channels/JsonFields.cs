using System.Globalization;
using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>Looks into JSON from outside, whose every field may be missing, null or of another type. Never throws.</summary>
internal static class JsonFields
{
    private const int LongestRaw = 2000;

    /// <summary>Seconds before 1970 at which our calendar begins.</summary>
    private const double Earliest = -62_135_596_800;

    /// <summary>What stands there, or an undefined element.</summary>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        try
        {
            foreach (var name in path)
            {
                if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                {
                    return default;
                }
            }
            return json;
        }
        catch (InvalidOperationException)
        {
            // A name beside it is no text: half a surrogate pair.
            return default;
        }
    }

    /// <summary>A string that says something, else null.</summary>
    public static string? Text(this JsonElement json, params ReadOnlySpan<string> path) => JsonText.TextOf(json.At(path)) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A number, also one that is written as a string; null when it is none.</summary>
    public static double? Number(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.ValueKind switch
        {
            JsonValueKind.Number when found.TryGetDouble(out var number) && double.IsFinite(number) => number,
            JsonValueKind.String when double.TryParse(JsonText.TextOf(found), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
            _ => null,
        };
    }

    /// <summary>A whole number to its last digit, also written as a string; null when it is none.</summary>
    public static long? Whole(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.ValueKind switch
        {
            JsonValueKind.Number when found.TryGetInt64(out var whole) => whole,
            JsonValueKind.String when long.TryParse(JsonText.TextOf(found), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ => null,
        };
    }

    public static bool IsTrue(this JsonElement json, params ReadOnlySpan<string> path) => json.At(path).ValueKind == JsonValueKind.True;

    /// <summary>A web address, absolute, http or https; null when it is none.</summary>
    public static string? Address(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.Text(path) is { Length: <= LongestRaw } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0 ? text : null;

    /// <summary>The elements of a list; one that stands alone, where a list was meant; none when it is missing or null.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.ValueKind switch
        {
            JsonValueKind.Array => found.EnumerateArray(),
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            _ => [found],
        };
    }

    /// <summary>ISO 8601, or seconds or milliseconds since 1970: as seconds those lie in the year 5138 and later. Null when it is none of them or out of all bounds.</summary>
    public static DateTimeOffset? Time(this JsonElement json, params ReadOnlySpan<string> path)
    {
        var found = json.At(path);
        return found.Number() is { } number ? (number is >= Earliest and < 1e13 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number < 1e11 ? number * 1000 : number)) : null)
            : DateTimeOffset.TryParse(found.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : null;
    }

    /// <summary>Maps each item by itself: one that can't be is kept aside.</summary>
    /// <param name="map">Null for what is no item at all; throws <see cref="FormatException"/> with what is wrong.</param>
    public static (List<T> Good, List<BadItem> Bad) Each<T>(IEnumerable<JsonElement> items, string what, Func<JsonElement, T?> map)
        where T : class
    {
        List<T> good = [];
        List<BadItem> bad = [];
        foreach (var item in items)
        {
            try
            {
                if (map(item) is { } mapped)
                {
                    good.Add(mapped);
                }
            }
            catch (FormatException e)
            {
                bad.Add(new BadItem($"{what} {good.Count + bad.Count + 1} {e.Message}", item.Beginning()));
            }
        }
        return (good, bad);
    }

    /// <summary>How it begins, for keeping aside.</summary>
    public static string Beginning(this JsonElement json) => json.GetRawText() is { Length: > LongestRaw } raw ? raw[..LongestRaw] : json.GetRawText();
}
