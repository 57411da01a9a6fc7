using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>The words of a message for people: documented under "Message Formatting" and "Message Object" (API v10). Previews of links are not among them.</summary>
internal static partial class DiscordText
{
    /// <summary>People can write 4,000 characters.</summary>
    private const int Longest = 8000;
    private const int MostFiles = 10;
    private const int LongestName = 100;
    private const long Forward = 1;

    public static string Of(JsonElement message)
    {
        var words = Plain(message);
        var forwarded = IsForward(message) ? message.Items("message_snapshots").Take(1).Select(snapshot => snapshot.Field("message")).OfType<JsonElement>().SelectMany(Parts) : [];
        return Fitting.Shorter(string.Join('\n', [.. words.Length > 0 ? new[] { words } : [], .. Extras(message), .. forwarded]), Longest);
    }

    /// <summary>Somebody passes on what another wrote elsewhere.</summary>
    public static bool IsForward(JsonElement message) => message.Field("message_reference")?.Whole("type") == Forward;

    private static IEnumerable<string> Parts(JsonElement message) => [Plain(message), .. Extras(message)];

    private static string Plain(JsonElement message)
    {
        var names = message.Items("mentions").Where(user => user.Text("id") is not null).DistinctBy(user => user.Text("id"))
            .ToDictionary(user => user.Text("id")!, user => Person.Of(null, user).Name);
        var text = Formatted().Replace(message.Text("content") ?? "", match => Readable(match, names));
        return Marks().Replace(text, "").Trim();
    }

    /// <summary>What else a message can hold: files, stickers and a poll's question.</summary>
    private static IEnumerable<string> Extras(JsonElement message) =>
    [
        .. message.Items("attachments").Take(MostFiles).Select(file => $"({Line(file, "filename") ?? "a file"}{(Line(file, "description") is { } said ? ": " + said : "")})"),
        .. message.Items("sticker_items").Take(MostFiles).Select(sticker => $"(sticker: {Line(sticker, "name")})"),
        .. message.Field("poll")?.Field("question") is { } question && Line(question, "text") is { } asked ? new[] { $"(poll: {asked})" } : [],
    ];

    private static string? Line(JsonElement element, string name) => element.Text(name) is { Length: > 0 } text ? Fitting.Shorter(Cleaning.OneLine(text), LongestName) : null;

    private static string Readable(Match match, Dictionary<string, string> names) => match.Groups switch
    {
        { } g when g["user"].Success => "@" + (names.TryGetValue(g["user"].Value, out var name) ? name : "somebody"),
        { } g when g["role"].Success => "@role",
        { } g when g["channel"].Success => "#channel",
        { } g when g["emoji"].Success => $":{g["emoji"].Value}:",
        { } g when g["command"].Success => "/" + g["command"].Value,
        { } g when g["time"].Success => TimeOf(g["time"].Value),
        { } g when g["link"].Success => g["link"].Value,
        { } g => $"{g["words"].Value} ({g["to"].Value})",
    };

    private static string TimeOf(string seconds) =>
        long.TryParse(seconds, out var number) && number is > -62_000_000_000 and < 253_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(number).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : "";

    [GeneratedRegex(
        @"<@!?(?<user>[0-9]{1,20})>|<@&(?<role>[0-9]{1,20})>|<#(?<channel>[0-9]{1,20})>|<a?:(?<emoji>\w{1,32}):[0-9]{1,20}>|</(?<command>[^:>\n]{1,100}):[0-9]{1,20}>|<t:(?<time>-?[0-9]{1,13})(?::\w)?>"
        + @"|<(?<link>https?://[^\s>]{1,2000})>|\[(?<words>[^\]\n]{1,300})\]\(<?(?<to>https?://[^\s)>]{1,2000})>?\)",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Formatted();

    [GeneratedRegex(@"\*\*|~~|\|\|", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marks();
}
