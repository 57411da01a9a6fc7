using System.Text.RegularExpressions;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Where Discord refuses words for the addresses in them, they are shown without: a complaint that names a harmful page is one all the same.</summary>
internal static partial class Withholding
{
    /// <summary>No longer than any address, so that what fitted still fits.</summary>
    private const string Instead = "(…)";
    private const string Told = "\n-# Addresses are withheld: Discord's filter refuses them";

    /// <summary>Sends it, and once more without addresses where it is refused for what it says.</summary>
    public static async Task<RestReply> SendAsync(MessageBody body, Func<MessageBody, Task<RestReply>> send) =>
        await send(body) is var reply && reply is RestReply.Refused refused && Outcomes.IsForItsWords(refused) ? await send(Without(body)) : reply;

    private static MessageBody Without(MessageBody body)
    {
        var embeds = body.Embeds?.Select(embed => embed with { Description = embed.Description is { } text ? Withheld(text) : null }).ToList();
        var content = body.Content is { } words ? Withheld(words) : null;
        return body with
        {
            Content = embeds is { Count: > 0 } ? content : content + Told,
            Embeds = embeds is { Count: > 0 } ? [.. embeds.SkipLast(1), embeds[^1] with { Description = embeds[^1].Description + Told }] : embeds,
            Components = body.Components is { } rows ? [.. rows.Select(row => row with { Components = [.. row.Components!.Where(part => part.Url is null)] }).Where(row => row.Components!.Count > 0)] : null,
        };
    }

    private static string Withheld(string text) => Address().Replace(text, Instead);

    /// <summary>A link of ours; what has a scheme, whose colon is escaped; a host with a dot, and what follows it, that is no part of a mail address.</summary>
    [GeneratedRegex(
        @"\[↗ [^\]]*\]\(<[^>]*>\)|[A-Za-z][A-Za-z0-9+.-]*\\?://[^\s<>]+|(?<![\w@.\\-])[\w-]+(\.[\w-]+)*\.\p{L}{2,}(?![\w.-]*\\?@)(/[^\s<>]*)?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Address();
}
