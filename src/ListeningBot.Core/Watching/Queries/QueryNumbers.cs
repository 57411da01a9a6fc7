using System.Globalization;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads what is compared: "&lt;=2", "&gt;1.5M".</summary>
internal static class QueryNumbers
{
    private const decimal MostFollowers = 1_000_000_000_000m;
    private static readonly string[] s_words = ["zero", "one", "two", "three", "four", "five"];

    /// <summary>How it is compared, and with what.</summary>
    public static (Compare How, string Value) Comparison(string value, Compare withoutSign)
    {
        var plain = QuerySigns.Plain(value).Replace("≤", "<=", StringComparison.Ordinal).Replace("≥", ">=", StringComparison.Ordinal);
        var (how, length) = plain switch
        {
            ['<', '=', ..] => (Compare.AtMost, 2),
            ['>', '=', ..] => (Compare.AtLeast, 2),
            ['<', ..] => (Compare.Below, 1),
            ['>', ..] => (Compare.Above, 1),
            ['=', ..] => (Compare.Exactly, 1),
            _ => (withoutSign, 0),
        };
        return (how, plain[length..].Trim());
    }

    public static Query? Stars(string value, QueryToken field, QueryNotes notes)
    {
        var (how, number) = Comparison(value, Compare.Exactly);
        if (number.Length <= 10 && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var stars) && stars is >= 1 and <= 5)
        {
            return new Query.Stars(how, stars);
        }
        notes.Problem(field.ValueAt, $"has {Quoted.Of(value)} for stars", CureOf("stars", value, number) ?? "Write a number from 1 to 5: stars:2, stars:<=2.");
        return null;
    }

    public static Query? Followers(string value, QueryToken field, QueryNotes notes)
    {
        var (how, number) = Comparison(value, Compare.Exactly);
        var times = number.Length == 0 ? 1 : char.ToLowerInvariant(number[^1]) switch { 'k' => 1_000m, 'm' => 1_000_000m, _ => 1m };
        var (digits, style) = times > 1 ? (number[..^1], NumberStyles.AllowDecimalPoint) : (number, NumberStyles.None);
        if (decimal.TryParse(digits, style, CultureInfo.InvariantCulture, out var many) && many <= MostFollowers / times && decimal.IsInteger(many * times))
        {
            return new Query.Followers(how, (long)(many * times));
        }
        notes.Problem(field.ValueAt, $"has {Quoted.Of(value)} for followers", CureOf("followers", value, number) ?? "Write a whole number: followers:>1000, followers:>1.5M.");
        return null;
    }

    /// <summary>The nearest right form; null when it is not clear what was meant.</summary>
    private static string? CureOf(string field, string value, string number)
    {
        var plain = QuerySigns.Plain(value);
        var sign = plain[..^Math.Min(plain.Length, number.Length)];
        var parts = number.Split(["..", "-"], StringSplitOptions.TrimEntries);
        return plain switch
        {
            _ when parts is [var from, var to] && Fits(field, from) && Fits(field, to) => $"Write {field}:>={from} {field}:<={to}.",
            ['=', '<' or '>', .. var rest] when Fits(field, rest) => $"Write {field}:{plain[1]}={rest}.",
            ['=', '=', .. var rest] when Fits(field, rest) => $"Write {field}:{rest}.",
            ['!', '=', .. var rest] when Fits(field, rest) => $"Write -{field}:{rest}.",
            ['<', '>', .. var rest] when Fits(field, rest) => $"Write -{field}:{rest}.",
            [.. var rest, '+'] when Fits(field, rest) => $"Write {field}:>={rest}.",
            _ when field == "stars" && Array.IndexOf(s_words, number.ToLowerInvariant()) is > 0 and var word => $"Write {field}:{sign}{word}.",
            _ when field == "stars" && number.Contains(',', StringComparison.Ordinal) && Fits(field, number.Replace(',', '.')) => $"Write {field}:{sign}{number.Replace(',', '.')}.",
            _ when field == "followers" && IsGrouped(number) => $"Write it without commas and points: {field}:{sign}{string.Concat(number.Where(char.IsAsciiDigit))}.",
            _ => null,
        };
    }

    /// <summary>Whether it can be proposed as it is.</summary>
    private static bool Fits(string field, string number) => number.Length is > 0 and <= 9
        && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && (field == "stars" ? value is >= 1 and <= 5 : number.All(char.IsAsciiDigit));

    /// <summary>"1,000" and "1.000.000".</summary>
    private static bool IsGrouped(string number) => number.Split(',', '.', '\'', '_', ' ') is { Length: > 1 and < 5 } groups
        && groups[0].Length is > 0 and <= 3 && groups.All(group => group.All(char.IsAsciiDigit)) && groups.Skip(1).All(group => group.Length == 3);
}
