using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>What people write in threads, out of "Message Create" (API v10).</summary>
internal static partial class WrittenNote
{
    /// <summary>Discord lets people write no more in one message.</summary>
    private const int Longest = 4000;
    private const int MostFiles = 10;
    private const int Plain = 0;
    private const int Reply = 19;

    /// <summary>Null for all but the words of a human in what may be a thread under a card of ours.</summary>
    public static ThreadNote? Read(JsonElement message, IReadOnlyList<Room> rooms)
    {
        if (!Snowflake.TryParse(message.Text("id"), out var id) || !IsOfAHuman(message) || Place.Of(message).StartedFrom(rooms) is not { Count: > 0 } under || Words(message) is not { Length: > 0 } words)
        {
            return null;
        }
        return new ThreadNote(message.Text("id")!, Person.Of(message.Field("member"), message.Field("author")), under, words, Snowflake.GivenAt(id)) { Thread = MessageAddress.BeginningIn(message.Text("channel_id")!) };
    }

    private static bool IsOfAHuman(JsonElement message) =>
        message.Field("author") is { } author && !author.IsTrue("bot") && !author.IsTrue("system") && message.Field("webhook_id") is null
        && message.Number("type") is null or Plain or Reply;

    /// <summary>Mentions by name instead of by number; files by their names.</summary>
    private static string Words(JsonElement message)
    {
        var names = message.Items("mentions").Where(user => user.Text("id") is not null).DistinctBy(user => user.Text("id"))
            .ToDictionary(user => user.Text("id")!, user => Person.Of(user.Field("member"), user).Name);
        var text = Mention().Replace(message.Text("content") ?? "", match => names.TryGetValue(match.Groups["id"].Value, out var name) ? "@" + name : match.Value);
        var files = message.Items("attachments").Take(MostFiles).Select(file => $"({Cleaning.OneLine(file.Text("filename") ?? "a file")})");
        return Fitting.Shorter(string.Join(' ', files.Prepend(text)).Trim(), Longest);
    }

    [GeneratedRegex("<@!?(?<id>[0-9]{1,20})>", RegexOptions.None, 1000)]
    private static partial Regex Mention();
}
